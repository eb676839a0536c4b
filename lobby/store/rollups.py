"""Roll-ups of days written and added up. A day without them is told from its visits, so they may be
dropped whenever a day changes, and be written again."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, and_, func, select

from lobby.queueing.model.plan import Plan
from lobby.store.bulk_rows import write_rows
from lobby.store.histograms import Counts, nothing, unpacked
from lobby.store.kinds import RollupPart
from lobby.store.tables import EVENTS, VISITS
from lobby.store.tables_reports import ROLLUPS

RollUp = Callable[[Connection, Plan, date, datetime], None]
"""Measures a day that is over and keeps it; `Plan` is the branch as it is now."""

WHOLE = -1
"""The half hour of a part that is no half hour."""

MAXIMA = ("wait_max_us", "most_waiting", "overtakes_max")
HISTOGRAMS = ("waits", "service_times")
KEYS = ("branch_id", "part", "business_day", "half_hour", "name")
SUMS = tuple(
    column.name for column in ROLLUPS.c if column.name not in {*KEYS, *MAXIMA, *HISTOGRAMS}
)


@dataclass(frozen=True, slots=True)
class Rollup:
    """One part of a day. `figures` are the columns that are not nothing."""

    part: RollupPart
    name: str = ""
    half_hour: int = WHOLE
    figures: dict[str, int] = field(default_factory=dict)
    waits: bytes = b""
    service_times: bytes = b""


@dataclass(slots=True)
class Tally:
    """Roll-ups added up: `figures` by column, and the two histograms."""

    figures: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*SUMS, *MAXIMA), 0))
    waits: Counts = field(default_factory=nothing)
    service_times: Counts = field(default_factory=nothing)
    days: int = 0
    staffed_days: int = 0
    """On which anybody sat at a counter; known of several branches side by side alone."""

    def add(self, rollup: Rollup) -> None:
        for name, value in rollup.figures.items():
            self._gather(name, value)
        self.waits = self.waits + unpacked([rollup.waits])[0]
        self.service_times = self.service_times + unpacked([rollup.service_times])[0]
        self.days += 1

    def _gather(self, name: str, value: int) -> None:
        before = self.figures[name]
        self.figures[name] = max(before, value) if name in MAXIMA else before + value

    def __getitem__(self, name: str) -> int:
        return self.figures[name]


def added(tallies: Iterable[Tally]) -> Tally:
    """All of them as one: nothing of none."""
    own = list(tallies)
    if not own:
        return Tally()
    rows = [tally.figures for tally in own]
    sums = {name: sum(row[name] for row in rows) for name in SUMS}
    most = {name: max(row[name] for row in rows) for name in MAXIMA}
    waits, service_times = [t.waits for t in own], [t.service_times for t in own]
    return Tally(
        *(sums | most, np.sum(waits, axis=0), np.sum(service_times, axis=0)),
        days=sum(t.days for t in own),
        staffed_days=sum(t.staffed_days for t in own),
    )


@dataclass(frozen=True, slots=True)
class HalfHour:
    """A half hour of one day, for the map of the week."""

    day: date
    half_hour: int
    tickets: int
    served: int
    wait_us: int
    open_us: int
    most_waiting: int


def keep_rollups(
    connection: Connection, branch_id: str, day: date, rollups: Iterable[Rollup]
) -> None:
    """In the place of what was kept of that day."""
    drop_rollups(connection, branch_id, day, day)
    rows = [_row(branch_id, day, rollup) for rollup in rollups]
    write_rows(connection, ROLLUPS, rows)


def drop_rollups(connection: Connection, branch_id: str, first: date, last: date) -> None:
    connection.execute(
        ROLLUPS.delete().where(
            ROLLUPS.c.branch_id == branch_id, ROLLUPS.c.business_day.between(first, last)
        )
    )


def _row(branch_id: str, day: date, rollup: Rollup) -> dict[str, Any]:
    return {
        "branch_id": branch_id,
        "part": rollup.part.value,
        "business_day": day,
        "half_hour": rollup.half_hour,
        "name": rollup.name,
        **dict.fromkeys((*SUMS, *MAXIMA), 0),
        **rollup.figures,
        "waits": rollup.waits,
        "service_times": rollup.service_times,
    }


def days_rolled_up(
    connection: Connection, branch_ids: Collection[str], first: date, last: date
) -> dict[str, dict[date, Tally]]:
    """The whole days, by branch; a branch without any is left out."""
    found: dict[str, dict[date, Tally]] = {}
    for row, waits, services in _with_histograms(connection, _within(branch_ids, first, last)):
        tally = Tally(dict(zip(_FIGURES, row[2:-2], strict=True)), waits, services, 1)
        found.setdefault(row[0], {})[row[1]] = tally
    return found


_FIGURES = (*SUMS, *MAXIMA)


def _within(branch_ids: Collection[str], first: date, last: date) -> Any:
    return and_(
        ROLLUPS.c.branch_id.in_(branch_ids),
        ROLLUPS.c.part == RollupPart.DAY,
        ROLLUPS.c.business_day.between(first, last),
    )


def _with_histograms(connection: Connection, where: Any) -> Iterable[tuple[Any, Counts, Counts]]:
    columns = (ROLLUPS.c[name] for name in ("branch_id", "business_day", *_FIGURES, *HISTOGRAMS))
    rows = connection.execute(select(*columns).where(where)).all()
    waits = unpacked([row[-2] for row in rows], range(len(rows)), len(rows))
    services = unpacked([row[-1] for row in rows], range(len(rows)), len(rows))
    return zip(rows, waits, services, strict=True)


def parts_rolled_up(
    connection: Connection,
    branch_id: str,
    first: date,
    last: date,
    parts: Collection[RollupPart],
) -> dict[tuple[RollupPart, str], Tally]:
    """Each part added up over these days: the database adds the columns, this the bins."""
    mine = and_(
        ROLLUPS.c.branch_id == branch_id,
        ROLLUPS.c.part.in_(parts),
        ROLLUPS.c.business_day.between(first, last),
    )
    key = (ROLLUPS.c.part, ROLLUPS.c.name)
    sums = (func.sum(ROLLUPS.c[name]) for name in SUMS)
    most = (func.max(ROLLUPS.c[name]) for name in MAXIMA)
    query = select(*key, *sums, *most, func.count()).where(mine).group_by(*key)
    found: dict[tuple[RollupPart, str], Tally] = {}
    for row in connection.execute(query):
        figures = {name: int(value) for name, value in zip(_FIGURES, row[2:-1], strict=True)}
        found[row[0], row[1]] = Tally(figures, days=row[-1])
    places = {name: index for index, name in enumerate(found)}
    bins = connection.execute(select(*key, ROLLUPS.c.waits, ROLLUPS.c.service_times).where(mine))
    rows = bins.all()
    groups = [places[row[0], row[1]] for row in rows]
    waits = unpacked([row[2] for row in rows], groups, len(places))
    services = unpacked([row[3] for row in rows], groups, len(places))
    for name, index in places.items():
        found[name].waits, found[name].service_times = waits[index], services[index]
    return found


def half_hours_rolled_up(
    connection: Connection, branch_id: str, first: date, last: date, service: str = ""
) -> list[HalfHour]:
    """Of the whole branch, or of one service."""
    part = RollupPart.SERVICE_HALF_HOUR if service else RollupPart.HALF_HOUR
    names = ("business_day", *list(HalfHour.__dataclass_fields__)[1:])
    query = select(*(ROLLUPS.c[name] for name in names)).where(
        ROLLUPS.c.branch_id == branch_id,
        ROLLUPS.c.part == part,
        ROLLUPS.c.business_day.between(first, last),
    )
    if service:
        query = query.where(ROLLUPS.c.name == service)
    return [HalfHour(*row) for row in connection.execute(query).all()]


def days_that_are_over(connection: Connection, plan: Plan, now: datetime) -> list[date]:
    """On record, oldest first, before today and before the day that is open."""
    found: set[date] = set()
    for table in (VISITS, EVENTS):
        query = select(table.c.business_day).where(table.c.branch_id == plan.id)
        found |= set(connection.execute(query.distinct()).scalars())
    open_day = connection.execute(
        select(func.max(EVENTS.c.business_day)).where(EVENTS.c.branch_id == plan.id)
    ).scalar()
    before = min(plan.business_day(now), open_day or date.max)
    return sorted(day for day in found if day < before)


def days_with_record(connection: Connection, branch_id: str, days: Sequence[date]) -> list[date]:
    """Those of these days on which somebody took a number or the branch was awake."""
    found: set[date] = set()
    for table in (VISITS, EVENTS):
        query = select(table.c.business_day).where(
            table.c.branch_id == branch_id, table.c.business_day.in_(days)
        )
        found |= set(connection.execute(query.distinct()).scalars())
    return sorted(found)
