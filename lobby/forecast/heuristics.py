"""Rules of thumb for a wait: what others announce, and what layer C looks at beside the simulation.

n is the number ahead, c the open counters that serve, 1/mu the mean job with its turnaround, theta
the hazard of leaving. Last to enter service and head of line after Ibrahim and Whitt (2009).
"""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from lobby.forecast.calibration import KAPPA_S
from lobby.forecast.quantile_regression import Inputs

LATELY_S = 1800.0
"""The half hour of the second moving average."""


class RecentWaits:
    """Waits that ended by a call, the newest kept."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}
        self._ten: deque[float] = deque(maxlen=10)
        self._half_hour: deque[tuple[float, float]] = deque(maxlen=500)

    def learn(self, at_s: float, service: str, wait_s: float) -> None:
        self._last[service] = wait_s
        self._ten.append(wait_s)
        self._half_hour.append((at_s, wait_s))

    def last_s(self, service: str) -> float:
        """The wait of the last of this service who was called (LES); of anybody, where none was."""
        return self._last.get(service, self._ten[-1] if self._ten else 0.0)

    def ten_s(self) -> float:
        """The mean of the last ten waits."""
        return sum(self._ten) / len(self._ten) if self._ten else 0.0

    def half_hour_s(self, at_s: float) -> float:
        """The mean of the waits that ended in the last half hour; of the last ten, where none."""
        while self._half_hour and self._half_hour[0][0] < at_s - LATELY_S:
            self._half_hour.popleft()
        if not self._half_hour:
            return self.ten_s()
        return sum(wait_s for _, wait_s in self._half_hour) / len(self._half_hour)


@dataclass(frozen=True, slots=True)
class QueueSituation:
    """A queue as one ticket meets it. `ahead` are those who would be called before it, `same` those
    of its service, `everybody` all who wait; `oldest_s` is the age of the oldest of its service,
    0 where none waits; means include the turnaround."""

    service: str
    priority: str
    ahead: int
    same: int
    everybody: int
    counters: int
    busy: int
    mean_job_s: float
    mean_all_s: float
    leaving_rate: float
    oldest_s: float
    hour: float


def markov_s(ahead: int, counters: int, mean_job_s: float, leaving_rate: float) -> float:
    """QLm: the mean wait behind n with leaving, the sum of 1 / (c mu + j theta) for j = 0..n."""
    service_rate = max(1, counters) / max(1e-6, mean_job_s)
    return sum(1 / (service_rate + step * leaving_rate) for step in range(ahead + 1))


def inputs_of(
    raw_s: Sequence[float], situation: QueueSituation, recent: RecentWaits, at_s: float
) -> Inputs:
    """What layer C looks at, in logarithms of seconds + kappa."""
    c = max(1, situation.counters)
    job_s, rate = situation.mean_job_s, situation.leaving_rate
    last_s = recent.last_s(situation.service)
    hour = (situation.hour - 12) / 6
    seconds = (
        raw_s[2],
        raw_s[0],
        raw_s[4],
        markov_s(situation.ahead, c, job_s, rate),
        situation.everybody * situation.mean_all_s / c,
        situation.same * job_s / c,
        last_s,
        situation.oldest_s or last_s,
        recent.ten_s(),
        recent.half_hour_s(at_s),
    )
    numbers = [math.log(max(0.0, each) + KAPPA_S) for each in seconds]
    counts = (c, 1 + situation.ahead, 1 + situation.everybody, 1 + situation.busy)
    numbers += [math.log(each) for each in counts]
    return Inputs((*numbers, hour, hour * hour), situation.service, situation.priority)
