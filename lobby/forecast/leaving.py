"""Giving up: how people leave a queue as their wait grows."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lobby.forecast.scene import Floats

EDGES_S = (0.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0, 2400.0)
"""Ages at which the hazard may change; the last step goes on for ever."""

PRIOR_LEFT, PRIOR_WAITED_S = 1.0, 14_400.0
"""What stands beside the count of each step: one in four hours of waiting."""

FADING = 0.98
"""Of the counts stays from one night to the next."""


class Leaving:
    """Seconds waited and people who left, by step of age: their ratio is the hazard in 1/s."""

    def __init__(self) -> None:
        self.edges_s = np.array(EDGES_S)
        self.waited_s = np.zeros(len(EDGES_S))
        self.left = np.zeros(len(EDGES_S))
        self._sums: tuple[Floats, Floats] | None = None

    def learn(self, waited_s: float, left: bool) -> None:
        """One wait that ended, by leaving or by being called."""
        upper = np.append(self.edges_s[1:], np.inf)
        self.waited_s += np.clip(waited_s - self.edges_s, 0.0, upper - self.edges_s)
        if left:
            self.left[np.searchsorted(self.edges_s, waited_s, side="right") - 1] += 1
        self._sums = None

    def forget(self) -> None:
        self.waited_s *= FADING
        self.left *= FADING
        self._sums = None

    def hazard(self) -> Floats:
        """Leaving per second, by step of age."""
        hazard: Floats = (self.left + PRIOR_LEFT) / (self.waited_s + PRIOR_WAITED_S)
        return hazard

    def mean_hazard(self) -> float:
        whole = (self.left.sum() + PRIOR_LEFT) / (self.waited_s.sum() + PRIOR_WAITED_S)
        return float(whole)

    def leaves_s(self, ages_s: Floats, exponentials: Floats) -> Floats:
        """Seconds from now until each leaves, given the wait so far: the age at which the summed
        hazard has grown by a standard exponential draw. `exponentials` is (replicates, people)."""
        hazard, sums = self._summed()
        at = np.searchsorted(self.edges_s, ages_s, side="right") - 1
        reached = sums[at] + hazard[at] * (ages_s - self.edges_s[at]) + exponentials
        step = np.searchsorted(sums, reached, side="right") - 1
        age_s = self.edges_s[step] + (reached - sums[step]) / hazard[step]
        return np.maximum(age_s - ages_s, 0.0)

    def _summed(self) -> tuple[Floats, Floats]:
        """The hazard by step, and its integral up to each step's beginning."""
        if self._sums is None:
            hazard = self.hazard()
            steps = np.diff(self.edges_s) * hazard[:-1]
            self._sums = (hazard, np.concatenate([[0.0], np.cumsum(steps)]))
        return self._sums

    def plain(self) -> dict[str, Any]:
        return {"waited_s": self.waited_s.tolist(), "left": self.left.tolist()}

    def restore(self, plain: Mapping[str, Any]) -> None:
        self.waited_s, self.left = np.array(plain["waited_s"]), np.array(plain["left"])
        self._sums = None
