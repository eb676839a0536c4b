"""When each channel is painted: the urgent first, none too often, and none waits for ever."""

import heapq
from itertools import count

from lobby.live.channels import Channel, Urgency

LEAST_S = {
    Urgency.DISPLAY: 0.0,
    Urgency.COUNTER: 0.1,
    Urgency.FLOOR: 0.25,
    Urgency.KIOSK: 0.5,
    Urgency.CUSTOMER: 1.0,
}
"""The least time between two pictures. Nobody reads a terminal ten times a second, and a phone that
counts people down once a second is quick; a change in between is shown with the next picture."""

GRACE_S = {
    Urgency.DISPLAY: 0.0,
    Urgency.COUNTER: 0.05,
    Urgency.FLOOR: 0.25,
    Urgency.KIOSK: 0.5,
    Urgency.CUSTOMER: 2.0,
}
"""How long a channel may let others go first. A display is looked at by everyone, a customer's
phone by one; under a flood of changes the longest overdue is served, so none is starved."""

CALLED_GRACE_S = 0.01
"""Who is called is told at once, after the displays."""


class RenderQueue:
    """The channels that may be out of date, each at most once: those that rest since their last
    picture, by when that ends, and those that are ready, by the moment they are due."""

    def __init__(self) -> None:
        self._resting: list[tuple[float, int, Channel]] = []
        self._ready: list[tuple[float, int, Channel]] = []
        self._entries: dict[Channel, int] = {}
        self._numbers = count()

    def add(self, channel: Channel, now_s: float, *, is_called: bool = False) -> None:
        """`is_called`: the one ticket that the channel is about has been called."""
        urgency = Urgency(channel.rendering.urgency)
        if is_called:
            self._push(self._ready, now_s + min(GRACE_S[urgency], CALLED_GRACE_S), channel)
        elif channel not in self._entries:
            rests_until_s = channel.looked_at_s + LEAST_S[urgency]
            if rests_until_s > now_s:
                self._push(self._resting, rests_until_s, channel)
            else:
                self._push(self._ready, now_s + GRACE_S[urgency], channel)

    def take(self, now_s: float) -> Channel | None:
        """The one that is overdue most; None while all there are still rest."""
        self._wake(now_s)
        while self._ready:
            _, number, channel = heapq.heappop(self._ready)
            if self._entries.get(channel) == number:
                del self._entries[channel]
                return channel
        return None

    def next_s(self) -> float | None:
        """When the first of those that rest may be taken."""
        return self._resting[0][0] if self._resting else None

    def _wake(self, now_s: float) -> None:
        while self._resting and self._resting[0][0] <= now_s:
            rested_at_s, number, channel = heapq.heappop(self._resting)
            if self._entries.get(channel) == number:
                due_s = rested_at_s + GRACE_S[Urgency(channel.rendering.urgency)]
                self._push(self._ready, due_s, channel)

    def _push(self, heap: list[tuple[float, int, Channel]], at_s: float, channel: Channel) -> None:
        number = self._entries[channel] = next(self._numbers)
        heapq.heappush(heap, (at_s, number, channel))
