"""A year that the demo's branch has behind it: which days it was open, how busy they were, who was
missing, and which rules held."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lobby.demo import hours
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority, Promise
from lobby.screens.opening import hours_of_day
from lobby.triage.catalogue import Catalogue

BY_MONTH = (1.12, 1.05, 1.0, 0.97, 0.95, 1.0, 0.92, 0.9, 1.0, 1.02, 1.04, 1.12)
"""Before the new year many come, in summer few."""

BY_WEEKDAY = (1.18, 1.0, 0.94, 0.97, 1.08)
PAY_DAYS, AT_PAY_DAY = frozenset({10, 25}), 1.2
AT_MONTH_END, LAST_DAYS_FROM = 1.1, 29

USUAL_LOAD, BAD_LOAD = 0.76, 0.9
BAD_MONTH_BACK = 3
"""The month that lies so many before the last has a counter less, and more people."""

RULES_CHANGED_BACK = 150
"""So many days before the last one the promise to ordinary customers became what it is now."""

PROMISE_BEFORE = 1.5
"""It was so many times as long."""


@dataclass(frozen=True, slots=True)
class DayOfPast:
    """`load` is against what fills the time of all tellers; `missing` of them were not there."""

    day: date
    plan: Plan
    load: float
    missing: int


def days_of_past(
    plan: Plan, catalogue: Catalogue | None, before: date, count: int
) -> Iterator[DayOfPast]:
    """Of the `count` days before `before` those on which the branch was open, oldest first."""
    last = before - timedelta(days=1)
    for back in range(count, 0, -1):
        day = before - timedelta(days=back)
        if not _is_open(catalogue, day):
            continue
        is_bad = _months_between(day, last) == BAD_MONTH_BACK
        yield DayOfPast(
            day,
            _plan_on(plan, day, last),
            load=(BAD_LOAD if is_bad else USUAL_LOAD) * _busy(day),
            missing=int(is_bad),
        )


def _is_open(catalogue: Catalogue | None, day: date) -> bool:
    if day.weekday() >= hours.SATURDAY:
        return False
    return catalogue is None or bool(hours_of_day(catalogue, day))


def _months_between(day: date, last: date) -> int:
    return (last.year - day.year) * 12 + last.month - day.month


def _busy(day: date) -> float:
    share = BY_MONTH[day.month - 1] * BY_WEEKDAY[day.weekday()]
    if day.day in PAY_DAYS:
        return share * AT_PAY_DAY
    return share * AT_MONTH_END if day.day >= LAST_DAYS_FROM else share


def _plan_on(plan: Plan, day: date, last: date) -> Plan:
    if (last - day).days < RULES_CHANGED_BACK:
        return plan
    now = plan.calling.promise(Priority.REGULAR)
    before = Promise(round(now.within_min * PROMISE_BEFORE), now.head_start_min)
    promises = {**plan.calling.promises, Priority.REGULAR: before}
    return replace(plan, calling=replace(plan.calling, promises=promises))
