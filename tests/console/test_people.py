import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lobby.accounts.new_passwords import drawn_password
from lobby.accounts.passwords import HASHER
from lobby.console import user
from lobby.store.devices import devices_of_branch
from lobby.store.engine import FileLock
from lobby.store.people import staff_with_password
from lobby.store.store import Store
from tests.console.console import Console, one_sentence

PASSWORD = "correct horse battery"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a person types at the prompts, in order."""
    words: list[str] = []
    monkeypatch.setattr(user, "getpass", lambda _prompt: words.pop(0))
    return words


def fits(database: Path, username: str, password: str) -> bool:
    found = Store(database).read_now(lambda sql: staff_with_password(sql, username))
    assert found is not None
    return HASHER.verify(found[1], password)


def test_it_adds_somebody_with_a_password_of_their_own(console: Console, typed: list[str]) -> None:
    typed += [PASSWORD, PASSWORD]
    said = console.founded().do("user", "add", "Thu", "--role", "teller", "--name", "Thu N.")
    assert said.code == 0
    assert PASSWORD not in said.out + said.err
    assert fits(console.database, "thu", PASSWORD)
    listed = console.do("user", "list").out
    assert "thu" in listed and "Thu N." in listed and "riverside" in listed


def test_it_draws_a_password_and_prints_it_once(console: Console) -> None:
    said = console.founded().do("user", "add", "ada", "--role", "administrator", "--generate")
    drawn = re.search(r"shown this once: (\S+)", said.out)
    assert drawn is not None
    assert fits(console.database, "ada", drawn[1])
    assert drawn[1] not in console.do("user", "list").out


def test_it_tells_times_by_the_branchs_clock(console: Console) -> None:
    """Whatever clock the computer has: the demo's branch is in Shanghai."""
    shanghai = ZoneInfo("Asia/Shanghai")
    console.founded()
    drawn = ("--generate",)
    for command in (("add", "ada", "--role", "administrator", *drawn), ("password", "ada", *drawn)):
        told = re.search(r"before (\d{4}-\d\d-\d\d \d\d:\d\d)", console.do("user", *command).out)
        assert told
        until = datetime.strptime(told[1], "%Y-%m-%d %H:%M").replace(tzinfo=shanghai)
        assert timedelta(days=2, hours=23) < until - datetime.now(UTC) < timedelta(days=3, hours=1)
    said = console.do("pair", "--kind", "kiosk", "--name", "Entrance").out
    clock = re.search(r"before (\d\d):\d\d:\d\d", said)
    assert clock
    now = datetime.now(shanghai)
    assert int(clock[1]) in {now.hour, (now + timedelta(minutes=5)).hour}


def test_it_adds_nobody_twice(console: Console) -> None:
    console.founded().do("user", "add", "thu", "--role", "teller", "--generate")
    said = console.do("user", "add", "THU", "--role", "teller", "--generate")
    assert one_sentence(said, "'thu'", "already")


@pytest.mark.parametrize(
    ("words", "sentence"), [(["short"], "at least 8"), ([PASSWORD, "other"], "not the same")]
)
def test_it_takes_no_bad_password(
    console: Console, typed: list[str], words: list[str], sentence: str
) -> None:
    typed += words
    said = console.founded().do("user", "add", "thu", "--role", "teller")
    assert one_sentence(said, sentence)
    assert "thu" not in console.do("user", "list").out


def test_it_changes_a_password(console: Console, typed: list[str]) -> None:
    console.founded().do("user", "add", "thu", "--role", "teller", "--generate")
    typed += [PASSWORD, PASSWORD]
    assert console.do("user", "password", "thu").code == 0
    assert fits(console.database, "thu", PASSWORD)


def test_it_removes_somebody(console: Console) -> None:
    console.founded().do("user", "add", "thu", "--role", "teller", "--generate")
    assert console.do("user", "remove", "thu").code == 0
    assert "thu" not in console.do("user", "list").out
    assert one_sentence(console.do("user", "remove", "thu"), "Nobody signs in as 'thu'")


def test_it_wants_the_branch_named_where_it_is_unknown(console: Console) -> None:
    said = console.founded().do(
        "user", "add", "thu", "--role", "teller", "--generate", "--branch", "harbour"
    )
    assert one_sentence(said, "no branch 'harbour'", "riverside")


def test_it_draws_passwords_that_can_be_read_out() -> None:
    drawn = {drawn_password() for _ in range(50)}
    assert len(drawn) == 50
    assert all(re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", word) for word in drawn)


def test_it_makes_a_code_for_a_device(console: Console) -> None:
    said = console.founded().do("pair", "--kind", "display", "--name", "Wall")
    assert said.code == 0
    assert re.match(r"\d{4} \d{4}\n", said.out)
    (entry,) = Store(console.database).read_now(lambda sql: devices_of_branch(sql, "riverside"))
    assert (entry.device.name, entry.device.kind.value, entry.is_paired) == (
        "Wall",
        "display",
        False,
    )


def test_it_sends_whoever_pairs_beside_a_server_to_the_lobby_view(console: Console) -> None:
    lock = FileLock(console.founded().database)
    lock.acquire()
    said = console.do("pair", "--kind", "kiosk", "--name", "Entrance")
    lock.release()
    assert one_sentence(said, "lobby view", "Devices")
