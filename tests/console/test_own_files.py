"""What a command leaves on the disk is its user's alone; and a reader who goes is no error."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lobby.catalogue.reading import DEMO
from tests.app.process import Server
from tests.console.console import Console

SHOWS_ALL = 0o022


@pytest.fixture(autouse=True)
def _open_handed() -> object:
    """As a computer is set up where nobody thought of it."""
    before = os.umask(SHOWS_ALL)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {
        file.name: file.stat().st_mode & 0o777 for file in folder.iterdir() if "lobby" in file.name
    }


def test_database_log_and_backup_are_for_their_user_alone(console: Console, tmp_path: Path) -> None:
    console.founded()
    assert console.do("backup", tmp_path / "lobby-backup.db").code == 0
    with Server(console.database):
        found = modes(tmp_path)
    assert {"lobby.db", "lobby.db-wal", "lobby-backup.db"} <= set(found)
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}


def test_what_an_older_lobby_made_for_everybody_is_closed_to_them(console: Console) -> None:
    console.founded().database.chmod(0o644)
    with Server(console.database):
        assert console.database.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_it_makes_is_for_its_user_alone(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOBBY_DATABASE", str(tmp_path / "branch" / "lobby.db"))
    assert console.do("migrate").code == 0
    assert (tmp_path / "branch").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("simulate", "--help"), ("config", "check", str(DEMO))],
    ids=["help", "help of a command", "config check"],
)
def test_it_ends_quietly_where_nobody_reads_on(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "lobby", *arguments],
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": ""},
        text=True,
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, "")
