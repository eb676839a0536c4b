"""The agenda of a simulated day: what is still to happen, in order of time."""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

Act = Callable[[], object]


class Agenda:
    """Acts of the same second happen in the order in which they were put down."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._order = count()
        self._acts: list[tuple[float, int, Act]] = []

    def at(self, at_s: float, act: Act) -> None:
        heappush(self._acts, (max(at_s, self.now_s), next(self._order), act))

    def after(self, delay_s: float, act: Act) -> None:
        self.at(self.now_s + delay_s, act)

    def play(self) -> None:
        while self._acts:
            self.now_s, _, act = heappop(self._acts)
            act()
