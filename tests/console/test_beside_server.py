"""Commands beside a running server: the same acts, at once, with the name of who ran them."""

import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from lobby.control import place
from lobby.control.place import socket_path
from lobby.settings import PostgresUrl, Settings
from lobby.store.accounts import account_by_username, changes_of
from lobby.store.store import Store
from tests.app.postgres import PostgresServer
from tests.app.process import Server, text_of
from tests.console.console import Console, one_sentence

ME = f"system/{pwd.getpwuid(os.getuid()).pw_name}"


@pytest.fixture
def served(console: Console) -> Iterator[Console]:
    console.founded().do("user", "add", "ada", "--role", "administrator", "--generate")
    with Server(console.database):
        yield console


def kinds_and_actors(store: Store, username: str) -> list[tuple[str, str]]:
    account = store.read_now(lambda c: account_by_username(c, username))
    assert account is not None
    changes = store.read_now(lambda c: changes_of(c, account.staff.id))
    store.close()
    return [(change.kind.value, change.actor) for change in changes]


def test_accounts_are_made_locked_and_removed_while_the_server_runs(served: Console) -> None:
    added = served.do("user", "add", "thu", "--role", "teller", "--generate")
    assert (added.code, "shown this once" in added.out) == (0, True)
    for act, words in (
        ("lock", "is locked"),
        ("unlock", "can sign in again"),
        ("remove", "can no longer sign in"),
        ("unlock", "can sign in again"),
    ):
        said = served.do("user", act, "thu")
        assert (said.code, words in said.out) == (0, True), said
    assert served.do("user", "password", "thu", "--generate").code == 0
    assert "thu" in served.do("user", "list").out
    assert kinds_and_actors(Store(served.database), "thu") == [
        *(("reset", ME), ("reset", ME), ("returned", ME), ("removed", ME)),
        *(("unlocked", ME), ("locked", ME), ("added", ME)),
    ]


def test_a_device_gets_its_code_while_the_server_runs(served: Console) -> None:
    said = served.do("pair", "--kind", "kiosk", "--name", "Door")
    assert (said.code, len(said.out.splitlines()[0])) == (0, 9)
    assert one_sentence(served.do("pair", "--kind", "kiosk", "--name", ""), "1 to 60 letters")


def test_the_same_limits_hold_as_on_the_screen(served: Console) -> None:
    for username in ("", "x" * 53, "two words", "thu\u200b"):
        said = served.do("user", "add", username, "--role", "teller", "--generate")
        assert one_sentence(said, "1 to 40 letters"), username
    named = ("user", "add", "thu", "--role", "teller", "--generate", "--name", "y" * 300)
    assert one_sentence(served.do(*named), "1 to 40 letters")
    assert one_sentence(served.do("user", "lock", "ada"), "last administrator")
    assert one_sentence(served.do("user", "remove", "ada"), "last administrator")


def test_nobody_else_on_the_computer_may_open_the_socket(served: Console) -> None:
    path = socket_path(Settings(database=served.database))
    mode = path.stat().st_mode
    assert stat.S_ISSOCK(mode) and stat.S_IMODE(mode) == 0o600


def test_the_socket_goes_with_the_server_and_one_left_behind_is_no_hindrance(
    console: Console,
) -> None:
    path = socket_path(Settings(database=console.founded().database))
    with Server(console.database) as server:
        assert path.exists()
        server.kill()
        assert path.exists()
        added = console.do("user", "add", "ada", "--role", "administrator", "--generate")
        assert added.code == 0
    with Server(console.database):
        assert console.do("user", "password", "ada", "--generate").code == 0
    assert not path.exists()


def test_a_folder_with_a_long_name_holds_a_socket_too(
    console: Console, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deep = tmp_path / ("a long name for a folder " * 4) / ("and another one " * 4)
    deep.mkdir(parents=True)
    console.database = deep / "lobby.db"
    monkeypatch.setenv("LOBBY_DATABASE", str(console.database))
    with Server(console.founded().database):
        said = console.do("user", "add", "thu", "--role", "teller", "--generate")
        assert said.code == 0, said


def test_it_works_beside_a_server_on_postgresql(
    console: Console, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres.empty_database() as url:
        monkeypatch.setenv("LOBBY_DATABASE", text_of(url))
        _beside_server(console.founded(), url)


def _beside_server(console: Console, url: PostgresUrl) -> None:
    with Server(url):
        assert console.do("user", "add", "thu", "--role", "teller", "--generate").code == 0
        assert console.do("user", "lock", "thu").code == 0
        assert console.do("pair", "--kind", "display", "--name", "Wall").code == 0
    assert kinds_and_actors(Store(url), "thu") == [("locked", ME), ("added", ME)]
    assert console.do("user", "unlock", "thu").code == 0


def test_it_believes_no_folder_for_everybody_that_somebody_else_has_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would be told passwords, or ask in our name."""
    monkeypatch.setattr(place, "_own_folder", lambda: tmp_path)
    path = tmp_path / "lobby.socket"
    with place.listen_at(path):
        connected = place.connect_to(path, 5)
        assert connected is not None
        connected.close()
        mine = os.getuid()
        monkeypatch.setattr(os, "getuid", lambda: mine + 1)
        assert place.connect_to(path, 5) is None
        with pytest.raises(PermissionError, match="belongs to somebody else"):
            place.listen_at(path)
