"""A full disk, a locked file, a second process: the writer waits or says no, and goes on later."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from lobby.store.engine import StoreInUseError
from lobby.store.store import Store
from lobby.store.tables import VISITS
from lobby.store.writer import StoreUnavailableError
from tests.store.office import Office, in_office, number_of


async def take_until_refused(office: Office) -> StoreUnavailableError:
    for _ in range(5_000):
        try:
            await office.take()
        except StoreUnavailableError as error:
            return error
    raise AssertionError("there was room for all")


async def check_refusal_without_room(office: Office) -> None:
    """What was promised is there, reading goes on, and a refused act has left nothing."""
    error = await take_until_refused(office)
    assert "database or disk is full" in str(error)
    before = office.riverside.hall
    with pytest.raises(StoreUnavailableError):
        await office.take("later")
    assert office.riverside.hall is before
    numbers = [row["number"] for row in office.rows(VISITS)]
    assert numbers == [f"A{ordinal:03d}" for ordinal in range(1, len(office.changes) + 1)]
    assert office.refolded() == office.riverside.hall


async def check_taking_again(office: Office) -> None:
    taken = len(office.changes)
    again = await office.take("later")
    assert (again.repeated, number_of(again)) == (False, f"A{taken + 1:03d}")
    assert office.refolded() == office.riverside.hall
    health = office.store.read_now(lambda c: c.execute(text("PRAGMA integrity_check")).scalar())
    assert health == "ok"


def test_it_refuses_while_the_database_may_not_grow_and_then_goes_on(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        def limit(connection: Connection, more: int) -> None:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count = {pages + more}"))

        await office.store.write(lambda connection: limit(connection, 4))
        await check_refusal_without_room(office)
        await office.store.write(lambda connection: limit(connection, 1_000))
        await check_taking_again(office)

    in_office(tmp_path / "lobby.db", scenario)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk, and not in every container")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_it_refuses_while_the_disk_is_full_and_then_goes_on(small_disk: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.take()
        ballast = small_disk / "ballast"
        with pytest.raises(OSError, match="No space"):
            ballast.write_bytes(bytes(2**20))
        await check_refusal_without_room(office)
        ballast.unlink()
        await check_taking_again(office)

    in_office(small_disk / "lobby.db", scenario)


def test_it_waits_for_somebody_who_holds_the_file_for_two_seconds(tmp_path: Path) -> None:
    hold = (
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN IMMEDIATE');"
        "print('held', flush=True); time.sleep(2); c.rollback(); c.close()"
    )

    async def scenario(office: Office) -> None:
        await office.take()
        with subprocess.Popen(
            [sys.executable, "-c", hold, str(office.store.database)], stdout=subprocess.PIPE
        ) as holder:
            assert holder.stdout is not None
            holder.stdout.readline()
            outcome = await asyncio.wait_for(office.take(), timeout=9)
            assert number_of(outcome) == "A002"
            assert office.refolded() == office.riverside.hall

    in_office(tmp_path / "lobby.db", scenario)


OPEN_TOO = """
import asyncio, sys
from pathlib import Path
from lobby.store.engine import StoreInUseError
from lobby.store.store import Store

async def main():
    try:
        Store(Path(sys.argv[1])).open()
    except StoreInUseError as error:
        print(error)

asyncio.run(main())
"""


def test_it_refuses_a_second_process_with_a_sentence(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        command = [sys.executable, "-c", OPEN_TOO, str(office.store.database)]
        second = await asyncio.to_thread(
            subprocess.run, command, capture_output=True, text=True, check=True
        )
        assert second.stdout == (
            "Another Lobby is running on lobby.db: stop it first, or name another database.\n"
        )
        with pytest.raises(StoreInUseError):
            Store(office.store.database).open()
        assert number_of(await office.take()) == "A001"

    in_office(tmp_path / "lobby.db", scenario)
    in_office(tmp_path / "lobby.db", lambda office: office.take())
