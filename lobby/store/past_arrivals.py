"""What past days tell of days to come: who came when, for what, how long it took, who sat where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BigInteger, Connection, func, select, type_coerce

from lobby.queueing.model.priority import Priority
from lobby.store.tables import SITTINGS, VISITS
from lobby.store.tables_waits import SERVINGS
from lobby.store.visits import SittingSpan

QUARTER_US = 15 * 60 * 1_000_000
"""Every clock of the world is ahead of UTC by whole quarters of an hour."""

DAYS_BACK = timedelta(days=400)
"""A year and a month: each day of the month twelve times."""

LATELY = timedelta(days=45)
"""Services, people and forms change: what takes how long is learned from these."""

SERVINGS_MAX = 20_000
"""The newest of them: more tell nothing new of how long a service takes."""


@dataclass(frozen=True, slots=True)
class Came:
    """So many took a number for a counter in the quarter of an hour that began at `minute_utc`
    minutes since 1970."""

    day: date
    minute_utc: int
    count: int


@dataclass(frozen=True, slots=True)
class KindCount:
    service: str
    priority: Priority
    count: int


@dataclass(frozen=True, slots=True)
class Job:
    """One serving at one counter."""

    service: str
    counter: str
    length_s: float


@dataclass(frozen=True, slots=True)
class PastRecord:
    came: tuple[Came, ...]
    kinds: tuple[KindCount, ...]
    jobs: tuple[Job, ...]
    sittings: tuple[tuple[date, SittingSpan], ...]


def past_record(connection: Connection, branch_id: str, today: date) -> PastRecord:
    """Up to the day before `today`."""
    return PastRecord(
        came=tuple(_came(connection, branch_id, today)),
        kinds=tuple(_kinds(connection, branch_id, today)),
        jobs=tuple(_jobs(connection, branch_id, today)),
        sittings=tuple(_sittings(connection, branch_id, today)),
    )


def _came(connection: Connection, branch_id: str, today: date) -> Sequence[Came]:
    """Counted by the database: a year is some ten thousand rows then. Who went to a machine for
    good needed no counter."""
    quarter = (type_coerce(VISITS.c.taken_at, BigInteger) // QUARTER_US).label("quarter")
    needed_counter = VISITS.c.accepted_at.is_(None) | VISITS.c.returned_at.is_not(None)
    grouped = (
        select(VISITS.c.business_day, quarter, func.count().label("people"))
        .where(VISITS.c.branch_id == branch_id, needed_counter)
        .where(VISITS.c.business_day < today, VISITS.c.business_day >= today - DAYS_BACK)
        .group_by(VISITS.c.business_day, quarter)
        .order_by(VISITS.c.business_day)
    )
    return [
        Came(row.business_day, int(row.quarter) * 15, row.people)
        for row in connection.execute(grouped)
    ]


def _kinds(connection: Connection, branch_id: str, today: date) -> Sequence[KindCount]:
    grouped = (
        select(VISITS.c.service, VISITS.c.priority, func.count().label("people"))
        .where(VISITS.c.branch_id == branch_id)
        .where(VISITS.c.business_day < today, VISITS.c.business_day >= today - LATELY)
        .group_by(VISITS.c.service, VISITS.c.priority)
        .order_by(VISITS.c.service, VISITS.c.priority)
    )
    return [KindCount(row.service, row.priority, row.people) for row in connection.execute(grouped)]


def _jobs(connection: Connection, branch_id: str, today: date) -> Sequence[Job]:
    table = SERVINGS
    rows = connection.execute(
        select(
            *(table.c.service, table.c.counter),
            *(table.c.started_at, table.c.finished_at, table.c.paused_s),
        )
        .where(table.c.branch_id == branch_id, table.c.finished_at.is_not(None))
        .where(table.c.business_day < today, table.c.business_day >= today - LATELY)
        .order_by(table.c.started_at.desc())
        .limit(SERVINGS_MAX)
    )
    return [
        Job(row.service, row.counter, length_s)
        for row in rows
        if (length_s := (row.finished_at - row.started_at).total_seconds() - row.paused_s) > 0
    ]


def _sittings(
    connection: Connection, branch_id: str, today: date
) -> Sequence[tuple[date, SittingSpan]]:
    columns = [SITTINGS.c[name] for name in SittingSpan.__dataclass_fields__]
    rows = connection.execute(
        select(SITTINGS.c.business_day, *columns)
        .where(SITTINGS.c.branch_id == branch_id)
        .where(SITTINGS.c.business_day < today, SITTINGS.c.business_day >= today - DAYS_BACK)
        .order_by(SITTINGS.c.opened_at)
    )
    found = []
    for row in rows:
        values = dict(row._mapping)
        found.append((values.pop("business_day"), SittingSpan(**values)))
    return found
