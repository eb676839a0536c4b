"""Whose turn it is to be painted: the urgent first, but nobody waits for ever."""

import heapq
from itertools import count

from lobby.live.channels import Channel, Urgency

# How long a room may let others go first. A wall display is looked at by everyone, a customer's
# phone by one; under a flood of changes the longest overdue is served, so none is starved.
GRACE_S = {
    Urgency.DISPLAY: 0.0,
    Urgency.COUNTER: 0.05,
    Urgency.FLOOR: 0.25,
    Urgency.KIOSK: 0.5,
    Urgency.CUSTOMER: 2.0,
}


class RenderQueue:
    """The rooms that may be out of date, each at most once, by the moment they are due."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Channel]] = []
        self._waiting: set[Channel] = set()
        self._tie_breaker = count()

    def add(self, room: Channel, now_s: float) -> None:
        if room in self._waiting:
            return
        self._waiting.add(room)
        due_s = now_s + GRACE_S[Urgency(room.scene.urgency)]
        heapq.heappush(self._heap, (due_s, next(self._tie_breaker), room))

    def take(self) -> Channel | None:
        if not self._heap:
            return None
        _, _, room = heapq.heappop(self._heap)
        self._waiting.discard(room)
        return room
