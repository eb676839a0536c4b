"""Who looks at a branch: one rendering of it, shared by every socket that shows the same thing."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, Protocol

from lobby.live.changes import Announcement
from lobby.live.frames import Batch, Call, Hello
from lobby.live.pictures import Paint, Picture

# One commit can carry a call from every counter of a branch, and branches have fewer than this.
MAX_CALLS = 64


class Urgency(IntEnum):
    """Who is painted first after a change."""

    DISPLAY = 0
    COUNTER = 1
    FLOOR = 2
    KIOSK = 3
    CUSTOMER = 4


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a channel shows: equal keys promise equal pictures. `look` gives the branch's version,
    and of each region what it is drawn from at this moment, as a frozen view. `ticket` is the
    number of the one ticket that it is about, if it is about one: its call does not wait."""

    key: str
    branch_id: str
    urgency: int
    look: Callable[[], tuple[int, Mapping[str, Any]]]
    paint: Paint
    announces: bool = False
    hears: Callable[[Announcement], Announcement | None] = lambda call: call  # None: not meant here
    ticket: str = ""
    epoch: str = ""  # the history in which the branch's versions are counted


class Reader(Protocol):
    """Whoever shows what the channel shows."""

    def tell(self) -> None:
        """The channel has something that this reader may not have yet."""


class Channel:
    """The picture of one rendering, the last calls, and all who read them.

    A reader only remembers up to which picture and which call it was told. What it lacks is put
    together from that, so who is slow gets the newest of everything at once, and costs nothing.
    """

    def __init__(self, rendering: Rendering, now: Callable[[], datetime]) -> None:
        self.rendering = rendering
        self.readers: dict[Reader, None] = {}
        self.picture = Picture(rendering.epoch)
        self.failing = False
        self.looked_at_s = float("-inf")
        self.calls_heard = 0
        self._now = now
        self._calls: deque[tuple[int, Announcement]] = deque(maxlen=MAX_CALLS)
        self._batches: dict[tuple[int, int], Batch] = {}

    def is_about_one_of(self, calls: Iterable[Announcement]) -> bool:
        ticket = self.rendering.ticket
        return bool(ticket) and any(call.ticket == ticket for call in calls)

    def hear(self, calls: Iterable[Announcement]) -> None:
        """Keep those that are meant here and are not known yet."""
        if not self.rendering.announces:
            return
        known = {call.id for _, call in self._calls}
        for call in calls:
            heard = self.rendering.hears(call)
            if heard is not None and heard.id not in known:
                self.calls_heard += 1
                self._calls.append((self.calls_heard, heard))
                self._batches.clear()

    def repaint(self) -> bool:
        """Look at the branch, and draw what has changed. Whether anything has."""
        version, views = self.rendering.look()
        changed = self.picture.draw(version, views, self.rendering.paint)
        if changed:
            self._batches.clear()
        return changed

    def tell(self) -> None:
        for reader in tuple(self.readers):
            reader.tell()

    def news(self, picture: int, calls: int) -> Batch | None:
        """What a reader lacks that was told the picture and the calls up to these numbers; None if
        nothing. The screen comes first, so that a call is heard when it can be seen."""
        if picture == self.picture.number and calls == self.calls_heard:
            return None
        if picture == 0:
            return self._batch(picture, calls)  # for one that comes, with the time that is left
        batch = self._batches.get((picture, calls))
        if batch is None:
            batch = self._batches[picture, calls] = self._batch(picture, calls)
        return batch

    def hello(self, build: str) -> Batch | None:
        """Say nothing while the picture cannot be painted: silence makes the screen admit it."""
        if self.failing:
            return None
        hello = Hello(build, self.rendering.epoch, self.picture.version, self.picture.number)
        return Batch.of(hello.encode())

    def _batch(self, picture: int, calls: int) -> Batch:
        now = self._now()
        texts = [self.picture.since(picture).encode()] if picture < self.picture.number else []
        texts += [
            Call.of(call, now).encode()
            for number, call in self._calls
            if number > calls and call.expires_at > now
        ]
        return Batch.of(*texts)
