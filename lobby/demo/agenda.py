"""The demo's agenda: what the simulated people do next, in order of time."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import count

from lobby.demo.clock import DemoClock

Act = Callable[[datetime], Awaitable[None]]

NIGHT = timedelta(hours=2)
"""When nothing is to happen for so long, the house is closed."""

EVENING = timedelta(minutes=10)
"""How long the quiet may be looked at before the night is passed over."""

BEFORE_OPENING = timedelta(minutes=1)


class Agenda:
    def __init__(self, clock: DemoClock) -> None:
        self.clock = clock
        self._heap: list[tuple[datetime, int, Act]] = []
        self._turn = count()

    def add(self, at: datetime, act: Act) -> None:
        """`act` is told `at`, the time it was meant for, whatever the clock says by then: so
        the same seed makes the same people do the same on every machine."""
        heapq.heappush(self._heap, (at, next(self._turn), act))

    async def play_until(self, end: datetime) -> None:
        """Everything before `end`, at once; the clock is moved along."""
        while self._heap and self._heap[0][0] < end:
            at, _, act = heapq.heappop(self._heap)
            self.clock.move_to(at)
            await act(at)
        self.clock.move_to(end)

    async def play_on(self) -> None:
        """Everything, when the running clock comes to it."""
        while self._heap:
            at, _, act = heapq.heappop(self._heap)
            await self._wait_for(at)
            await act(at)

    async def _wait_for(self, at: datetime) -> None:
        clock = self.clock
        if at - clock.now() > NIGHT:
            await asyncio.sleep(EVENING.total_seconds() / clock.speed)
            clock.move_to(at - BEFORE_OPENING)
        left_s = (at - clock.now()).total_seconds()
        await asyncio.sleep(max(0.0, left_s) / clock.speed)
