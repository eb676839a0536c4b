"""What changed in a branch from one day to the next, by the plans that its days kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

import msgspec
from sqlalchemy import Connection, select

from lobby.queueing.model.priority import Priority
from lobby.store.day_plans import KeptPlan
from lobby.store.tables_days import DAY_PLANS


class Changed(StrEnum):
    TARGET = "target"
    PROMISES = "promises"
    CALLING = "calling"
    COUNTERS = "counters"
    SERVICES = "services"
    MACHINES = "machines"
    POLICIES = "policies"
    CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """From `day` on. `gone` and `added` are labels of counters, codes of services, minutes, or a
    version; empty where there is nothing short to say."""

    day: date
    what: Changed
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def plan_changes(
    connection: Connection, branch_id: str, first: date, last: date
) -> list[PlanChange]:
    """In the order of days; the first day of all has nothing to differ from."""
    mine = DAY_PLANS.c.branch_id == branch_id
    query = select(DAY_PLANS.c.business_day, DAY_PLANS.c.content)
    before = query.where(mine, DAY_PLANS.c.business_day < first)
    before = before.order_by(DAY_PLANS.c.business_day.desc()).limit(1)
    within = query.where(mine, DAY_PLANS.c.business_day.between(first, last))
    rows = [
        *connection.execute(before),
        *connection.execute(within.order_by(DAY_PLANS.c.business_day)),
    ]
    return [
        change
        for old, new in pairwise(rows)
        if old.content != new.content
        for change in _changes(new.business_day, _plan(old.content), _plan(new.content))
    ]


def _plan(content: str) -> KeptPlan:
    return msgspec.json.decode(content, type=KeptPlan)


def _changes(day: date, old: KeptPlan, new: KeptPlan) -> Iterator[PlanChange]:
    """Measured medians change every day and are no decision of anybody."""
    if old.target_min != new.target_min:
        minutes = (_number(old.target_min),), (_number(new.target_min),)
        yield PlanChange(day, Changed.TARGET, *minutes)
    ours, theirs = old.rules.calling, new.rules.calling
    if any(ours.promise(each) != theirs.promise(each) for each in Priority):
        yield PlanChange(day, Changed.PROMISES)
    if _ordering(old) != _ordering(new):
        yield PlanChange(day, Changed.CALLING)
    for what, before, after in (
        (Changed.COUNTERS, _counters(old), _counters(new)),
        (Changed.SERVICES, _services(old), _services(new)),
        (Changed.MACHINES, _machines(old), _machines(new)),
    ):
        if before != after:
            gone = tuple(sorted(before - after))
            yield PlanChange(day, what, gone, tuple(sorted(after - before)))
    if _policies(old) != _policies(new):
        yield PlanChange(day, Changed.POLICIES)
    if old.catalogue != new.catalogue:
        yield PlanChange(day, Changed.CATALOGUE, (), (new.catalogue,))


def _ordering(plan: KeptPlan) -> tuple[object, ...]:
    calling = plan.rules.calling
    return (
        *(calling.order, calling.overtakes_max, calling.used_max, calling.keeps_next),
        *(calling.premium_needs_counters, calling.premium_off_machines_down),
    )


def _policies(plan: KeptPlan) -> tuple[object, ...]:
    return plan.rules.counter_policy, plan.rules.lobby_policy


def _counters(plan: KeptPlan) -> set[str]:
    return {each.label for each in plan.counters}


def _services(plan: KeptPlan) -> set[str]:
    return {each.code for each in plan.services}


def _machines(plan: KeptPlan) -> set[str]:
    return {each.id for each in plan.machines}


def _number(minutes: float) -> str:
    return f"{minutes:g}"
