"""The time that acts get: the machine's clock while it can be believed, else the seconds since.

A clock that is set (by a person, a time server, a failing battery) moves without time having
passed. Such a jump is held back: time goes on at the pace of the seconds that really pass, so that
no wait is wrong and no day turns by it. Three things may follow. The clock comes back, and nothing
has happened. It stays where it is for `SETTLED_AFTER_S`, and is followed: whoever keeps times is
told by how much, and moves them along (`corrected_s`). Or the branch head says at once which it is.
"""

import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from lobby.clock import Clock

JUMP_S = 2.0
"""More than a leap second, and less than anybody notices: what differs by less is followed."""

SETTLED_AFTER_S = 300.0
"""A clock that is right again after half a minute was never right; after five it stays."""

READ_WITHIN_S = 0.05
"""Time of day and seconds are read together: where more than this lies between, once more."""


class JumpState(StrEnum):
    HELD = "held"
    REFUSED = "refused"
    """The head says that the machine's clock is wrong: held for as long as it is."""
    WENT_BACK = "went_back"
    FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class Jump:
    """`seen_at` in the time that acts had then, `shows` what the machine's clock showed; it stood
    `offset_s` from it. `by` who decided, empty where nobody did."""

    seen_at: datetime
    shows: datetime
    offset_s: float
    state: JumpState = JumpState.HELD
    by: str = ""

    @property
    def is_pending(self) -> bool:
        return self.state in (JumpState.HELD, JumpState.REFUSED)


class SteadyClock:
    """Read from any thread. `jump` is the newest one, also when it is over."""

    def __init__(self, clock: Clock) -> None:
        self.corrected_s = 0.0
        self.jump: Jump | None = None
        self._clock = clock
        self._lock = threading.Lock()
        self._anchor_at, self._anchor_s = self._read()
        self._jumped_s = 0.0

    def now(self) -> datetime:
        return self.read()[0]

    def elapsed_s(self) -> float:
        return self._clock.elapsed_s()

    def read(self) -> tuple[datetime, float]:
        """The time, and by how much it has been corrected: of one moment."""
        with self._lock:
            return self._steady()[0], self.corrected_s

    def is_synchronised(self) -> bool | None:
        return self._clock.is_synchronised()

    def settle(self) -> bool:
        """Follow the machine's clock where it has stood long enough; whether it was followed."""
        with self._lock:
            steady, shows, elapsed_s = self._steady()
            jump = self.jump
            if jump is None or jump.state is not JumpState.HELD:
                return False
            if elapsed_s - self._jumped_s < SETTLED_AFTER_S:
                return False
            self._follow(jump, steady, shows, elapsed_s, "")
            return True

    def follow(self, by: str) -> bool:
        """The machine's clock is right: at once. Whether there was anything to follow."""
        with self._lock:
            steady, shows, elapsed_s = self._steady()
            if self.jump is None or not self.jump.is_pending:
                return False
            self._follow(self.jump, steady, shows, elapsed_s, by)
            return True

    def refuse(self, by: str) -> bool:
        """The machine's clock is wrong, and is not followed however long it stays so."""
        with self._lock:
            self._steady()
            if self.jump is None or not self.jump.is_pending:
                return False
            self.jump = replace(self.jump, state=JumpState.REFUSED, by=by)
            return True

    def _steady(self) -> tuple[datetime, datetime, float]:
        """The time, what the machine's clock shows, and the seconds that have passed."""
        shows, elapsed_s = self._read()
        steady = self._anchor_at + timedelta(seconds=elapsed_s - self._anchor_s)
        offset_s = (shows - steady).total_seconds()
        if abs(offset_s) <= JUMP_S:
            self._anchor_at, self._anchor_s = shows, elapsed_s
            if self.jump is not None and self.jump.is_pending:
                self.jump = replace(self.jump, state=JumpState.WENT_BACK)
            return shows, shows, elapsed_s
        known = self.jump
        if known is None or not known.is_pending or abs(offset_s - known.offset_s) > JUMP_S:
            self.jump = Jump(steady, shows, offset_s)
            self._jumped_s = elapsed_s
        return steady, shows, elapsed_s

    def _follow(
        self, jump: Jump, steady: datetime, shows: datetime, elapsed_s: float, by: str
    ) -> None:
        self.corrected_s += (shows - steady).total_seconds()
        self._anchor_at, self._anchor_s = shows, elapsed_s
        self.jump = replace(jump, state=JumpState.FOLLOWED, by=by)

    def _read(self) -> tuple[datetime, float]:
        """Of one moment, as far as it can be had."""
        for _ in range(3):
            before_s = self._clock.elapsed_s()
            shows = self._clock.now()
            after_s = self._clock.elapsed_s()
            if after_s - before_s <= READ_WITHIN_S:
                break
        return shows, after_s
