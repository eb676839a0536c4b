"""Promises of the day: whom they were kept to, each person by the promise of their own class, and
the stretch of the day in which they were broken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority
from lobby.reports import measures
from lobby.reports.measures import FEW, Rate, Spread
from lobby.reports.periods import Period
from lobby.store.visits import Visit

BROKEN_ABOVE = 0.10
"""A promise that one in ten finds broken is broken by its P90, the figure it is judged by."""

KEPT_GOAL = 0.80
"""The share that staffing advice and the coming week's counters aim at."""


class GroupKind(StrEnum):
    CLASS = "class"
    POOL = "pool"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Group:
    """People who are alike: of one class, pool or service. `promise_min` is None where they were
    promised different times; `kept` is by each person's own."""

    kind: GroupKind
    key: str
    promise_min: float | None
    kept: Rate
    waits: Spread


@dataclass(frozen=True, slots=True)
class BrokenStretch:
    """From `start` to `end` so many of the people whose wait ended then waited longer than
    promised: `beyond`. `largest` are those of the most frequent class."""

    start: datetime
    end: datetime
    beyond: Rate
    largest: Group


@dataclass(frozen=True, slots=True)
class Promises:
    """`kept` to all, `promise_min` where all were promised the same; `groups` of twenty and more;
    `broken` None on a day without such a stretch."""

    kept: Rate
    promise_min: float | None
    groups: tuple[Group, ...]
    broken: BrokenStretch | None

    @property
    def worst(self) -> Group | None:
        """Whom the goal was missed for by most; None where it was met for everybody."""
        missed = [group for group in self.groups if (group.kept.share or 0.0) < KEPT_GOAL]
        return min(missed, key=lambda group: group.kept.share or 0.0, default=None)


def promises_of(plan: Plan, visits: Sequence[Visit], half_hours: Sequence[Period]) -> Promises:
    return Promises(
        kept=measures.kept_promises(plan, visits),
        promise_min=_promise_min(plan, visits),
        groups=tuple(group for group in _groups(plan, visits) if group.kept.of >= FEW),
        broken=_broken(plan, visits, half_hours),
    )


def _groups(plan: Plan, visits: Sequence[Visit]) -> Iterator[Group]:
    """A kind with one group alone is the whole day, and no group of it."""
    for kind in GroupKind:
        keys = dict.fromkeys(_key(plan, visit, kind) for visit in visits)
        for key in keys if len(keys) > 1 else ():
            own = [visit for visit in visits if _key(plan, visit, kind) == key]
            yield _group(plan, kind, key, own)


def _key(plan: Plan, visit: Visit, kind: GroupKind) -> str:
    match kind:
        case GroupKind.CLASS:
            return visit.priority.value
        case GroupKind.SERVICE:
            return visit.service
        case GroupKind.POOL:
            service = plan.services.get(visit.service)
            return service.pool if service else ""


def _group(plan: Plan, kind: GroupKind, key: str, own: Sequence[Visit]) -> Group:
    return Group(
        *(kind, key, _promise_min(plan, own)),
        kept=measures.kept_promises(plan, own),
        waits=measures.waits(own),
    )


def _promise_min(plan: Plan, own: Sequence[Visit]) -> float | None:
    promised = {plan.calling.promise(visit.priority).within_min for visit in own}
    return promised.pop() if len(promised) == 1 else None


def _broken(
    plan: Plan, visits: Sequence[Visit], half_hours: Sequence[Period]
) -> BrokenStretch | None:
    """The half hours in a row that have the most people beyond one in ten; None where they have
    fewer than twenty people together."""
    found = _worst_run(half_hours)
    if not found:
        return None
    start, end = found[0].start, found[-1].end
    within = [visit for visit in visits if _is_judged_in(visit, start, end)]
    beyond = Rate(sum(each.late.count for each in found), sum(each.late.of for each in found))
    if beyond.of < FEW:
        return None
    by_class = {
        priority: own
        for priority in Priority
        if (own := [visit for visit in within if visit.priority is priority])
    }
    largest = max(by_class, key=lambda priority: len(by_class[priority]))
    return BrokenStretch(
        *(start, end, beyond), _group(plan, GroupKind.CLASS, largest.value, by_class[largest])
    )


def _worst_run(half_hours: Sequence[Period]) -> Sequence[Period]:
    """The run with the largest sum of people beyond the promise less one in ten of all (Kadane)."""
    best_sum, best = 0.0, (0, 0)
    running, first = 0.0, 0
    for index, period in enumerate(half_hours):
        if running <= 0:
            running, first = 0.0, index
        running += period.late.count - BROKEN_ABOVE * period.late.of
        if running > best_sum:
            best_sum, best = running, (first, index + 1)
    return half_hours[slice(*best)]


def _is_judged_in(visit: Visit, start: datetime, end: datetime) -> bool:
    at = visit.started_at or visit.ended_at
    return at is not None and start <= at < end
