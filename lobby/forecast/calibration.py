"""Layer B: hold what was told against what came, and correct the next by it.

Two corrections, both multiplicative with kappa = 2 minutes added, so that short waits do not count
for more than they are: a bias of the middle that follows the day, and conformal ends that make
P10 to P90 hold four of five whatever the model does wrong.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lobby.forecast.estimate_builder import QUANTILES

KAPPA_S = 120.0
"""Two minutes."""

MEMORY, WEIGHT, BOUND = 20.0, 5.0, 1.5
"""Bias: the error of `MEMORY` tickets ago counts half; `WEIGHT` tickets without error stand beside
today's; one error is at most e^1.5."""

DRIFT_MEMORIES = (3.0, 10.0, 30.0)
"""Tickets after which an error counts half, for layer C."""

STARTS = 300
"""Started tickets that the conformal ends look back on."""

FEWEST = 40
"""Finished tickets before the ends are corrected."""

PULL = 0.004
"""How far each miss moves the level of an end (Gibbs and Candes 2021): coverage in the long run
holds even where the past does not look like the present."""

MIDDLE = QUANTILES.index(0.5)


class Bias:
    """The middle of today: a fading mean of log errors; every morning begins a new one."""

    def __init__(self, memory: float = MEMORY) -> None:
        self._fade = 0.5 ** (1 / memory)
        self._errors = self._weights = 0.0

    def learn(self, wait_s: float, middle_s: float) -> None:
        error = math.log((wait_s + KAPPA_S) / (middle_s + KAPPA_S))
        self._errors = self._errors * self._fade + max(-BOUND, min(BOUND, error))
        self._weights = self._weights * self._fade + 1

    @property
    def value(self) -> float:
        return self._errors / (self._weights + WEIGHT)

    def corrected(self, quantiles_s: Sequence[float]) -> list[float]:
        """(q + kappa) exp(b) - kappa, the same b for every quantile."""
        factor = math.exp(self.value)
        return [max(0.0, (each + KAPPA_S) * factor - KAPPA_S) for each in quantiles_s]


class Drift:
    """How today differs from the simulation, as layer C sees it: the bias over the last few, the
    last dozen and the last hour or so of tickets, and that of the same service and class."""

    def __init__(self) -> None:
        self._all = [Bias(memory) for memory in DRIFT_MEMORIES]
        self._own: dict[tuple[str, str], Bias] = {}

    def learn(self, kind: tuple[str, str], wait_s: float, middle_s: float) -> None:
        own = self._own.setdefault(kind, Bias(DRIFT_MEMORIES[1]))
        for bias in (*self._all, own):
            bias.learn(wait_s, middle_s)

    def values(self, kind: tuple[str, str]) -> tuple[float, ...]:
        own = self._own.get(kind)
        return (*(bias.value for bias in self._all), own.value if own else 0.0)


class Conformal:
    """The ends: each quantile but the middle times what it was short of, lately."""

    def __init__(self) -> None:
        self._ratios = np.empty((STARTS, len(QUANTILES)))
        self._count = 0
        self._levels = list(QUANTILES)
        self._factors: list[float] | None = None

    def learn(
        self, wait_s: float, quantiles_s: Sequence[float], corrected_s: Sequence[float]
    ) -> None:
        """`quantiles_s` before, `corrected_s` after the correction in force when it was told."""
        ratios = [(wait_s + KAPPA_S) / (each + KAPPA_S) for each in quantiles_s]
        self._ratios[self._count % STARTS] = ratios
        self._count += 1
        for at, share in enumerate(QUANTILES):
            pulled = self._levels[at] + PULL * (share - (wait_s <= corrected_s[at]))
            self._levels[at] = min(0.995, max(0.005, pulled))
        self._factors = None

    def corrected(self, quantiles_s: Sequence[float]) -> list[float]:
        """(q + kappa) c - kappa for the ends, sorted."""
        if self._count < FEWEST:
            return sorted(quantiles_s)
        factors = self._known()
        told = [
            max(0.0, (each + KAPPA_S) * factor - KAPPA_S)
            for each, factor in zip(quantiles_s, factors, strict=True)
        ]
        middle = told[MIDDLE]
        lower = [min(each, middle) for each in told[:MIDDLE]]
        upper = [max(each, middle) for each in told[MIDDLE + 1 :]]
        return [*sorted(lower), middle, *sorted(upper)]

    def _known(self) -> list[float]:
        if self._factors is None:
            ratios = np.sort(self._ratios[: self._count], axis=0)
            at = np.array(self._levels) * (len(ratios) - 1)
            columns = np.arange(len(QUANTILES))
            factors: list[float] = ratios[np.rint(at).astype(np.int64), columns].tolist()
            factors[MIDDLE] = 1.0
            self._factors = factors
        return self._factors

    def plain(self) -> dict[str, Any]:
        ratios = self._ratios[: self._count].round(4).tolist()
        return {"ratios": ratios, "levels": self._levels}

    def restore(self, plain: Mapping[str, Any]) -> None:
        self._count = len(plain["ratios"])
        self._ratios[: self._count] = np.array(plain["ratios"]).reshape(-1, len(QUANTILES))
        self._levels = [float(each) for each in plain["levels"]]
        self._factors = None
