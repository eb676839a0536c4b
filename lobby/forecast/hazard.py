"""How likely something ends in the next second, by how long it has lasted: giving up a wait, or a
teller's time without a call while people wait."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lobby.forecast.scene import Floats

FADING = 0.98
"""Of the counts stays from one night to the next."""


class Hazard:
    """Seconds lasted and ends seen, by step of age; their ratio is the hazard in 1/s.

    What has not ended yet counts too (`ended=False`): without it, long ones would be missed. The
    last step goes on for ever. `prior` are (ends, seconds) of each step that stand beside those
    seen, from configuration.
    """

    def __init__(self, edges_s: Sequence[float], prior: Sequence[tuple[float, float]]) -> None:
        self.edges_s = np.array(edges_s, dtype=np.float64)
        self._upper_s = np.append(self.edges_s[1:], np.inf)
        self._prior = np.array(prior, dtype=np.float64)
        self.lasted_s = np.zeros(len(edges_s))
        self.ended = np.zeros(len(edges_s))
        self._sums: tuple[Floats, Floats] | None = None
        self._pool: Floats | None = None

    def learn(self, until_s: float, ended: bool, since_s: float = 0.0) -> None:
        """It was seen from one age to another, and ended then or was last seen then."""
        seen_s = np.minimum(until_s, self._upper_s) - np.maximum(since_s, self.edges_s)
        self.lasted_s += np.maximum(seen_s, 0.0)
        if ended:
            self.ended[self._step(until_s)] += 1
        self._sums = self._pool = None

    def forget(self) -> None:
        self.lasted_s *= FADING
        self.ended *= FADING
        self._sums = self._pool = None

    def rates(self) -> Floats:
        """The hazard by step, in 1/s."""
        rates: Floats = np.divide(self.ended + self._prior[:, 0], self.lasted_s + self._prior[:, 1])
        return rates

    def mean_rate(self) -> float:
        ended, lasted_s = self.ended.sum(), self.lasted_s.sum()
        prior = self._prior.sum(axis=0)
        return float((ended + prior[0]) / (lasted_s + prior[1]))

    def remaining_s(self, ages_s: Floats, exponentials: Floats) -> Floats:
        """Seconds until it ends, given how long it has lasted: the age at which the summed hazard
        has grown by a standard exponential draw. Shapes follow numpy's broadcasting."""
        rates, sums = self._summed()
        at = np.searchsorted(self.edges_s, ages_s, side="right") - 1
        reached = sums[at] + rates[at] * (ages_s - self.edges_s[at]) + exponentials
        step = np.searchsorted(sums, reached, side="right") - 1
        age_s = self.edges_s[step] + (reached - sums[step]) / rates[step]
        return np.maximum(age_s - ages_s, 0.0)

    def pool(self, size: int) -> Floats:
        """Equally likely whole lengths, ascending."""
        if self._pool is None or len(self._pool) != size:
            shares = (np.arange(size) + 0.5) / size
            self._pool = self.remaining_s(np.zeros(1), -np.log1p(-shares))
        return self._pool

    def _step(self, age_s: float) -> int:
        return max(0, int(np.searchsorted(self.edges_s, age_s, side="right")) - 1)

    def _summed(self) -> tuple[Floats, Floats]:
        """The hazard by step, and its integral up to each step's beginning."""
        if self._sums is None:
            rates = self.rates()
            steps = np.diff(self.edges_s) * rates[:-1]
            self._sums = (rates, np.concatenate([[0.0], np.cumsum(steps)]))
        return self._sums

    def plain(self) -> dict[str, Any]:
        return {"lasted_s": self.lasted_s.tolist(), "ended": self.ended.tolist()}

    def restore(self, plain: Mapping[str, Any]) -> None:
        """Counts of other steps than today's are not taken over."""
        if len(plain["ended"]) == len(self.edges_s):
            self.lasted_s, self.ended = np.array(plain["lasted_s"]), np.array(plain["ended"])
            self._sums = self._pool = None
