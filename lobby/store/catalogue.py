"""The branch as configured, between its tables and the core's `Plan`."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, insert, select

from lobby.queueing.model.machine import MachinePlan
from lobby.queueing.model.plan import CounterPlan, Plan, Service
from lobby.store.branch_rules import (
    BranchRules,
    branch_rules_on,
    save_branch_rules,
    typical_minutes,
)
from lobby.store.day_plans import keep_plan_of_past
from lobby.store.epochs import epoch_name
from lobby.store.tables import BRANCHES, COUNTERS, MACHINES, SERVICES

SET_UP = (
    *("names", "time_zone", "language", "target_min", "dial"),
    *("services", "counters", "machines"),
)
"""The fields of a plan that are no rules."""


def save_plan(connection: Connection, plan: Plan) -> None:
    """A branch's set-up with its rules, which hold since ever."""
    save_set_up(connection, plan)
    save_branch_rules(
        connection, plan.id, BranchRules(plan.calling, plan.counter_policy, plan.lobby_policy)
    )


def save_set_up(connection: Connection, plan: Plan) -> None:
    """All but the rules, which have days of their own, in place of what was there; history stays,
    and past days keep the set-up that they had."""
    for known in load_plans(connection, only=plan.id):
        keep_plan_of_past(connection, known)
    values = {
        "names": dict(plan.names),
        "time_zone": str(plan.time_zone),
        "language": plan.language,
        "target_min": plan.target_min,
        "dial": plan.dial,
    }
    changed = connection.execute(BRANCHES.update().where(BRANCHES.c.id == plan.id).values(**values))
    if changed.rowcount == 0:
        connection.execute(BRANCHES.insert().values(id=plan.id, **values))
    for table in (SERVICES, COUNTERS, MACHINES):
        connection.execute(table.delete().where(table.c.branch_id == plan.id))
    if plan.services:
        connection.execute(insert(SERVICES), _service_rows(plan))
    if plan.counters:
        connection.execute(insert(COUNTERS), _counter_rows(plan))
    if plan.machines:
        connection.execute(insert(MACHINES), _machine_rows(plan))


def adopt_set_up(connection: Connection, plan: Plan) -> None:
    """What a day has begun with takes the place of what was there, where that is something else:
    whoever reads the branch now, or starts on it later today, finds it so."""
    for known in load_plans(connection, only=plan.id):
        if any(getattr(known, name) != getattr(plan, name) for name in SET_UP):
            save_set_up(connection, plan)


def load_plans(
    connection: Connection, now: datetime | None = None, only: str | None = None
) -> list[Plan]:
    """With the rules that hold on each branch's own day at `now`; without it, the latest set.
    `only` names the one branch that is asked for."""
    query = select(BRANCHES).order_by(BRANCHES.c.id)
    if only is not None:
        query = query.where(BRANCHES.c.id == only)
    branches = connection.execute(query).mappings()
    plans = [_load_plan(connection, branch) for branch in branches.all()]
    return [plan_on(connection, plan, plan.business_day(now) if now else None) for plan in plans]


def plan_on(connection: Connection, plan: Plan, day: date | None) -> Plan:
    """The plan with calling rule and counter policy of that day; quickness from measured medians
    where the rule itself names no minutes."""
    rules = branch_rules_on(connection, plan.id, day or date.max)
    measured = typical_minutes(connection, plan.id, day) if day else {}
    typical = {**measured, **rules.calling.typical_min}
    calling = replace(rules.calling, typical_min=typical)
    return replace(
        plan,
        calling=calling,
        counter_policy=rules.counter_policy,
        lobby_policy=rules.lobby_policy,
    )


def _load_plan(connection: Connection, branch: RowMapping) -> Plan:
    services = connection.execute(
        select(SERVICES).where(SERVICES.c.branch_id == branch["id"]).order_by(SERVICES.c.position)
    )
    counters = connection.execute(
        select(COUNTERS).where(COUNTERS.c.branch_id == branch["id"]).order_by(COUNTERS.c.number)
    )
    machines = connection.execute(
        select(MACHINES).where(MACHINES.c.branch_id == branch["id"]).order_by(MACHINES.c.position)
    )
    return Plan(
        id=branch["id"],
        names=branch["names"],
        time_zone=ZoneInfo(branch["time_zone"]),
        language=branch["language"],
        target_min=branch["target_min"],
        dial=branch["dial"],
        services={
            row.code: Service(row.code, row.prefix, row.pool, row.minutes, row.names)
            for row in services
        },
        counters={
            row.id: CounterPlan(row.id, row.label or str(row.number), row.premium)
            for row in counters
        },
        machines={
            row.id: MachinePlan(row.id, row.kind, frozenset(row.functions), row.places)
            for row in machines
        },
        epoch=epoch_name(connection, branch["id"]),
    )


def _service_rows(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "branch_id": plan.id,
            "code": service.code,
            "position": position,
            "prefix": service.prefix,
            "pool": service.pool,
            "minutes": service.minutes,
            "names": dict(service.names),
        }
        for position, service in enumerate(plan.services.values())
    ]


def _counter_rows(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "branch_id": plan.id,
            "id": counter.id,
            "number": position,
            "label": counter.label,
            "premium": counter.premium,
        }
        for position, counter in enumerate(plan.counters.values(), start=1)
    ]


def _machine_rows(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "branch_id": plan.id,
            "id": machine.id,
            "position": position,
            "kind": machine.kind,
            "functions": sorted(machine.functions),
            "places": dict(machine.places),
        }
        for position, machine in enumerate(plan.machines.values())
    ]
