"""Days gone by, written as rows: for a branch that is shown with a past which it has not lived."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from lobby.queueing.model.plan import Plan
from lobby.store.announced_waits import AnnouncedWaitRow, save_announced_waits
from lobby.store.bulk_rows import Row, write_rows
from lobby.store.day_plans import keep_day_plan
from lobby.store.faults import Fault
from lobby.store.tables import FAULTS, SITTINGS, VISITS
from lobby.store.tables_waits import SERVINGS
from lobby.store.visits import SittingSpan, Stretch, Visit


@dataclass(frozen=True, slots=True)
class PastDay:
    """`stretches` is one for each visit that was served; `secrets` one for each visit."""

    day: date
    plan: Plan
    visits: Sequence[Visit]
    secrets: Sequence[str]
    stretches: Sequence[Stretch]
    sittings: Sequence[SittingSpan]
    told: Sequence[AnnouncedWaitRow]
    faults: Sequence[Fault]


def keep_past_day(connection: Connection, past: PastDay) -> None:
    """With the plan that the branch had on it. There are no events: the log begins later."""
    keep_day_plan(connection, past.plan, past.day)
    key = {"branch_id": past.plan.id, "business_day": past.day}
    of_branch = {"branch_id": past.plan.id}
    visits = [
        _row(VISITS, visit, key) | {"secret": secret, "services_done": _done(visit)}
        for visit, secret in zip(past.visits, past.secrets, strict=True)
    ]
    write_rows(connection, VISITS, visits)
    servings = [_row(SERVINGS, each, key) | {"ordinal": 1} for each in past.stretches]
    write_rows(connection, SERVINGS, servings)
    write_rows(connection, SITTINGS, [_row(SITTINGS, each, key) for each in past.sittings])
    write_rows(connection, FAULTS, [_row(FAULTS, each, of_branch) for each in past.faults])
    save_announced_waits(connection, past.told)


def _done(visit: Visit) -> str:
    return visit.service if visit.started_at else ""


def _row(table: Table, of: Any, key: Row) -> Row:
    """Every column, or a batch could not be written in one go."""
    row = _nothing(table) | key
    row.update((name, getattr(of, name)) for name in _shared(table, of))
    return row


@cache
def _nothing(table: Table) -> Row:
    return {column.name: getattr(column.default, "arg", None) for column in table.c}


def _shared(table: Table, of: Any) -> list[str]:
    return [each.name for each in fields(of) if each.name in table.c]
