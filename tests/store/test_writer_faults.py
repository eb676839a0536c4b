"""Whatever goes wrong in the writer's thread: an answer to everybody, and never silence."""

import asyncio
import ctypes
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from lobby.branch import Branch, Outcome
from lobby.settings import Database, PostgresUrl
from lobby.store import postgres as dialect
from lobby.store import transaction
from lobby.store.bulk_rows import write_rows
from lobby.store.engine import writing_engine
from lobby.store.errors import OutcomeUnknownError, StoreUnavailableError, Trouble
from lobby.store.tables import EVENTS, VISITS
from lobby.store.writer import Writer
from tests.store.office import Office, check_log, in_office, number_of, until

Hold = Callable[[], sqlite3.Connection]


def fail_on_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of our own as the rows of a batch are written, for one service only."""

    def failing(connection: Any, table: Any, rows: Any, **options: Any) -> None:
        if table is VISITS and any(row["service"] == "F01" for row in rows):
            raise TypeError("no such shape")
        write_rows(connection, table, rows, **options)

    monkeypatch.setattr(transaction, "write_rows", failing)


async def check_only_the_guilty_fails(office: Office) -> None:
    services = ("A01", "F01", "A02")
    acts = (office.take(service=service) for service in services)
    outcomes = await asyncio.wait_for(office.together(*acts), 5)
    assert [isinstance(each, Outcome) for each in outcomes] == [True, False, True]
    assert isinstance(outcomes[1], StoreUnavailableError)
    assert outcomes[1].trouble is Trouble.FAULT
    assert number_of(await office.take()) == "A003"
    check_log(office, ["A001", "A002", "A003"])


def test_a_fault_of_our_own_costs_only_the_act_that_has_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on_exchange(monkeypatch)
    in_office(database, check_only_the_guilty_fails)


def test_it_would_notice_a_fault_that_silences_the_writer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on_exchange(monkeypatch)
    monkeypatch.setattr(Writer, "_after_fault", lambda *_arguments: None)
    with pytest.raises(TimeoutError):
        in_office(database, check_only_the_guilty_fails)


def test_an_act_that_fails_half_recorded_leaves_nothing_behind(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_visit = transaction.Transaction.record_visit

    def failing(self: Any, row: Any) -> None:
        if row["service"] == "F01":
            raise TypeError("no such shape")
        record_visit(self, row)

    monkeypatch.setattr(transaction.Transaction, "record_visit", failing)
    in_office(database, check_only_the_guilty_fails)


def ends_the_process(office: Office) -> asyncio.Event:
    """Set instead."""
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    office.store.writer._on_fatal = lambda: loop.call_soon_threadsafe(ended.set)  # type: ignore[assignment]
    return ended


def test_a_fault_after_the_commit_ends_the_process(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in memory is no longer what is kept, so nothing more may be decided on it."""

    async def scenario(office: Office) -> None:
        ended = ends_the_process(office)
        monkeypatch.setattr(Branch, "_forget_acts_of_yesterday", lambda *_arguments: 1 // 0)
        asked = asyncio.ensure_future(office.take())
        await asyncio.wait_for(ended.wait(), 5)
        asked.cancel()

    in_office(database, scenario)


def test_a_writer_that_is_killed_ends_the_process(database: Database) -> None:
    async def scenario(office: Office) -> None:
        ended = ends_the_process(office)
        thread = office.store.writer._thread.ident
        assert thread is not None
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread), ctypes.py_object(RuntimeError)
        )
        asked = asyncio.ensure_future(office.take())
        await asyncio.wait_for(ended.wait(), 5)
        asked.cancel()
        await asyncio.to_thread(office.store.writer._thread.join, 5)
        assert not office.store.writer.is_alive

    in_office(database, scenario)


