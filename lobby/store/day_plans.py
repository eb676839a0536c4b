"""The plan of each business day, kept with it: what a branch is called later changes no past day.

It is written with the first act of a day, and once more where a process that knows another plan
acts on the same day. Days from before there were such rows get theirs before the set-up is changed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, func, select

from lobby.queueing.model.machine import MachinePlan
from lobby.queueing.model.plan import CounterPlan, Plan, Service
from lobby.store.branch_rules import BranchRules, branch_rules_on
from lobby.store.bulk_rows import write_rows
from lobby.store.catalogues import CatalogueEntry, catalogue_on, catalogue_text, catalogues_of
from lobby.store.tables import EVENTS, VISITS
from lobby.store.tables_days import DAY_PLANS

Key = TypeVar("Key")


class KeptPlan(msgspec.Struct, frozen=True):
    """A plan in the form in which a day keeps it; `catalogue` is the version in force, or empty."""

    names: dict[str, str]
    time_zone: str
    language: str
    target_min: float
    dial: str
    services: tuple[Service, ...]
    counters: tuple[CounterPlan, ...]
    machines: tuple[MachinePlan, ...]
    rules: BranchRules
    catalogue: str = ""


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What a branch was on a day. `catalogue` is the text with its hours; None without one."""

    plan: Plan
    catalogue: str | None


def keep_day_plan(connection: Connection, plan: Plan, day: date) -> None:
    """Services, counters and machines that the day has had already stay known."""
    in_force = _in_force(catalogues_of(connection, plan.id), day)
    kept = kept_plan(plan, in_force)
    before = _read(connection, plan.id, day)
    if before is not None:
        kept = msgspec.structs.replace(
            kept,
            services=_joined(kept.services, before.services, lambda each: each.code),
            counters=_joined(kept.counters, before.counters, lambda each: each.id),
            machines=_joined(kept.machines, before.machines, lambda each: each.id),
        )
    _write(connection, plan.id, {day: kept})


def has_day_plan(connection: Connection, branch_id: str, day: date) -> bool:
    return _read(connection, branch_id, day) is not None


def keep_plan_of_past(connection: Connection, plan: Plan) -> None:
    """Before the set-up of a branch changes: each day that has no plan of its own keeps the one
    that goes, with the rules of that day."""
    own = select(DAY_PLANS.c.business_day).where(DAY_PLANS.c.branch_id == plan.id)
    known = set(connection.execute(own).scalars())
    days = select(VISITS.c.business_day).where(VISITS.c.branch_id == plan.id).distinct()
    without = [day for day in connection.execute(days).scalars() if day not in known]
    entries = catalogues_of(connection, plan.id)
    plans = {
        day: kept_plan(ruled_on(connection, plan, day), _in_force(entries, day)) for day in without
    }
    _write(connection, plan.id, plans)


def ruled_on(connection: Connection, plan: Plan, day: date) -> Plan:
    """The plan with the rules that were set for that day, without medians measured since."""
    rules = branch_rules_on(connection, plan.id, day)
    return replace(
        plan,
        calling=rules.calling,
        counter_policy=rules.counter_policy,
        lobby_policy=rules.lobby_policy,
    )


def day_plan(connection: Connection, plan: Plan, day: date) -> DayPlan:
    """`plan` is the branch as it is now; it stands in for a day that has none of its own, with the
    rules and the hours that were set for that day."""
    kept = _read(connection, plan.id, day)
    if kept is None:
        return DayPlan(ruled_on(connection, plan, day), catalogue_on(connection, plan.id, day))
    text = catalogue_text(connection, plan.id, kept.catalogue) if kept.catalogue else None
    return DayPlan(plan_kept(plan, kept), text)


def catalogues_of_days(
    connection: Connection, branch_id: str, days: Collection[date]
) -> dict[date, str | None]:
    """The text with the hours of each of these days, as `DayPlan` has it."""
    query = select(DAY_PLANS.c.business_day, DAY_PLANS.c.content).where(
        DAY_PLANS.c.branch_id == branch_id, DAY_PLANS.c.business_day.in_(days)
    )
    kept = {
        row.business_day: msgspec.json.decode(row.content, type=KeptPlan).catalogue
        for row in connection.execute(query)
    }
    entries = catalogues_of(connection, branch_id)
    versions = {day: kept[day] if day in kept else _in_force(entries, day) for day in days}
    texts = {
        version: catalogue_text(connection, branch_id, version) for version in {*versions.values()}
    }
    return {day: texts[version] for day, version in versions.items()}


def first_day(connection: Connection, branch_id: str) -> date | None:
    """Of which there is any record."""
    mine = EVENTS.c.branch_id == branch_id
    found: date | None = connection.execute(
        select(func.min(EVENTS.c.business_day)).where(mine)
    ).scalar()
    return found


def opened_among(connection: Connection, branch_id: str, days: Collection[date]) -> set[date]:
    """Those of which there is any record, also where nobody came."""
    query = select(EVENTS.c.business_day).where(
        EVENTS.c.branch_id == branch_id, EVENTS.c.business_day.in_(days)
    )
    return set(connection.execute(query.distinct()).scalars())


def kept_plan(plan: Plan, catalogue: str) -> KeptPlan:
    """`catalogue` is the version that goes with it."""
    return KeptPlan(
        names=dict(plan.names),
        time_zone=str(plan.time_zone),
        language=plan.language,
        target_min=plan.target_min,
        dial=plan.dial,
        services=tuple(plan.services.values()),
        counters=tuple(plan.counters.values()),
        machines=tuple(plan.machines.values()),
        rules=BranchRules(plan.calling, plan.counter_policy, plan.lobby_policy),
        catalogue=catalogue,
    )


def _in_force(entries: Sequence[CatalogueEntry], day: date) -> str:
    """The version that holds on this day, as `catalogue_on` finds it; empty before the first."""
    begun = [entry.version for entry in entries if entry.valid_from <= day]
    return begun[-1] if begun else ""


def _joined(now: Iterable[Key], before: Iterable[Key], name: Any) -> tuple[Key, ...]:
    found = {name(each): each for each in now}
    return (*found.values(), *(each for each in before if name(each) not in found))


def plan_kept(plan: Plan, kept: KeptPlan) -> Plan:
    """`plan` with all that was kept in place of its own."""
    return replace(
        plan,
        names=kept.names,
        time_zone=ZoneInfo(kept.time_zone),
        language=kept.language,
        target_min=kept.target_min,
        dial=kept.dial,
        services={each.code: each for each in kept.services},
        counters={each.id: each for each in kept.counters},
        machines={each.id: each for each in kept.machines},
        calling=kept.rules.calling,
        counter_policy=kept.rules.counter_policy,
        lobby_policy=kept.rules.lobby_policy,
    )


def _read(connection: Connection, branch_id: str, day: date) -> KeptPlan | None:
    query = select(DAY_PLANS.c.content).where(
        DAY_PLANS.c.branch_id == branch_id, DAY_PLANS.c.business_day == day
    )
    content = connection.execute(query).scalar()
    return msgspec.json.decode(content, type=KeptPlan) if content else None


def _write(connection: Connection, branch_id: str, plans: dict[date, KeptPlan]) -> None:
    rows = [
        {
            "branch_id": branch_id,
            "business_day": day,
            "content": msgspec.json.encode(kept).decode(),
        }
        for day, kept in plans.items()
    ]
    write_rows(connection, DAY_PLANS, rows, replacing=True)
