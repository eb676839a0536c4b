"""What a branch has learned of itself: from configuration on the first day, better each night."""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np

from lobby.forecast.arrivals import Arrivals
from lobby.forecast.draws import lognormal, pool
from lobby.forecast.jobs import Jobs
from lobby.forecast.leaving import Leaving
from lobby.forecast.scene import Floats
from lobby.queueing.plan import Plan

GAP_S, WALK_S, PAUSE_S = 15.0, 20.0, 900.0
"""Means before anything was seen: from the end of a job to the next call while people wait, from
the call to the start, and of a pause."""

KEPT = 500
"""The newest of each that are kept."""

CALLED_WEIGHT, ABSENT_SHARE = 40.0, 0.05
"""Calls as expected that stand beside those seen, and the share of them nobody came to."""

ABSENCE_S = 75.0
"""What a call that nobody comes to costs before any was seen: a grace and two calls."""

FADING = 0.98

SHUFFLE = 89
"""Coprime to the size of a pool: stepping by it visits every value once."""


class Lengths:
    """The newest lengths of one thing in seconds, beside some from configuration."""

    def __init__(self, mean_s: float, values: Iterable[float] = ()) -> None:
        self.configured = lognormal(mean_s)
        self.values: deque[float] = deque(values, maxlen=KEPT)
        self._made: tuple[int, Floats] = (-1, np.empty(0))
        self._count = 0

    def learn(self, length_s: float) -> None:
        self.values.append(max(0.0, length_s))
        self._count += 1

    def ordered(self) -> Floats:
        """Ascending; made again when ten more are known."""
        if self._made[0] < 0 or self._count - self._made[0] >= 10:
            self._made = (self._count, np.sort(np.array([*self.configured, *self.values])))
        return self._made[1]

    def pool(self) -> Floats:
        return pool(self.ordered())


class Knowledge:
    """Tables that a forecast draws from. Times in seconds, speeds relative to 1."""

    def __init__(self, minutes: Mapping[str, float]) -> None:
        self.jobs = Jobs({service: mean * 60 for service, mean in minutes.items()})
        self.gaps, self.walks = Lengths(GAP_S), Lengths(WALK_S)
        self.pauses, self.absences = Lengths(PAUSE_S), Lengths(ABSENCE_S)
        self.arrivals = Arrivals()
        self.leaving = Leaving()
        self.called = self.absent = 0.0

    @classmethod
    def of(cls, plan: Plan) -> "Knowledge":
        """From configuration alone."""
        return cls({service.code: service.minutes for service in plan.services.values()})

    @property
    def absent_share(self) -> float:
        """The share of calls nobody comes to."""
        usual = CALLED_WEIGHT * ABSENT_SHARE
        return (self.absent + usual) / (self.called + CALLED_WEIGHT)

    def between(self) -> Floats:
        """Equally likely times from the end of a job to the start of the next while people wait:
        every gap beside some walk, in an order that has nothing to do with the gaps'."""
        gaps, walks = self.gaps.pool(), self.walks.pool()
        stride = (
            89  # coprime to the pool's size: walks in an order that has nothing to do with gaps
        )
        return gaps + walks[(np.arange(len(walks)) * stride) % len(walks)]

    def end_day(self, day: date) -> None:
        """Once a night."""
        self.jobs.forget(day.toordinal())
        self.arrivals.end_day(day.weekday())
        self.leaving.forget()
        self.called, self.absent = self.called * FADING, self.absent * FADING

    def plain(self) -> dict[str, Any]:
        return {
            "jobs": self.jobs.plain(),
            "arrivals": self.arrivals.plain(),
            "leaving": self.leaving.plain(),
            "lengths": {
                name: [round(value, 1) for value in getattr(self, name).values]
                for name in ("gaps", "walks", "pauses", "absences")
            },
            "called": self.called,
            "absent": self.absent,
        }

    def restore(self, plain: Mapping[str, Any]) -> None:
        self.jobs.restore(plain["jobs"])
        self.arrivals.restore(plain["arrivals"])
        self.leaving.restore(plain["leaving"])
        for name, values in plain["lengths"].items():
            for value in values:
                getattr(self, name).learn(float(value))
        self.called, self.absent = float(plain["called"]), float(plain["absent"])
