"""Readiness believes what acts meet, says why in words, and comes back by itself."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import text

from lobby.store import health_probe
from lobby.store.devices import DeviceKind
from lobby.store.engine import FileLock
from tests.app.app import LocalApp

INTRUDER = (
    "INSERT INTO events (branch_id, version, at, business_day, kind, payload_version, payload, "
    "actor_kind, actor_id, key) "
    "VALUES ('riverside', ?, 0, '2026-03-02', 'DayOpened', 1, '', 'system', '', '')"
)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question looks anew, and a write that waits half a second takes too long."""
    monkeypatch.setattr("lobby.readiness.FRESH_S", 0.0)
    monkeypatch.setattr("lobby.readiness.PATIENCE_S", 0.5)
    monkeypatch.setattr("lobby.store.writer.WITHIN_S", 1.0)


def ask(door: LocalApp) -> Response:
    return door.stranger().get("/readyz")


def take(door: LocalApp) -> int:
    return door.paired(DeviceKind.KIOSK).post_json("/kiosk/tickets", service="A01").status_code


def file_of(door: LocalApp) -> Path:
    database = door.services.settings.database
    assert isinstance(database, Path)
    return database


def leave_room_for(door: LocalApp, more: int) -> None:
    """The file may grow by so many pages, as on a disk that is nearly full."""

    def limit(connection: Any) -> None:
        now = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {now + more}"))

    door.run(door.services.store.write, limit)


def room_again(door: LocalApp) -> None:
    """A setting, so that it needs no room to be written."""
    door.services.store._access.connect().exec_driver_sql("PRAGMA max_page_count = 1000000")


@contextmanager
def disk_full(door: LocalApp) -> Iterator[None]:
    kiosk = door.paired(DeviceKind.KIOSK)
    leave_room_for(door, 2)
    for _ in range(200):
        if kiosk.post_json("/kiosk/tickets", service="A01").status_code == 503:
            break
    try:
        yield
    finally:
        room_again(door)


@contextmanager
def held_by_another(door: LocalApp) -> Iterator[None]:
    with closing(sqlite3.connect(file_of(door), isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield
        holder.execute("ROLLBACK")


@contextmanager
def second_server(door: LocalApp) -> Iterator[None]:
    """Somebody took the lock file away, so that a second one found nothing to stop it."""
    second = FileLock(file_of(door).with_name("second.db"))
    second.acquire()
    file_of(door).with_name("second.db.lock").rename(file_of(door).with_name("lobby.db.lock"))
    yield
    second.release()


@contextmanager
def written_by_another(door: LocalApp) -> Iterator[None]:
    with closing(sqlite3.connect(file_of(door))) as other:
        other.execute(INTRUDER, (door.hall.version + 1,))
        other.commit()
        yield
        other.execute("DELETE FROM events WHERE payload = ''")
        other.commit()


FAULTS: dict[str, tuple[Callable[[LocalApp], Any], str]] = {
    "disk full": (disk_full, "the disk of the server is full"),
    "held by another": (held_by_another, "another program holds the database"),
    "second server": (second_server, "a second lobby may be writing"),
    "written by another": (written_by_another, "somebody else has written to the record"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_not_ready_while_no_act_can_be_done_and_comes_back_by_itself(
    door: LocalApp, fault: str
) -> None:
    befall, words = FAULTS[fault]
    door.take()
    assert ask(door).status_code == 200
    with befall(door):
        answer = ask(door)
        assert answer.status_code == 503
        assert words in answer.text.lower()
        assert door.stranger().get("/healthz").status_code == 200
    assert ask(door).status_code == 200
    assert take(door) == 201


def test_it_would_notice_a_probe_that_writes_less_than_a_ticket(
    door: LocalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health_probe, "PROBE_BYTES", 1)
    with pytest.raises(AssertionError):
        test_it_is_not_ready_while_no_act_can_be_done_and_comes_back_by_itself(door, "disk full")


def test_it_would_notice_a_probe_that_does_not_look_at_the_log(
    door: LocalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health_probe, "last_version", lambda *_a: door.hall.version)
    with pytest.raises(AssertionError):
        test_it_is_not_ready_while_no_act_can_be_done_and_comes_back_by_itself(
            door, "written by another"
        )


def test_the_lock_is_made_anew_where_its_file_was_taken_away(door: LocalApp) -> None:
    file_of(door).with_name("lobby.db.lock").unlink()
    assert ask(door).status_code == 200
    with pytest.raises(Exception, match="Another Lobby is running"):
        FileLock(file_of(door)).acquire()


def test_it_writes_at_most_once_a_second_however_often_it_is_asked(
    door: LocalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lobby.readiness.FRESH_S", 1_000.0)
    for branch_id in door.services.branches:
        door.settled(branch_id)
    before = door.services.store.writer.figures.commits
    assert {ask(door).status_code for _ in range(50)} == {200}
    assert door.services.store.writer.figures.commits <= before + 1


def test_it_writes_nothing_where_acts_have_just_succeeded(
    door: LocalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for branch_id in door.services.branches:
        door.settled(branch_id)
    assert ask(door).status_code == 200
    door.take()
    for branch_id in door.services.branches:
        door.settled(branch_id)
    monkeypatch.setattr("lobby.readiness.FRESH_S", 1_000.0)
    door.services.readiness._looked_at_s = float("-inf")
    written: list[object] = []
    monkeypatch.setattr("lobby.readiness.probe_write", lambda *facts: written.append(facts))
    assert ask(door).status_code == 200
    assert written == []
    monkeypatch.setattr("lobby.readiness.FRESH_S", 0.0)
    door.services.readiness._looked_at_s = float("-inf")
    assert ask(door).status_code == 200
    assert len(written) == 1, "where nothing has been written lately, it tries"


def test_it_tells_programs_how_each_part_is(door: LocalApp) -> None:
    asked = {"Accept": "application/json"}
    answer = door.stranger().get("/readyz", headers=asked).json()
    assert answer["ready"] and answer["reason"] is None
    names = {part["name"] for part in answer["parts"]}
    assert {"writer", "days", "deadlines", "readiness", "forecast", "advice"} <= names
    assert all(part == {"name": part["name"], "works": True} for part in answer["parts"])


def test_it_tells_its_own_machine_what_went_wrong(door: LocalApp) -> None:
    [days] = [part for part in door.services.supervisor.parts if part.kind == "days"]
    door.client._transport.client = ("127.0.0.1", 1)  # type: ignore[attr-defined]

    async def fail() -> None:
        days.failed(ValueError("no such day"))

    door.run(fail)
    answer = door.stranger().get("/readyz", headers={"Accept": "application/json"})
    [told] = [part for part in answer.json()["parts"] if part["name"] == "days"]
    assert answer.status_code == 200
    assert told["works"] is False
    assert told["last_failure"] == "ValueError('no such day')"
    assert "Failing: days" in door.stranger().get("/readyz").text
