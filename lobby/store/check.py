"""Holds a record against itself: the log, what was made of it, the keys and the mark.

Works beside a running server: all of it is read as of one moment, and nothing is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import structs
from sqlalchemy import Connection, Table, select

from lobby.queueing.events.event import Event
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.counter import Counter as CounterInHall
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.settings import Database
from lobby.store.bulk_rows import Row
from lobby.store.catalogue import load_plans
from lobby.store.chain import CHAINED, digest_at, first_break
from lobby.store.check_rules import differences, disagreements, gaps, named, numbers_of
from lobby.store.engine import reading_engine
from lobby.store.errors import RecordBrokenError
from lobby.store.log import read_event, scoped_key
from lobby.store.mark import BranchMark, read_mark
from lobby.store.projection import project
from lobby.store.tables import ACTS, EVENTS, SITTINGS, VISITS
from lobby.store.tables_waits import SERVINGS

READ_AT_ONCE = 2_000
"""Rows on their way from the database; a day is held in memory, the whole log never."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence: what is not as it was written, or does not fit the rest."""

    branch_id: str
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read of one branch."""

    branch_id: str
    epoch: str
    events: int
    days: int
    visits: int


@dataclass(frozen=True, slots=True)
class Report:
    branches: tuple[Checked, ...]
    findings: tuple[Finding, ...]


def check(database: Database) -> Report:
    """Raises what `lobby.store.errors.DATABASE_ERRORS` names where it cannot be read at all."""
    mark = read_mark(database) if isinstance(database, Path) else None
    engine = reading_engine(database)
    branches: list[Checked] = []
    findings: list[Finding] = []
    try:
        with engine.connect() as connection:
            _hold_still(connection)
            findings += _pages(connection)
            for plan in load_plans(connection):
                branch = _Branch(connection, plan, mark.branches.get(plan.id) if mark else None)
                findings += branch.findings()
                branches.append(branch.checked)
    finally:
        engine.dispose()
    return Report(tuple(branches), tuple(findings))


def _hold_still(connection: Connection) -> None:
    """PostgreSQL reads one moment anyhow."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")


