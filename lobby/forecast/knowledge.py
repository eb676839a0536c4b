"""What a branch has learned of itself: from configuration on the first day, better each night."""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np

from lobby.forecast.arrivals import Arrivals
from lobby.forecast.draws import POOL, lognormal, pool
from lobby.forecast.hazard import Hazard
from lobby.forecast.jobs import Jobs
from lobby.forecast.scene import Floats
from lobby.queueing.model.plan import Plan

WALK_S, PAUSE_S = 20.0, 900.0
"""Means before anything was seen: from the call to the start of a job, and of a pause."""

LEAVING_EDGES_S = (0.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0, 2400.0)
LEAVING_PRIOR = ((1.0, 14_400.0),) * len(LEAVING_EDGES_S)
"""Giving up: once in four hours of waiting, at any age, before anything was seen."""

GAP_EDGES_S = (0.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0, 1280.0, 2560.0, 5120.0)
GAP_PRIOR = ((2.0, 20.0),) * 5 + ((1.0, 100.0),) * 3 + ((0.5, 1800.0),) * 4
"""From the end of a job to the next call while people wait: ten seconds first, then pauses that
nobody pressed."""

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
        self._made: tuple[Floats, float, Floats] | None = None
        self._since = 0

    def learn(self, length_s: float) -> None:
        self.values.append(max(0.0, length_s))
        self._since += 1

    def ordered(self) -> Floats:
        """All lengths, ascending."""
        return self._known()[0]

    def mean(self) -> float:
        return self._known()[1]

    def pool(self) -> Floats:
        """Equally likely lengths, ascending."""
        return self._known()[2]

    def _known(self) -> tuple[Floats, float, Floats]:
        """Lengths, their mean and their pool: made again when ten more are known."""
        if self._made is None or self._since >= 10:
            ordered = np.sort(np.array([*self.configured, *self.values]))
            self._made = (ordered, float(ordered.mean()), pool(ordered))
            self._since = 0
        return self._made


class Knowledge:
    """Tables that a forecast draws from. Times in seconds, speeds relative to 1."""

    def __init__(self, minutes: Mapping[str, float]) -> None:
        self.jobs = Jobs({service: mean * 60 for service, mean in minutes.items()})
        self.gaps = Hazard(GAP_EDGES_S, GAP_PRIOR)
        self.walks, self.pauses = Lengths(WALK_S), Lengths(PAUSE_S)
        self.absences = Lengths(ABSENCE_S)
        self.arrivals = Arrivals()
        self.leaving = Hazard(LEAVING_EDGES_S, LEAVING_PRIOR)
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
        gaps, walks = self.gaps.pool(POOL), self.walks.pool()
        stride = (
            89  # coprime to the pool's size: walks in an order that has nothing to do with gaps
        )
        return gaps + walks[(np.arange(len(walks)) * stride) % len(walks)]

    def end_day(self, day: date) -> None:
        """Once a night."""
        self.jobs.forget(day.toordinal())
        self.arrivals.end_day(day.weekday())
        self.leaving.forget()
        self.gaps.forget()
        self.called, self.absent = self.called * FADING, self.absent * FADING

    def plain(self) -> dict[str, Any]:
        return {
            "jobs": self.jobs.plain(),
            "arrivals": self.arrivals.plain(),
            "leaving": self.leaving.plain(),
            "gaps": self.gaps.plain(),
            "lengths": {
                name: [round(value, 1) for value in getattr(self, name).values]
                for name in ("walks", "pauses", "absences")
            },
            "called": self.called,
            "absent": self.absent,
        }

    def restore(self, plain: Mapping[str, Any]) -> None:
        self.jobs.restore(plain["jobs"])
        self.arrivals.restore(plain["arrivals"])
        self.leaving.restore(plain["leaving"])
        self.gaps.restore(plain["gaps"])
        for name, values in plain["lengths"].items():
            for value in values:
                getattr(self, name).learn(float(value))
        self.called, self.absent = float(plain["called"]), float(plain["absent"])
