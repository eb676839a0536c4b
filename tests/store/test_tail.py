"""A database whose end is missing, or that is another one, is not served as if all were well."""

import asyncio
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lobby.store.mark import mark_beside, read_mark
from tests.app.app import open_app
from tests.app.process import Badges, Server, prepare
from tests.bench.wire import Connection, post

TAKEN = 12
MARKED_WITHIN_S = 1.5


class House:
    """A real server on a database of its own, and a kiosk before it."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "lobby.db"
        self.badges: Badges = prepare(self.database)
        self.server = Server(self.database)

    def take(self, tickets: int = TAKEN) -> list[int]:
        """The answers to so many customers."""
        return asyncio.run(self._take(tickets))

    async def _take(self, tickets: int) -> list[int]:
        kiosk = await Connection.open(self.server.port)
        fields = {"service": "A01", "language": "en"}
        requests = [
            post("/kiosk/tickets", fields, secrets.token_hex(8), self.badges.kiosk)
            for _ in range(tickets)
        ]
        answers = [(await kiosk.send(request))[0] for request in requests]
        kiosk.close()
        return answers

    def ready(self) -> int:
        return asyncio.run(self._get("/readyz"))

    async def _get(self, path: str) -> int:
        watcher = await Connection.open(self.server.port)
        status, _ = await watcher.send(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        watcher.close()
        return status

    def crashed(self) -> "House":
        """Killed with everybody's tickets in the log, and none in the file yet."""
        self.server.start()
        assert set(self.take()) == {201}
        time.sleep(MARKED_WITHIN_S)
        self.server.kill()
        return self

    def said(self) -> str:
        """What it says instead of starting."""
        self.server.output.unlink(missing_ok=True)
        with pytest.raises(RuntimeError) as failure:
            self.server.start()
        return str(failure.value)

    @property
    def log(self) -> Path:
        return self.database.with_name("lobby.db-wal")

    def edit(self, statement: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute(statement)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def one_sentence(said: str, *words: str) -> bool:
    """Whether it ended with a sentence that has these words, and no traceback."""
    lines = [line for line in said.splitlines() if line.startswith("lobby serve: ")]
    return "Traceback" not in said and len(lines) == 1 and all(word in lines[0] for word in words)


def test_a_crash_is_no_reason_to_stop(house: House) -> None:
    """Killed at any moment after a start, also before the mark knows of the last tickets."""
    for _ in range(6):
        house.server.start()
        assert set(house.take(3)) == {201}
        house.server.kill()
    house.server.start()
    house.server.stop()
    assert epochs(house.database) == ["founded"]


def epochs(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT cause FROM epochs ORDER BY ordinal").fetchall()
    return [cause for (cause,) in rows]


def delete_log(house: House) -> None:
    house.log.unlink()


def empty_log(house: House) -> None:
    house.log.write_bytes(b"")


def put_older_file(house: House) -> None:
    shutil.copy(house.database.with_name("older.db"), house.database)
    house.log.unlink()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (delete_log, ("end of", "is missing", "had come to event 13", "lobby restore")),
        (empty_log, ("end of", "is missing", "had come to event 13", "lobby restore")),
        (put_older_file, ("end of", "an older file was put in its place", "lobby restore")),
    ],
)
def test_it_does_not_start_without_the_end_of_its_record(
    house: House, harm: Callable[[House], None], words: tuple[str, ...]
) -> None:
    shutil.copy(house.database, house.database.with_name("older.db"))
    harm(house.crashed())
    assert one_sentence(house.said(), *words)


def test_a_server_that_asks_no_mark_starts_with_nothing(house: House) -> None:
    delete_log(house.crashed())
    mark_beside(house.database).unlink()
    house.edit("PRAGMA user_version = 0")
    house.server.start()
    assert house.take(1) == [201]
    house.server.stop()
    with closing(sqlite3.connect(house.database)) as connection:
        assert connection.execute("SELECT number FROM visits").fetchall() == [("A001",)]


def test_it_does_not_start_on_a_copy_without_its_log(house: House, tmp_path: Path) -> None:
    house.crashed()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(house.database, elsewhere / "lobby.db")
    house.server = Server(elsewhere / "lobby.db")
    assert one_sentence(house.said(), "was in use when it was copied", "lobby.db-wal")