def _pages(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if found != "ok":
            yield Finding("", f"The file is damaged: {found}.")


class _Recorded:
    """Stands in for a transaction, and keeps what would be written: the last row of each key."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.rows: dict[Table, dict[tuple[Any, ...], Row]] = {
            table: {} for table in (VISITS, SITTINGS, SERVINGS)
        }

    def record_visit(self, row: Row) -> None:
        self._keep(VISITS, row)

    def record_sitting(self, row: Row) -> None:
        self._keep(SITTINGS, row)

    def record_serving(self, row: Row) -> None:
        self._keep(SERVINGS, row)

    def record_statement(self, _statement: object) -> None:
        """Written by hand now and then, and not held against the log."""

    def _keep(self, table: Table, row: Row) -> None:
        self.rows[table][tuple(row[column.name] for column in table.primary_key)] = row


NAMES = {VISITS: "visit", SITTINGS: "sitting", SERVINGS: "serving"}


class _Branch:
    """One branch's record, read once from its first event to its last."""

    def __init__(self, connection: Connection, plan: Plan, marked: BranchMark | None) -> None:
        self._connection = connection
        self._plan = plan
        self._marked = marked
        self._events = self._days = self._visits = self._version = 0
        self._keys: dict[int, str] = {}
        self._first_acts = self._oldest_act()

    @property
    def checked(self) -> Checked:
        return Checked(self._plan.id, self._plan.epoch, self._events, self._days, self._visits)

    def findings(self) -> Iterator[Finding]:
        for sentence in (*self._log(), *self._acts(), *self._mark()):
            yield Finding(self._plan.id, sentence)

    def _log(self) -> Iterator[str]:
        query = (
            select(*(EVENTS.c[name] for name in CHAINED), EVENTS.c.business_day)
            .where(EVENTS.c.branch_id == self._plan.id)
            .order_by(EVENTS.c.version)
            .execution_options(yield_per=READ_AT_ONCE)
        )
        digest = ""
        for day, rows in groupby(self._connection.execute(query), attrgetter("business_day")):
            found = list(rows)
            yield from self._day(day, found, digest)
            digest = found[-1].digest or ""
            self._version = found[-1].version
            self._events, self._days = self._events + len(found), self._days + 1

    def _day(self, day: date, rows: Sequence[Any], digest: str) -> Iterator[str]:
        yield from gaps(self._version, [row.version for row in rows])
        changed = first_break(digest, (row._mapping for row in rows))
        if changed is not None:
            yield f"Event {changed} of {day} was changed, or one before it was."
        self._note_keys(rows)
        try:
            events = [read_event(self._plan.id, row) for row in rows]
            recorded, hall = self._replayed(rows, events)
        except RecordBrokenError as error:
            yield str(error)
            return
        yield from numbers_of(day, events)
        yield from disagreements(hall)
        if rows[0].digest is not None:  # an older program may have made other rows of its events
            for table in NAMES:
                yield from self._rows(table, day, recorded.rows[table])

    def _replayed(self, rows: Sequence[Any], events: Sequence[Event]) -> tuple[_Recorded, Hall]:
        recorded = _Recorded(self._connection)
        hall = _empty(self._plan, rows[0].version - 1, events)
        for row, event in zip(rows, events, strict=True):
            try:
                hall = evolve(hall, event)
                project(recorded, hall, event, row.actor_id)  # type: ignore[arg-type]
            except Exception as error:
                what = f"does not follow from what came before ({error!r})"
                raise RecordBrokenError(self._plan.id, row.version, what) from error
        return recorded, hall

    def _rows(
        self, table: Table, day: date, expected: Mapping[tuple[Any, ...], Row]
    ) -> Iterator[str]:
        mine = (table.c.branch_id == self._plan.id) & (table.c.business_day == day)
        found = {
            tuple(row[column.name] for column in table.primary_key): dict(row)
            for row in self._connection.execute(select(table).where(mine)).mappings()
        }
        if table is VISITS:
            self._visits += len(found)
        of_day = {key: row for key, row in expected.items() if row["business_day"] == day}
        for key in sorted(found.keys() | of_day.keys(), key=str):
            what = f"The {NAMES[table]} {named(key)} of {day}"
            if key not in found:
                yield f"{what} is missing."
            elif key not in expected:
                yield f"{what} stands in no event."
            elif columns := differences(table, found[key], expected[key]):
                yield f"{what} is not what its events make of it: {', '.join(columns)}."

    def _oldest_act(self) -> int:
        query = select(ACTS.c.first_version).where(ACTS.c.branch_id == self._plan.id)
        return min(self._connection.execute(query).scalars(), default=0)

    def _note_keys(self, rows: Sequence[Any]) -> None:
        for row in rows:
            if self._first_acts and row.version >= self._first_acts:
                key = scoped_key(row.actor_kind, row.actor_id, row.key)
                self._keys[row.version] = key

    def _acts(self) -> Iterator[str]:
        query = select(ACTS.c.key, ACTS.c.first_version, ACTS.c.last_version).where(
            ACTS.c.branch_id == self._plan.id
        )
        for act in self._connection.execute(query).all():
            versions = range(act.first_version, act.last_version + 1)
            if any(self._keys.get(version) != act.key for version in versions):
                yield (
                    f"A key stands for events {act.first_version} to {act.last_version}, which "
                    "were written under another one."
                )

    def _mark(self) -> Iterator[str]:
        """A mark of another epoch is written anew at the next start."""
        marked = self._marked
        if marked is None or marked.epoch != self._plan.epoch:
            return
        if marked.version > self._version:
            yield f"The log ends at event {self._version}, but had come to event {marked.version}."
        elif digest_at(self._connection, self._plan.id, marked.version) != marked.digest:
            yield f"Event {marked.version} is not the one that was kept."


def _empty(plan: Plan, version: int, events: Sequence[Event]) -> Hall:
    """With the counters of that day, also those that have left the plan since."""
    hall = Hall.empty(plan, version)
    known = {counter for event in events if (counter := getattr(event, "counter", None))}
    others = {key: CounterInHall(key) for key in known if key not in hall.counters}
    plan = replace(plan)
    return structs.replace(hall, plan=plan, counters={**hall.counters, **others})
