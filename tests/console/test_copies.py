import secrets
import sqlite3
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from lobby.store.engine import FileLock
from tests.app.process import Server, prepare
from tests.console.console import Console, one_sentence


def count(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    assert isinstance(found, int)
    return found


@contextmanager
def taking_tickets(server: Server, cookie: str) -> Iterator[list[str]]:
    """Somebody draws numbers all the time; yields the answers so far."""
    taken: list[str] = []
    stop = threading.Event()

    def draw() -> None:
        while not stop.is_set():
            request = urllib.request.Request(
                f"http://127.0.0.1:{server.port}/kiosk/tickets",
                data=b"service=A01&language=en",
                headers={
                    "cookie": cookie,
                    "accept": "application/json",
                    "idempotency-key": secrets.token_hex(8),
                    "content-type": "application/x-www-form-urlencoded",
                    "origin": f"http://127.0.0.1:{server.port}",
                },
            )
            with urllib.request.urlopen(request, timeout=10) as answer:
                taken.append(answer.read().decode())

    drawing = threading.Thread(target=draw)
    drawing.start()
    try:
        yield taken
    finally:
        stop.set()
        drawing.join()


def wait_for(taken: list[str], number: int) -> None:
    for _ in range(2_000):
        if len(taken) >= number:
            return
        time.sleep(0.01)
    raise AssertionError("no tickets come")


def test_it_copies_consistently_while_tickets_are_taken(console: Console, tmp_path: Path) -> None:
    badges = prepare(console.database)
    copies = [tmp_path / f"copy{n}.db" for n in range(3)]
    with Server(console.database) as server, taking_tickets(server, badges.kiosk) as taken:
        wait_for(taken, 20)
        at_least: list[int] = []
        for copy in copies:
            at_least.append(len(taken))
            said = console.do("backup", copy)
            assert said.code == 0
            assert "copied" in said.out and "checked" in said.out
        wait_for(taken, len(taken) + 5)  # and it goes on working
    for copy, least in zip(copies, at_least, strict=True):
        tickets = count(copy, "visits")
        assert tickets >= least, "what was acknowledged before the copy is in it"
        assert count(copy, "events") == tickets + 1  # the day, and each ticket taken
        assert not copy.with_name(copy.name + "-wal").exists(), "a copy is one file"


def test_it_never_overwrites_a_copy(console: Console, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("something dear", encoding="utf-8")
    assert one_sentence(console.founded().do("backup", copy), "exists")
    assert copy.read_text(encoding="utf-8") == "something dear"


def test_it_copies_no_database_that_is_not_there(console: Console, tmp_path: Path) -> None:
    assert one_sentence(console.do("backup", tmp_path / "copy.db"), "no database")
    assert list(tmp_path.glob("copy*")) == []


def test_it_says_that_a_copy_cannot_be_written(console: Console, tmp_path: Path) -> None:
    assert one_sentence(console.founded().do("backup", tmp_path / "no" / "copy.db"), "copied")


def test_it_restores_a_copy_where_there_is_no_database(console: Console, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    console.founded().do("user", "add", "thu", "--role", "teller", "--generate")
    console.do("backup", copy)
    console.database.unlink()
    assert console.do("restore", copy).code == 0
    assert "thu" in console.do("user", "list").out


def test_it_puts_the_old_database_aside(console: Console, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    console.founded().do("backup", copy)
    console.do("user", "add", "thu", "--role", "teller", "--generate")
    said = console.do("restore", copy)
    assert one_sentence(said, "exists", "--yes")
    assert "thu" in console.do("user", "list").out, "nothing has changed"
    said = console.do("restore", copy, "--yes")
    assert said.code == 0
    assert "thu" not in console.do("user", "list").out
    (kept,) = tmp_path.glob("lobby.db.before-*[0-9]")
    assert str(kept) in said.out
    assert count(kept, "staff") == 1


def test_it_restores_nothing_while_a_server_runs(console: Console, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    lock = FileLock(console.founded().database)
    console.do("backup", copy)
    lock.acquire()
    assert one_sentence(console.do("restore", copy, "--yes"), "Another Lobby is running")
    lock.release()


def test_it_restores_no_damaged_copy(console: Console, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    console.founded().do("backup", copy)
    content = bytearray(copy.read_bytes())
    content[5_000:9_000] = secrets.token_bytes(4_000)
    copy.write_bytes(content)
    said = console.do("restore", copy, "--yes")
    assert said.code == 2
    assert console.do("user", "list").code == 0
    assert list(tmp_path.glob("*.before-*")) == []


@pytest.mark.parametrize("content", ["a letter to the bank " * 100, ""])
def test_it_restores_no_other_file(console: Console, tmp_path: Path, content: str) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text(content, encoding="utf-8")
    assert one_sentence(console.founded().do("restore", letter, "--yes"), "letter.db")


def test_it_restores_nothing_that_a_newer_lobby_made(console: Console, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    console.founded().do("backup", copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert one_sentence(console.do("restore", copy, "--yes"), "newer Lobby", "9999")


def test_it_does_not_restore_the_database_onto_itself(console: Console) -> None:
    database = console.founded().database
    assert one_sentence(console.do("restore", database, "--yes"), "the database itself")
    assert database.is_file()
