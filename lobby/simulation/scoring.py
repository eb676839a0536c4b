"""Scores of calling rules over many days, and how much better one is than another."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from lobby.queueing.model.priority import CallingRule, Priority
from lobby.simulation.record import DayRecord, Visit

LONG_WAIT_MIN = 45.0
MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Minutes and shares; None where nobody is there to be counted. Waits are of those served;
    for shares in promise see `Visit.in_promise`."""

    customers: int
    served: int
    mean_min: float | None
    p95_min: float | None
    in_promise: float | None
    in_promise_by_class: Mapping[Priority, float | None]
    over_45: float | None
    overtakes_max: int
    left: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean over days of one rule's figure less the other's, with its 95 % interval."""

    mean: float
    low: float
    high: float


def figures(records: Iterable[DayRecord], rule: CallingRule) -> Figures:
    visits = [visit for record in records for visit in record.visits]
    waits_min = _waits_min(visits)
    return Figures(
        customers=len(visits),
        served=len(waits_min),
        mean_min=_mean(waits_min),
        p95_min=float(np.quantile(waits_min, 0.95)) if waits_min else None,
        in_promise=_in_promise(visits, rule),
        in_promise_by_class={
            priority: _in_promise([v for v in visits if v.priority is priority], rule)
            for priority in Priority
        },
        over_45=_mean([wait > LONG_WAIT_MIN for wait in waits_min]),
        overtakes_max=max((visit.overtakes for visit in visits), default=0),
        left=_mean([visit.left_s is not None for visit in visits]),
    )


Measure = Callable[[Figures], float | None]


def _of_class(priority: Priority, figures: Figures) -> float | None:
    return figures.in_promise_by_class[priority]


MEASURES: Mapping[str, Measure] = {
    "mean_min": lambda figures: figures.mean_min,
    "p95_min": lambda figures: figures.p95_min,
    "in_promise": lambda figures: figures.in_promise,
    **{f"in_promise_{priority}": partial(_of_class, priority) for priority in Priority},
    "over_45": lambda figures: figures.over_45,
    "left": lambda figures: figures.left,
}
"""What is compared day by day."""


def differences(
    ours: Sequence[DayRecord], theirs: Sequence[DayRecord], promises: CallingRule
) -> dict[str, Difference | None]:
    """Paired: each day with itself. Days on which one of the two has no figure are left out."""
    mine = [figures([record], promises) for record in ours]
    other = [figures([record], promises) for record in theirs]
    pairs = list(zip(mine, other, strict=True))
    return {name: _difference(_paired(pairs, measure)) for name, measure in MEASURES.items()}


def _paired(pairs: Sequence[tuple[Figures, Figures]], measure: Measure) -> list[float]:
    values = ((measure(one), measure(other)) for one, other in pairs)
    return [one - other for one, other in values if one is not None and other is not None]


def _difference(values: Sequence[float]) -> Difference | None:
    if not values:
        return None
    mean = float(np.mean(values))
    if len(values) == 1:
        return Difference(mean, mean, mean)
    half = 1.96 * float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return Difference(mean, mean - half, mean + half)


def _waits_min(visits: Iterable[Visit]) -> list[float]:
    return [visit.wait_s / MINUTE_S for visit in visits if visit.wait_s is not None]


def _in_promise(visits: Iterable[Visit], rule: CallingRule) -> float | None:
    kept = (visit.in_promise(rule) for visit in visits)
    return _mean([each for each in kept if each is not None])


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None
