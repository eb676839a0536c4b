"""The demo's clock: moved by hand through the early morning, then faster than real time."""

import time
from datetime import UTC, datetime, timedelta

from lobby.clock import NeverSet


class DemoClock(NeverSet):
    """Read by the writer's thread too, so what it stands on is swapped as one value."""

    def __init__(self, start: datetime) -> None:
        self._base = (start.astimezone(UTC), 0.0)
        self._speed = 0.0

    @property
    def speed(self) -> float:
        """0 while it stands still."""
        return self._speed

    def now(self) -> datetime:
        at, began_s = self._base
        if self._speed == 0:
            return at
        return at + timedelta(seconds=(time.monotonic() - began_s) * self._speed)

    def elapsed_s(self) -> float:
        """It is moved on as if the time had passed."""
        return self.now().timestamp()

    def move_to(self, at: datetime) -> None:
        self._base = (at.astimezone(UTC), time.monotonic())

    def run(self, speed: float) -> None:
        """From here on by itself, `speed` seconds in each second."""
        self.move_to(self.now())
        self._speed = speed
