"""Rows written by the driver itself are the rows that SQLAlchemy would have written."""

import random
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.evolve.step import steps_of
from lobby.queueing.refusals.refusal import Refusal
from lobby.store.announced_waits import AnnouncedWaitRow
from lobby.store.bulk_rows import Row, statement_for, write_rows
from lobby.store.catalogue import save_plan
from lobby.store.log import Act, Signature, act_row, event_row
from lobby.store.migrate import migrate
from lobby.store.projection import project
from lobby.store.sqlite import writing_engine
from lobby.store.tables import ACTS, EVENTS, SITTINGS, VISITS
from lobby.store.tables_waits import SERVINGS, TOLD_WAITS
from lobby.store.transaction import Transaction
from tests.app.people import MORNING, hall, plan
from tests.queueing.people import People
from tests.queueing.shift import ALL_SERVICES, CASH, THU, WEI

TABLES = (ACTS, EVENTS, VISITS, SITTINGS, SERVINGS, TOLD_WAITS)
REPLACED = (VISITS, SITTINGS, SERVINGS, TOLD_WAITS)
DAYS = range(3)


class Recorded(Transaction):
    """What a branch would write in one batch: gathered, and read out."""

    def rows(self, table: Table) -> list[Row]:
        gathered: dict[Table, Sequence[Row]] = {
            ACTS: self._acts,
            EVENTS: self._events,
            VISITS: list(self._visits.values()),
            SITTINGS: list(self._sittings.values()),
            SERVINGS: list(self._servings.values()),
        }
        return list(gathered.get(table, ()))


def recorded(connection: Connection, seed: int) -> Recorded:
    """A day of people who do whatever they may."""
    chance, people, now, state = random.Random(seed), People(seed), MORNING, hall()
    transaction = Recorded(connection)
    opening = [OpenCounter("1", THU, ALL_SERVICES), OpenCounter("2", WEI, CASH)]
    for ordinal in range(150):
        command = opening[ordinal] if ordinal < len(opening) else people.act(state)
        now += timedelta(seconds=chance.randrange(90), microseconds=chance.randrange(10**6))
        try:
            events = decide(state, command, now)
        except Refusal:
            continue
        key, first = f"key-{ordinal}", state.version + 1
        for event, _, after in steps_of(state, events):
            state = after
            assert state.day is not None
            signature = Signature("staff", "thu", key)
            row = event_row(state.plan.id, state.version, state.day, event, signature)
            transaction.record_event(row)
            project(transaction, state, event, "thu")
        act = Act("fingerprint", first, state.version)
        transaction.record_act(act_row(state.plan.id, key, act, now))
    return transaction


def announced_rows() -> list[Row]:
    def row(number: str, high_min: int | None, seconds: float) -> Row:
        told = AnnouncedWaitRow(
            branch_id="riverside",
            business_day=date(2026, 3, 2),
            number=number,
            at=MORNING,
            low_min=5,
            high_min=high_min,
            p10_s=seconds,
            p25_s=2 * seconds,
            p50_s=3.5,
            p75_s=4,
            p90_s=5,
            naive_s=6,
            ahead=7,
        )
        return asdict(told)

    return [row("A001", 10, 0.25), row("A002", None, 1)]


def rows_of(connection: Connection, table: Table, seed: int) -> list[Row]:
    rows = announced_rows() if table is TOLD_WAITS else recorded(connection, seed).rows(table)
    connection.rollback()  # what was read began a transaction
    return rows


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    migrate(tmp_path / "lobby.db")
    engine = writing_engine(tmp_path / "lobby.db")
    connection = engine.connect()
    with connection.begin():
        save_plan(connection, plan())
    return connection


def stored(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    """Every value as it lies in the file, with its type."""
    columns = ", ".join(f'"{c.name}", typeof("{c.name}")' for c in table.c)
    return [tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM {table.name}"))]


@pytest.mark.parametrize("seed", DAYS)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_it_writes_what_sqlalchemy_writes(connection: Connection, table: Table, seed: int) -> None:
    rows = rows_of(connection, table, seed)
    assert rows, "the day has some of each"
    for replacing in (False, True):
        with connection.begin() as undone:
            write_rows(connection, table, rows, replacing=replacing)
            ours = stored(connection, table)
            undone.rollback()
        with connection.begin() as undone:
            connection.execute(statement_for(table, "sqlite", replacing), rows)
            assert ours == stored(connection, table)
            undone.rollback()


@pytest.mark.parametrize("table", REPLACED, ids=lambda table: table.name)
def test_it_replaces_what_sqlalchemy_replaces(connection: Connection, table: Table) -> None:
    """Everything but the key, and but for what is written by an act of its own."""
    rows = rows_of(connection, table, seed=0)
    keys = {column.name for column in table.primary_key}
    other = {c.name: "other" for c in table.c if c.name not in keys and str(c.type) == "VARCHAR"}
    other.pop("secret", None)
    changed = [{**row, **other} for row in rows]
    results = []
    for write in (
        lambda: write_rows(connection, table, changed, replacing=True),
        lambda: connection.execute(statement_for(table, "sqlite", True), changed),
    ):
        with connection.begin() as undone:
            write_rows(connection, table, rows)
            before = stored(connection, table)
            write()
            results.append(stored(connection, table))
            undone.rollback()
    assert results[0] == results[1] != before


def test_it_raises_what_sqlalchemy_raises(connection: Connection) -> None:
    (row, *_) = rows_of(connection, ACTS, seed=0)
    with pytest.raises(IntegrityError), connection.begin():
        write_rows(connection, ACTS, [row, row])
    with pytest.raises(StatementError), connection.begin():
        write_rows(connection, ACTS, [{**row, "at": MORNING.replace(tzinfo=None)}])
    connection.execute(text("DROP TABLE acts"))
    connection.commit()
    with pytest.raises(OperationalError), connection.begin():
        write_rows(connection, ACTS, [row])


def test_it_begins_a_transaction_of_its_own(connection: Connection) -> None:
    """Nothing is kept that is not committed, whoever wrote first."""
    write_rows(connection, ACTS, rows_of(connection, ACTS, seed=0))
    assert connection.in_transaction()
    connection.rollback()
    assert stored(connection, ACTS) == []
