import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lobby.__main__ import run
from lobby.catalogue.reading import DEMO
from lobby.store.engine import FileLock
from tests.console.house import House, one_sentence
from tests.serving import free_port

COMMANDS = ("serve", "demo", "replay", "simulate", "migrate", "backup", "restore", "pair", "user")


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
    command: str, services: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOBBY_PORT", "eighty")
    assert one_sentence(services.do(*command.split()), "LOBBY_PORT", "eighty")


def test_it_serves_no_database_that_is_not_there(services: House) -> None:
    assert one_sentence(services.do("serve"), "no database", "lobby migrate")
    assert not services.database.exists()


def test_it_serves_nothing_without_a_branch(services: House) -> None:
    services.do("migrate")
    assert one_sentence(services.do("serve"), "no branch yet", "--branch FILE")


def test_it_does_not_serve_what_another_process_writes_to(services: House) -> None:
    lock = FileLock(services.founded().database)
    lock.acquire()
    assert one_sentence(services.do("serve"), "Another Lobby is running on lobby.db")
    lock.release()


def test_it_does_not_serve_what_is_no_database(services: House) -> None:
    services.database.write_text("a letter to the bank " * 100, encoding="utf-8")
    assert one_sentence(services.do("serve"), "lobby.db", "no whole database")


@pytest.mark.parametrize(("version", "words"), [("9999", "newer Lobby"), ("0000", "lobby migrate")])
def test_it_does_not_serve_the_tables_of_another_version(
    services: House, version: str, words: str
) -> None:
    services.founded()
    with sqlite3.connect(services.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.close()
    assert one_sentence(services.do("serve"), words)


@pytest.mark.parametrize(
    ("command", "setting"), [("serve", "LOBBY_PORT"), ("demo --port {port}", "--port")]
)
def test_it_names_the_setting_where_the_port_is_taken(
    command: str, setting: str, services: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.founded()
    with socket.create_server(("127.0.0.1", free_port())) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("LOBBY_PORT", str(port))
        said = services.do(*command.format(port=port).split())
    assert one_sentence(said, str(port), setting)


def test_it_makes_the_database_and_loads_a_branch(services: House) -> None:
    said = services.do("migrate")
    assert said.code == 0
    assert "was made and brought to version" in said.out
    assert "There is no branch in it yet" in said.out
    said = services.founded().do("migrate")
    assert "is up to date" in said.out
    assert "no branch" not in said.out


def test_it_sets_a_branch_up_anew(services: House) -> None:
    said = services.founded().do("migrate", "--branch", DEMO)
    assert "The branch riverside was set up anew: 25 services, 6 counters, catalogue " in said.out


def test_it_says_what_is_wrong_with_a_branch_file(services: House, tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    file.write_text("[branch]\nid = 1\n", encoding="utf-8")
    assert one_sentence(services.do("migrate", "--branch", file), "branch.toml")
    assert not services.database.exists()
