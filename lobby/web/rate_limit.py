"""How often somebody may guess: tries are counted before they are judged, so that many at once
count too."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

KEYS_MAX = 10_000
"""Beyond this the longest unused are forgotten: memory stays bounded under any flood."""


@dataclass(frozen=True, slots=True)
class Limit:
    tries: int
    within_s: float


class RateLimiter:
    def __init__(self, limit: Limit, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock_s = clock_s
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_s(self, key: str) -> float:
        """How long until the next try is allowed; 0 for now."""
        tries = self._recent(key)
        if len(tries) < self._limit.tries:
            return 0.0
        return tries[0] + self._limit.within_s - self._clock_s()

    def note(self, key: str) -> None:
        self._recent(key).append(self._clock_s())

    def forgive(self, key: str) -> None:
        """A right answer wipes out the wrong ones before it."""
        self._tries.pop(key, None)

    def take_back(self, key: str) -> None:
        """A try that was right does not count, the wrong ones before it still do."""
        tries = self._recent(key)
        if tries:
            tries.pop()

    def _recent(self, key: str) -> deque[float]:
        tries = self._tries.setdefault(key, deque())
        self._tries.move_to_end(key)
        if len(self._tries) > KEYS_MAX:
            self._tries.popitem(last=False)
        oldest_s = self._clock_s() - self._limit.within_s
        while tries and tries[0] <= oldest_s:
            tries.popleft()
        return tries


def network_of(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 of which an IPv6 host has all."""
    try:
        if ip_address(address).version == 4:
            return address
        return str(ip_network(f"{address}/64", strict=False))
    except ValueError:
        return address