def test_a_whole_copy_elsewhere_begins_an_epoch_of_its_own(house: House, tmp_path: Path) -> None:
    house.server.start()
    house.take()
    house.server.stop()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for mark in (False, True):
        for name in ("lobby.db", "lobby.db.mark") if mark else ("lobby.db",):
            shutil.copy(house.database.with_name(name), elsewhere / name)
        with Server(elsewhere / "lobby.db"):
            pass
        assert epochs(elsewhere / "lobby.db") == ["founded", "copied"]
        for file in elsewhere.iterdir():
            file.unlink()


def test_it_does_not_start_on_a_damaged_page(house: House) -> None:
    house.crashed()
    house.edit("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(house.database.read_bytes())
    content[4_096:] = secrets.token_bytes(len(content) - 4_096)
    house.database.write_bytes(content)
    assert one_sentence(house.said(), "lobby.db", "lobby restore")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE events SET kind = 'TicketVanished' WHERE version = 3",
            ("riverside", "event 3", "lobby check", "lobby restore"),
        ),
        (
            "UPDATE events SET payload = replace(payload, 'A002', 'A003') WHERE version = 3",
            ("riverside", "event 3", "was changed since it was written", "lobby restore"),
        ),
        ("DELETE FROM events WHERE version = 5", ("riverside", "event 5", "is missing")),
        (
            "UPDATE events SET digest = NULL, kind = 'TicketVanished'",
            ("riverside", "is not the one that was kept", "lobby restore"),
        ),
    ],
)
def test_it_does_not_start_on_a_record_that_was_edited(
    house: House, statement: str, words: tuple[str, ...]
) -> None:
    house.crashed()
    house.edit(statement)
    assert one_sentence(house.said(), *words)


def test_it_does_not_start_on_a_record_that_it_cannot_read(house: House) -> None:
    """As an old one may be, which has neither a mark nor digests."""
    with house.server:
        house.take()
    house.edit("UPDATE events SET digest = NULL, kind = 'TicketVanished'")
    mark_beside(house.database).unlink()
    assert one_sentence(house.said(), "riverside", "event 1", "cannot be read")


def test_it_says_that_its_folder_cannot_be_written_to(house: House) -> None:
    lock = house.database.with_name("lobby.db.lock")
    lock.mkdir()
    assert one_sentence(house.said(), "cannot be written to", "is a directory")


def moved(house: House) -> None:
    house.database.rename(house.database.with_name("moved.db"))


def deleted(house: House) -> None:
    house.database.unlink()


def replaced(house: House) -> None:
    shutil.copy(house.database, house.database.with_name("new.db"))
    house.database.with_name("new.db").rename(house.database)


def log_deleted(house: House) -> None:
    house.log.unlink()


@pytest.mark.parametrize("harm", [moved, deleted, replaced, log_deleted])
def test_it_takes_nothing_any_more_where_its_file_is_gone(
    house: House, harm: Callable[[House], None]
) -> None:
    with house.server:
        assert (set(house.take(2)), house.ready()) == ({201}, 200)
        harm(house)
        assert (set(house.take(2)), house.ready()) == ({503}, 503)
    said = house.server.output.read_text(encoding="utf-8")
    assert "was replaced or deleted while Lobby was running" in said


def test_the_mark_is_never_ahead_of_what_is_kept(house: House) -> None:
    house.server.start()
    for _ in range(4):
        house.take(3)
        mark = read_mark(house.database)
        assert mark is not None
        with closing(sqlite3.connect(house.database)) as connection:
            (version,) = connection.execute("SELECT max(version) FROM events").fetchone()
        assert mark.branches["riverside"].version <= version
    house.server.stop()
    mark = read_mark(house.database)
    assert mark is not None and mark.branches["riverside"].version == 4 * 3 + 1


def test_no_number_above_the_mark_is_ever_given_out(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        for expected in range(1, 203):
            app.take("A01")
            mark = read_mark(tmp_path / "lobby.db")
            assert mark is not None
            bound = mark.branches["riverside"].numbers["2026-03-02"]["A"]
            assert expected <= bound < expected + 100
