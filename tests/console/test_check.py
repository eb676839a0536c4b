"""What was edited in the record is found, whatever was edited; what was not is let be."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lobby.queueing.commands.command import OpenDay
from lobby.queueing.commands.counter import CallNext, Finish, OpenCounter, StartServing
from lobby.settings import Database
from lobby.store.check import check
from lobby.store.mark import mark_beside
from tests.app.app import open_app, people
from tests.console.console import Console
from tests.store.office import Office, in_office


def a_day(folder: Path) -> None:
    """A day of Riverside and the beginning of the next: taken, called, served."""
    with open_app(folder, people) as app:
        app.perform(OpenCounter("1", "thu", ("A01",)))
        for _ in range(3):
            app.take("A01")
        for number in ("A001", "A002"):
            app.perform(CallNext("1"))
            app.perform(StartServing("1", number))
            app.perform(Finish("1", number))
        app.perform(CallNext("1"))
        app.clock.advance(24 * 3600)
        app.perform(OpenDay())
        app.take("A01")


@pytest.fixture
def worked(console: Console) -> Console:
    a_day(console.database.parent)
    return console


def found(console: Console) -> list[str]:
    said = console.do("check", "--json")
    report: dict[str, Any] = json.loads(said.out)
    assert said.code == (1 if report["findings"] else 0)
    return [finding["what"] for finding in report["findings"]]


def edit(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        assert connection.execute(statement).rowcount > 0


def test_it_finds_nothing_where_nothing_is_wrong(worked: Console) -> None:
    said = worked.do("check")
    assert said.code == 0
    assert "riverside: 16 events of 2 days, 4 visits." in said.out
    assert "is as it was written" in said.out


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM events WHERE version = 7", "Event 7 is missing"),
        ("DELETE FROM events WHERE version > 15", "but had come to event 16"),
        (
            "UPDATE events SET payload = replace(payload, '01:00:00', '01:00:01') "
            "WHERE kind = 'TicketTaken' AND version = 4",
            "Event 4 of 2026-03-02 was changed",
        ),
        ("UPDATE events SET actor_id = 'nobody' WHERE version = 5", "Event 5 of 2026-03-02 was"),
        ("UPDATE events SET kind = 'TicketVanished' WHERE version = 5", "event 5 cannot be read"),
        (
            "UPDATE events SET payload = replace(payload, 'A002', 'A001') WHERE kind = "
            "'TicketTaken'",
            "was changed",
        ),
        ("UPDATE visits SET state = 'cancelled' WHERE number = 'A002'", "visit A002 of"),
        ("UPDATE visits SET served_s = 7 WHERE number = 'A002'", "make of it: served_s"),
        ("DELETE FROM visits WHERE number = 'A003'", "visit A003 of 2026-03-02 is missing"),
        ("UPDATE visits SET number = 'A009' WHERE number = 'A003'", "visit A009 of 2026-03-02"),
        ("UPDATE servings SET paused_s = 60", "make of it: paused_s"),
        ("DELETE FROM servings WHERE number = 'A002'", "serving A002 1"),
        ("UPDATE sittings SET teller = 'wei'", "make of it: teller"),
        ("UPDATE acts SET last_version = last_version + 1 WHERE last_version = 5", "under another"),
    ],
)
def test_it_finds_what_was_edited(worked: Console, statement: str, words: str) -> None:
    edit(worked.database, statement)
    sentences = found(worked)
    assert any(words in sentence for sentence in sentences), sentences


def test_it_finds_a_number_that_was_given_out_twice(worked: Console) -> None:
    """Also where whoever edited it made the digests anew."""
    edit(worked.database, "UPDATE events SET digest = NULL")
    mark_beside(worked.database).unlink()
    assert found(worked) == []
    edit(
        worked.database,
        "UPDATE events SET payload = replace(payload, 'A003', 'A002') WHERE kind = 'TicketTaken'",
    )
    assert any("twice" in sentence or "does not follow" in sentence for sentence in found(worked))


def test_it_says_what_to_do(worked: Console) -> None:
    edit(worked.database, "UPDATE visits SET state = 'cancelled' WHERE number = 'A002'")
    said = worked.do("check")
    assert said.code == 1
    assert "riverside: The visit A002 of 2026-03-02 is not what its events make of it" in said.out
    assert "lobby restore" in said.out


def test_it_works_beside_a_running_server(console: Console) -> None:
    with open_app(console.database.parent, people) as app:
        for _ in range(5):
            app.take("A01")
            assert found(console) == []


@pytest.mark.parametrize("_round", [0])
def test_it_checks_whichever_database(database: Database, _round: int) -> None:
    async def scenario(office: Office) -> None:
        for _ in range(3):
            await office.take()
        report = check(database)
        assert report.findings == ()
        assert sum(branch.events for branch in report.branches) == 4

    in_office(database, scenario)
