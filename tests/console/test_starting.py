import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lobby.__main__ import run
from lobby.catalogue.reading import DEMO
from lobby.store.engine import FileLock
from lobby.store.mark import mark_beside
from tests.app.ports import free_port
from tests.console.console import Console, one_sentence

COMMANDS = (
    "serve",
    "demo",
    "replay",
    "simulate",
    "migrate",
    "backup",
    "restore",
    "check",
    "pair",
    "user",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_it_explains_every_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run([command, "--help"])
    assert ended.value.code == 0
    assert f"usage: lobby {command}" in capsys.readouterr().out


def test_it_loads_no_web_server_to_say_what_it_can_do() -> None:
    code = (
        "import sys, lobby.__main__; print({'starlette', 'sqlalchemy', 'rich'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert said.stdout.strip() == "set()"


@pytest.mark.parametrize("command", ["serve", "migrate", "pair --kind kiosk --name K", "user list"])
def test_it_ends_with_one_sentence_where_a_setting_is_wrong(
    command: str, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOBBY_PORT", "eighty")
    assert one_sentence(console.do(*command.split()), "LOBBY_PORT", "eighty")


def test_it_makes_no_new_database_where_one_was_lost(console: Console) -> None:
    """Its mark is still there: a first run would hide that the record is gone."""
    mark_beside(console.database).write_text("{}", encoding="utf-8")
    assert one_sentence(console.do("serve"), "no database", "lobby migrate")
    assert not console.database.exists()


def test_it_does_not_serve_what_another_process_writes_to(console: Console) -> None:
    lock = FileLock(console.founded().database)
    lock.acquire()
    assert one_sentence(console.do("serve"), "Another Lobby is running on lobby.db")
    lock.release()


def test_it_does_not_serve_what_is_no_database(console: Console) -> None:
    console.database.write_text("a letter to the bank " * 100, encoding="utf-8")
    assert one_sentence(console.do("serve"), "lobby.db", "no whole database")


@pytest.mark.parametrize(("version", "words"), [("9999", "newer Lobby"), ("0000", "lobby migrate")])
def test_it_does_not_serve_the_tables_of_another_version(
    console: Console, version: str, words: str
) -> None:
    console.founded()
    with sqlite3.connect(console.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.close()
    assert one_sentence(console.do("serve"), words)


@pytest.mark.parametrize(
    ("command", "setting"), [("serve", "LOBBY_PORT"), ("demo --port {port}", "--port")]
)
def test_it_names_the_setting_where_the_port_is_taken(
    command: str, setting: str, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.founded()
    with socket.create_server(("127.0.0.1", free_port())) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("LOBBY_PORT", str(port))
        said = console.do(*command.format(port=port).split())
    assert one_sentence(said, str(port), setting)


def test_it_makes_the_database_and_loads_a_branch(console: Console) -> None:
    said = console.do("migrate")
    assert said.code == 0
    assert "was made and brought to version" in said.out
    assert "There is no branch in it yet" in said.out
    said = console.founded().do("migrate")
    assert "is up to date" in said.out
    assert "no branch" not in said.out


def test_it_sets_a_branch_up_anew(console: Console) -> None:
    said = console.founded().do("migrate", "--branch", DEMO)
    assert "The branch riverside was set up anew: 25 services, 6 counters, catalogue " in said.out


def test_it_says_what_is_wrong_with_a_branch_file(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    demo = DEMO.read_text(encoding="utf-8")
    file.write_text(demo.replace('id = "riverside"', "id = 1"), encoding="utf-8")
    assert one_sentence(console.do("migrate", "--branch", file), "branch.toml")
    file.write_text("[branch]\nid = 1\n", encoding="utf-8")
    said = console.do("migrate", "--branch", file)
    assert said.code == 2
    assert "branch.toml has 19 mistakes:" in said.err.splitlines()[0]
    assert len(said.err.splitlines()) == 20
    assert not console.database.exists()
