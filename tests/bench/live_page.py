"""A page of a display as `static/js/live.js` and `calls.js` keep it: what it shows, what it has
called out, and when it gives a socket up. Pure: whoever drives it brings the time."""

import json
import random
from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

SILENCE_S = 5.0
BEHIND_S = 1.0
FIRST_RETRY_S = 0.5
LONGEST_RETRY_S = 10.0
MOST_REMEMBERED = 200
HELLOS_COMPARED = 8
"""These six as in `live.js` and `calls.js`."""


class Next(Enum):
    """What the page does about its socket."""

    LISTEN = auto()
    CONNECT = auto()
    CONNECT_LATER = auto()


@dataclass(frozen=True, slots=True)
class HeardCall:
    """A call that was called out. `id` is the server's own; the rest says which call it was."""

    id: str
    ticket: str
    counter: str
    expires_at: str
    at_s: float

    @property
    def call(self) -> tuple[str, str, str]:
        return self.ticket, self.counter, self.expires_at


class Calls:
    """Each at most once, and none that is too old: `calls.js`."""

    def __init__(self) -> None:
        self.called_out: list[HeardCall] = []
        self._heard: deque[str] = deque(maxlen=MOST_REMEMBERED)
        self._apart_s: deque[float] = deque(maxlen=HELLOS_COMPARED)

    def forget_heard(self) -> None:
        """In another epoch of the branch its calls are counted anew."""
        self._heard.clear()

    def forget_clock(self) -> None:
        self._apart_s.clear()

    def hello(self, at_s: float, now_s: float) -> None:
        self._apart_s.append(now_s - at_s)

    def take(self, frame: dict[str, Any], now_s: float) -> None:
        left_s = frame["ttl_s"] - self._late_s(frame["at"], now_s)
        if left_s > 0 and not self._knows(frame["id"]):
            self._heard.append(frame["id"])
            call = frame["id"], frame["ticket"], frame["counter"], frame["expires_at"]
            self.called_out.append(HeardCall(*call, at_s=now_s))

    def _knows(self, call_id: str) -> bool:
        return call_id in self._heard

    def _late_s(self, at_s: float, now_s: float) -> float:
        return max(0.0, now_s - at_s - min(self._apart_s)) if self._apart_s else 0.0


@dataclass
class LivePage:
    """`shown` are the regions by name, `version` and `picture` those of the present socket. All
    times are seconds of the wall (`time.time`), as `Date.now()` gives them. `backwards` counts
    pictures that were older than the one that they replaced, `frames_at_s` when any was drawn."""

    calls: Calls = field(default_factory=Calls)
    shown: dict[str, str] = field(default_factory=dict)
    version: int = -1
    picture: int = 0
    attempts: int = 0
    backwards: int = 0
    frames_at_s: list[float] = field(default_factory=list)
    heard_at_s: float = 0.0
    connected_at_s: float = 0.0
    pause_s: float | None = None
    _behind_since_s: float | None = None
    _shown_version: int = 0
    _epoch: str | None = None

    def connecting(self, now_s: float) -> None:
        """A new socket tells everything anew."""
        self.connected_at_s = now_s
        self.version, self.picture = -1, 0
        self._behind_since_s = None
        self.pause_s = None
        self.calls.forget_clock()

    def retry_s(self) -> float:
        """How long to wait before the next attempt, which is counted here."""
        longest = min(LONGEST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(self.attempts, 10))
        self.attempts += 1
        if self.pause_s is None:
            return random.random() * longest
        return self.pause_s * (0.5 + random.random())

    def tick(self, now_s: float) -> Next:
        behind = self._behind_since_s is not None and now_s - self._behind_since_s > BEHIND_S
        silent = now_s - max(self.heard_at_s, self.connected_at_s) > SILENCE_S
        return Next.CONNECT_LATER if behind or silent else Next.LISTEN

    def wakes(self, now_s: float) -> bool:
        """Whether it connects at once when the browser says that there is a network again."""
        trying = now_s - self.connected_at_s < SILENCE_S
        return not trying and now_s - self.heard_at_s >= SILENCE_S / 2

    def is_fresh(self, now_s: float) -> bool:
        """Whether it claims to be true; otherwise it says on its face that it is not."""
        return now_s - self.heard_at_s <= SILENCE_S

    def is_proven_since(self, then_s: float) -> bool:
        return self.heard_at_s > then_s

    def hear(self, message: bytes, now_s: float) -> Next:
        frame = json.loads(message)
        match frame["frame"]:
            case "hello":
                self._hello(frame, now_s)
            case "regions":
                return self._regions(frame, now_s)
            case "call":
                self.calls.take(frame, now_s)
            case "goodbye":
                self.pause_s = frame["retry_s"]
            case _:
                pass
        return Next.LISTEN

    def _begin(self, epoch: str) -> None:
        """After a restore versions come again for other pictures."""
        if epoch == self._epoch:
            return
        if self._epoch is not None:
            self.calls.forget_heard()
        self._epoch = epoch
        self.version, self.picture, self._shown_version = -1, 0, 0
        self._behind_since_s = None

    def _hello(self, frame: dict[str, Any], now_s: float) -> None:
        """Proves that the page is true only if it names the picture that the page shows."""
        self._begin(frame["epoch"])
        self.calls.hello(frame["at"], now_s)
        if self.version < 0:
            return
        if frame["version"] > self.version or frame["picture"] > self.picture:
            self._behind_since_s = self._behind_since_s or now_s
        else:
            self._proven(now_s)

    def _regions(self, frame: dict[str, Any], now_s: float) -> Next:
        self._begin(frame["epoch"])
        if frame["version"] < self.version or frame["picture"] <= self.picture:
            return Next.LISTEN
        if frame["since"] > self.picture:
            return Next.CONNECT
        self._redraw(frame, now_s)
        self.version, self.picture = frame["version"], frame["picture"]
        self.attempts = 0
        self._proven(now_s)
        return Next.LISTEN

    def _redraw(self, frame: dict[str, Any], now_s: float) -> None:
        self.backwards += frame["version"] < self._shown_version
        self._shown_version = frame["version"]
        self.frames_at_s.append(now_s)
        self.shown |= frame["regions"]

    def _proven(self, now_s: float) -> None:
        self.heard_at_s = now_s
        self._behind_since_s = None
