"""Changes to a branch's set-up, each from a day on and never undone but by another change; and what
holds from which day by them, in the form in which a day keeps its plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, func, insert, select

from lobby.queueing.model.plan import Plan
from lobby.store.day_plans import KeptPlan, plan_kept
from lobby.store.tables_setup import SET_UP_DAYS, SET_UP_VERSIONS


@dataclass(frozen=True, slots=True)
class NewSetUpVersion:
    """`actor` as `staff/ID` or `system/NAME`; `changes` is a text that whoever wrote it reads;
    `takes_back` the version that does not hold any more from `valid_from` on."""

    branch_id: str
    valid_from: date
    at: datetime
    actor: str
    reason: str
    changes: str
    takes_back: int | None = None


@dataclass(frozen=True, slots=True)
class SetUpVersion:
    """As kept. Versions of a branch are written in the order of their ids."""

    id: int
    branch_id: str
    valid_from: date
    at: datetime
    actor: str
    reason: str
    changes: str
    takes_back: int | None


def write_set_up_version(connection: Connection, new: NewSetUpVersion) -> int:
    """The id of what was written."""
    values = {name: getattr(new, name) for name in NewSetUpVersion.__dataclass_fields__}
    key = connection.execute(insert(SET_UP_VERSIONS).values(**values)).inserted_primary_key
    assert key is not None, "one row was inserted"
    return int(key[0])


def set_up_versions(connection: Connection, branch_id: str) -> list[SetUpVersion]:
    """Oldest first."""
    names = SetUpVersion.__dataclass_fields__
    query = (
        select(*(SET_UP_VERSIONS.c[name] for name in names))
        .where(SET_UP_VERSIONS.c.branch_id == branch_id)
        .order_by(SET_UP_VERSIONS.c.id)
    )
    return [SetUpVersion(*row) for row in connection.execute(query)]


def newest_set_up_version(connection: Connection, branch_id: str) -> int:
    """0 where nothing was changed yet."""
    newest = select(func.max(SET_UP_VERSIONS.c.id)).where(SET_UP_VERSIONS.c.branch_id == branch_id)
    return connection.execute(newest).scalar() or 0


def write_set_up_days(
    connection: Connection,
    branch_id: str,
    version_id: int,
    days: Iterable[tuple[date, KeptPlan]],
) -> None:
    """What holds from each of these days on, until the next of them or of a newer version."""
    rows = [
        {
            "branch_id": branch_id,
            "valid_from": day,
            "version_id": version_id,
            "content": msgspec.json.encode(kept).decode(),
        }
        for day, kept in days
    ]
    if rows:
        connection.execute(insert(SET_UP_DAYS), rows)


def set_up_on(connection: Connection, branch_id: str, day: date) -> KeptPlan | None:
    """None on a day before the first change."""
    query = (
        select(SET_UP_DAYS.c.content)
        .where(SET_UP_DAYS.c.branch_id == branch_id, SET_UP_DAYS.c.valid_from <= day)
        .order_by(SET_UP_DAYS.c.valid_from.desc(), SET_UP_DAYS.c.version_id.desc())
        .limit(1)
    )
    content = connection.execute(query).scalar()
    return msgspec.json.decode(content, type=KeptPlan) if content else None


def set_up_plan(connection: Connection, plan: Plan, day: date) -> Plan | None:
    """The branch as it is set up for that day, without medians measured since; None on a day
    before the first change."""
    kept = set_up_on(connection, plan.id, day)
    return None if kept is None else plan_kept(plan, kept)