class Hanging:
    """A writer that hangs in the middle of a write until it is let go."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._free = threading.Event()
        self._hangs = threading.Event()

    async def __aenter__(self) -> "asyncio.Future[Any]":
        self._late = asyncio.create_task(self._office.store.answer_late_for_ever())

        def hang(_connection: Connection) -> None:
            self._hangs.set()
            assert self._free.wait(30)

        hanging = asyncio.ensure_future(self._office.store.write(hang))
        await asyncio.to_thread(self._hangs.wait)
        return hanging

    async def __aexit__(self, *_error: object) -> None:
        self._free.set()
        self._late.cancel()


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lobby.store.writer.WITHIN_S", 0.3)
    monkeypatch.setattr("lobby.store.unanswered.UNSURE_AFTER_S", 0.2)


async def check_nothing_is_done_behind_anybodys_back(office: Office) -> None:
    async with Hanging(office) as hanging:
        waiting = [asyncio.ensure_future(office.take(f"key-{n}")) for n in range(8)]
        everybody: list[asyncio.Future[Any]] = [hanging, *waiting]
        await asyncio.wait(everybody, timeout=10)
        assert isinstance(hanging.exception(), OutcomeUnknownError)
        errors = [each.exception() for each in waiting]
        assert [type(error) for error in errors] == 8 * [StoreUnavailableError]
    assert number_of(await office.take()) == "A001"
    assert len(office.rows(VISITS)) == 1


def test_who_waits_for_a_writer_that_hangs_is_told_and_nothing_is_done_later(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    in_office(database, check_nothing_is_done_behind_anybodys_back)


def test_it_would_notice_an_act_that_is_done_after_it_was_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    monkeypatch.setattr(Writer, "_in_time", lambda _self, batch: batch)
    with pytest.raises(AssertionError):
        in_office(database, check_nothing_is_done_behind_anybodys_back)


async def check_all_are_told_at_once(office: Office, held: Hold) -> None:
    """Eight kiosks before a file that another program holds for longer than anybody waits."""
    holder = held()
    waiting = [asyncio.ensure_future(office.take(f"key-{n}")) for n in range(8)]
    _done, late = await asyncio.wait(waiting, timeout=2)
    assert not late
    errors = [each.exception() for each in waiting]
    assert {getattr(error, "trouble", None) for error in errors} == {Trouble.LOCKED}
    holder.rollback()
    holder.close()
    assert office.rows(EVENTS) == []
    assert number_of(await office.take("key-7")) == "A001"


@pytest.fixture
def held(tmp_path: Path) -> Hold:
    def hold() -> sqlite3.Connection:
        connection = sqlite3.connect(tmp_path / "lobby.db", isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        return connection

    return hold


def test_all_who_wait_for_a_foreign_lock_have_one_deadline(
    tmp_path: Path, held: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    in_office(tmp_path / "lobby.db", lambda office: check_all_are_told_at_once(office, held))


def test_it_would_notice_who_waits_one_after_the_other(
    tmp_path: Path, held: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    monkeypatch.setattr("lobby.store.sqlite.BUSY_STEP_MS", 500)
    monkeypatch.setattr("lobby.store.writer.is_locked", lambda _error: False)
    with pytest.raises(AssertionError):
        in_office(tmp_path / "lobby.db", lambda office: check_all_are_told_at_once(office, held))


def test_who_waits_for_a_foreign_lock_is_served_as_soon_as_it_is_gone(
    tmp_path: Path, held: Hold
) -> None:
    async def scenario(office: Office) -> None:
        holder = held()
        first = [asyncio.ensure_future(office.take()) for _ in range(3)]
        await until(lambda: office.store.writer.health.trouble is Trouble.LOCKED)
        later = [asyncio.ensure_future(office.take()) for _ in range(3)]
        holder.rollback()
        holder.close()
        outcomes = await asyncio.wait_for(asyncio.gather(*first, *later), 10)
        numbers = [number_of(outcome) for outcome in outcomes]
        assert numbers == [f"A{number:03d}" for number in range(1, 7)]
        check_log(office, numbers)

    in_office(tmp_path / "lobby.db", scenario)


class Holder:
    """Another program that keeps transactions from beginning: it holds the file, or the branch."""

    def __init__(self, database: Database) -> None:
        self._engine = writing_engine(database)
        self._connection = self._engine.connect()
        self._connection.begin()
        if self._engine.name == "postgresql":
            key = dialect._key_of("riverside")
            self._connection.execute(text(f"SELECT pg_advisory_xact_lock({key})"))

    def let_go(self) -> None:
        self._connection.rollback()
        self._connection.close()
        self._engine.dispose()


def unchanged(connection: Connection) -> None:
    connection.execute(text("UPDATE branches SET target_min = target_min"))


async def check_what_is_promised_after_a_lock_is_kept(office: Office) -> None:
    await office.take()
    holder = Holder(office.store.database)
    _, refused = await asyncio.gather(
        office.store.write(unchanged), office.take(), return_exceptions=True
    )
    assert isinstance(refused, StoreUnavailableError)
    holder.let_go()
    numbers = [number_of(await office.take()) for _ in range(2)]
    await office.store.write(unchanged)
    check_log(office, ["A001", *numbers])


def test_what_is_promised_after_a_transaction_could_not_begin_is_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    monkeypatch.setitem(dialect.WRITING, "lock_timeout", "200ms")
    in_office(database, check_what_is_promised_after_a_lock_is_kept)


def test_it_would_notice_a_connection_that_is_used_on(
    url: PostgresUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    monkeypatch.setitem(dialect.WRITING, "lock_timeout", "200ms")
    monkeypatch.setattr(Connection, "invalidate", lambda *_arguments: None)
    with pytest.raises((AssertionError, StoreUnavailableError)):
        in_office(url, check_what_is_promised_after_a_lock_is_kept)
