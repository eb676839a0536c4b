"""Who looks at a branch: one rendering of it, shared by every socket that shows the same thing."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from lobby.live.changes import Announcement
from lobby.live.frames import Call, Hello, Regions
from lobby.live.outbox import MAX_CALLS, Outbox


class Urgency(IntEnum):
    """Who is painted first after a change."""

    DISPLAY = 0
    COUNTER = 1
    FLOOR = 2
    KIOSK = 3
    CUSTOMER = 4


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a room shows: equal keys promise equal pictures."""

    key: str
    branch_id: str
    urgency: int
    look: Callable[[], tuple[int, Any]]  # the branch's version, and the view of it at this moment
    paint: Callable[[Any], Mapping[str, str]]
    announces: bool = False
    hears: Callable[[Announcement], Announcement | None] = lambda call: call  # None: not meant here


class Channel:
    """The sockets of one scene and the frame they all were given last."""

    def __init__(self, scene: Rendering) -> None:
        self.scene = scene
        self.outboxes: dict[Outbox, None] = {}
        self.version = 0
        self.failing = False
        self._view: Any = None
        self._frame: str | None = None
        self._calls: deque[Announcement] = deque(maxlen=MAX_CALLS)

    def enter(self, outbox: Outbox, recent: Iterable[Announcement], now: datetime) -> None:
        """Subscribe first, then the snapshot: what is painted from now on cannot be missed."""
        self.outboxes[outbox] = None
        calls = [call for call in recent if call.expires_at > now]
        if self._frame is None:
            self.hear(calls)  # to be announced after the first painting
            return
        outbox.put_regions(self.version, self._frame)
        _deliver(self._concerning(calls), (outbox,), now)

    def hear(self, calls: Iterable[Announcement]) -> None:
        self._calls.extend(self._concerning(calls))

    def repaint(self) -> bool:
        """Look at the branch; if the view changed, build one frame and give it to every socket."""
        version, view = self.scene.look()
        if self._frame is not None and view == self._view:
            return False
        self._frame = Regions(version, self.scene.paint(view)).text()
        self._view, self.version = view, version
        for outbox in self.outboxes:
            outbox.put_regions(version, self._frame)
        return True

    def announce(self, now: datetime) -> None:
        _deliver(self._calls, self.outboxes, now)
        self._calls.clear()

    def heartbeat(self, build: str) -> Hello | None:
        """Say nothing while the picture cannot be painted: silence makes the screen admit it."""
        return None if self.failing else Hello(build, self.version)

    def _concerning(self, calls: Iterable[Announcement]) -> list[Announcement]:
        heard = (self.scene.hears(call) for call in calls if self.scene.announces)
        return [call for call in heard if call is not None]


def _deliver(calls: Iterable[Announcement], outboxes: Iterable[Outbox], now: datetime) -> None:
    for announcement in calls:
        call = Call.of(announcement, now)
        text = call.text()
        for outbox in outboxes:
            outbox.put_call(call, text)
