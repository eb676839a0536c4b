"""How long jobs take: what was measured per service, and how fast each teller is."""

from collections import defaultdict, deque
from collections.abc import Mapping
from typing import Any

import numpy as np

from lobby.forecast.draws import lognormal, pool
from lobby.forecast.scene import Floats

DAYS = 45
"""Older jobs are forgotten: forms, systems and people change."""

KEPT = 2000
"""Lengths kept per service."""

SPEED_WEIGHT = 20
"""Jobs of the configured length that stand beside a teller's own: speeds start at 1."""

FADING = 0.985
"""Of a teller's record stays from one night to the next: half of it after about 45 days."""


class Jobs:
    """Lengths in seconds, divided by the teller's speed at the time; a speed above 1 is slow."""

    def __init__(self, mean_s: Mapping[str, float]) -> None:
        self.configured_s = dict(mean_s)
        self.lengths: dict[str, deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=KEPT))
        self.tellers: dict[str, tuple[float, float]] = {}
        self._ordered: dict[str, tuple[int, Floats, float]] = {}
        self._pools: dict[str, tuple[int, Floats]] = {}

    def learn(self, day: int, service: str, teller: str, length_s: float) -> None:
        """One finished job; `day` counts days, to forget by."""
        self.lengths[service].append((day, length_s / self.speed(teller)))
        taken_s, expected_s = self.tellers.get(teller, (0.0, 0.0))
        expected_s += self.mean_s(service)
        self.tellers[teller] = (taken_s + length_s, expected_s)

    def forget(self, day: int) -> None:
        """Once a night: lengths grow old, and a teller's record fades."""
        for lengths in self.lengths.values():
            while lengths and lengths[0][0] < day - DAYS:
                lengths.popleft()
        self.tellers = {
            teller: (taken_s * FADING, expected_s * FADING)
            for teller, (taken_s, expected_s) in self.tellers.items()
        }
        self._ordered.clear()
        self._pools.clear()

    def speed(self, teller: str) -> float:
        """(sum of own + 20 usual) / (sum of expected + 20 usual)."""
        taken_s, expected_s = self.tellers.get(teller, (0.0, 0.0))
        usual_s = SPEED_WEIGHT * self._usual_s()
        return (taken_s + usual_s) / (expected_s + usual_s)

    def mean_s(self, service: str) -> float:
        return self._known(service)[1]

    def ordered(self, service: str) -> Floats:
        """All known lengths, ascending, configuration's among them."""
        return self._known(service)[0]

    def _known(self, service: str) -> tuple[Floats, float]:
        """Those lengths and their mean."""
        count = len(self.lengths[service]) if service in self.lengths else 0
        known = self._ordered.get(service)
        if known is None or _is_stale(known[0], count):
            values = lognormal(self._configured(service))
            values += [length_s for _, length_s in self.lengths.get(service, ())]
            ordered = np.sort(np.array(values))
            known = (count, ordered, float(ordered.mean()))
            self._ordered[service] = known
        return known[1:]

    def pool(self, service: str) -> Floats:
        """Equally likely lengths."""
        ordered = self.ordered(service)
        known = self._pools.get(service)
        if known is None or known[0] != len(ordered):
            known = (len(ordered), pool(ordered))
            self._pools[service] = known
        return known[1]

    def _configured(self, service: str) -> float:
        return self.configured_s.get(service) or self._usual_s()

    def _usual_s(self) -> float:
        return sum(self.configured_s.values()) / max(1, len(self.configured_s)) or 300.0

    def plain(self) -> dict[str, Any]:
        return {
            "lengths": {
                service: [[day, round(length_s, 1)] for day, length_s in lengths]
                for service, lengths in self.lengths.items()
            },
            "tellers": self.tellers,
        }

    def restore(self, plain: Mapping[str, Any]) -> None:
        for service, lengths in plain["lengths"].items():
            self.lengths[service].extend((int(day), float(length)) for day, length in lengths)
        self.tellers = {name: (float(a), float(b)) for name, (a, b) in plain["tellers"].items()}


def _is_stale(known: int, count: int) -> bool:
    """Tables are made again when a twentieth more is known."""
    return count > known * 1.05 or count < known
