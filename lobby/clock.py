"""The clocks of the program: the system's, and one that tests set.

Each shows a time of day, which people and time servers set, and counts seconds that nobody sets.
Where the two disagree the time of day was set: see `lobby.steady_clock`.
"""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from lobby.time_server import is_synchronised

REAL_SECONDS = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Where the system has one, the count that also runs while the machine sleeps."""


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware UTC."""
        ...

    def elapsed_s(self) -> float:
        """Seconds that have really passed since any moment; never set, never back."""
        ...

    @property
    def corrected_s(self) -> float:
        """By how much `now` has been set since the start, all together."""
        ...

    def read(self) -> tuple[datetime, float]:
        """`now` and `corrected_s`, of one moment."""
        ...

    def is_synchronised(self) -> bool | None:
        """By a time server; None where nobody can say."""
        ...


class NeverSet:
    """A clock that nobody sets while it runs."""

    corrected_s = 0.0

    def now(self) -> datetime:
        raise NotImplementedError

    def read(self) -> tuple[datetime, float]:
        return self.now(), self.corrected_s

    def is_synchronised(self) -> bool | None:
        return None


class SystemClock(NeverSet):
    def now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed_s(self) -> float:
        return time.clock_gettime(REAL_SECONDS)

    def is_synchronised(self) -> bool | None:
        return is_synchronised()


class FrozenClock(NeverSet):
    """Stands still until it is moved; safe to move from another thread."""

    def __init__(self, at: datetime) -> None:
        self.has_time_server: bool | None = None
        self._at = at.astimezone(UTC)
        self._elapsed_s = 0.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._at

    def elapsed_s(self) -> float:
        return self._elapsed_s

    def advance(self, seconds: float) -> None:
        """Time passes."""
        with self._lock:
            self._at += timedelta(seconds=seconds)
            self._elapsed_s += seconds

    def move_to(self, at: datetime) -> None:
        """Time passes until then; back it can only be set."""
        with self._lock:
            self._elapsed_s += max(0.0, (at - self._at).total_seconds())
            self._at = at.astimezone(UTC)

    def jump(self, seconds: float) -> None:
        """Somebody sets it, and no time passes."""
        with self._lock:
            self._at += timedelta(seconds=seconds)

    def is_synchronised(self) -> bool | None:
        return self.has_time_server
