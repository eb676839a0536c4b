"""Backups in a folder: one more, fewer old ones, encrypted where a key is named, and a failure is
said where somebody looks."""

import json
import os
import resource
import signal
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lobby.settings import Settings
from lobby.store.backup_folder import Kept, backups_in, too_many
from tests.app.process import Server
from tests.console.console import Console, one_sentence
from tests.console.test_copies import count
from tests.console.test_own_files import modes

NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)


def key_in(console: Console, path: Path) -> str:
    made = console.do("backup", "--new-key", path)
    assert made.code == 0
    return made.out.splitlines()[0]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def readiness(server: Server) -> dict[str, object]:
    address = f"http://127.0.0.1:{server.port}/readyz"
    asked = urllib.request.Request(address, headers={"accept": "application/json"})
    with urllib.request.urlopen(asked, timeout=5) as answer:
        parts = json.load(answer)["parts"]
    return next(part for part in parts if part["name"] == "backups")


def wait_until(what: object, seconds: float = 20) -> None:
    assert callable(what)
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.1)


def test_old_backups_are_thinned_out() -> None:
    """Hourly for fourteen months: two days whole, a month by days, a year by months. The last of
    each, unless it is not over."""
    hourly = [Kept(Path(f"{n}"), NOON - timedelta(hours=n)) for n in range(24 * 430)]
    gone = {each.at for each in too_many(hourly, NOON)}
    kept = [each.at for each in hourly if each.at not in gone]
    recent = [at for at in kept if NOON - at <= timedelta(hours=48)]
    daily = [at for at in kept if timedelta(hours=48) < NOON - at <= timedelta(days=30)]
    monthly = [at for at in kept if NOON - at > timedelta(days=30)]
    assert (len(recent), len(daily), len(monthly)) == (49, 28, 11)
    assert {at.hour for at in daily} == {23}
    assert len({(at.year, at.month) for at in kept}) == 13
    assert too_many([each for each in hourly if each.at not in gone], NOON) == []


def test_the_newest_stays_however_old_it_is() -> None:
    old = [Kept(Path(f"{n}"), NOON - timedelta(days=500 + n)) for n in range(3)]
    assert too_many(old, NOON) == old[1:]


def test_a_copy_goes_into_the_folder_for_oneself_alone(console: Console, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    said = console.founded().do("backup", "--schedule", folder)
    assert (said.code, "checked" in said.out) == (0, True)
    [name] = names(folder)
    assert name.startswith("lobby-2") and name.endswith("Z.db")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert set(modes(folder).values()) == {0o600}
    (folder / "lobby-20200101T000000Z.db").write_bytes(b"old")
    (folder / "notes.txt").write_bytes(b"mine")
    time.sleep(1.1)
    assert "1 old ones were thinned out" in console.do("backup", "--schedule", folder).out
    assert len(list(backups_in(folder))) == 2 and (folder / "notes.txt").exists()


def test_an_encrypted_copy_is_put_back_with_its_key_only(console: Console, tmp_path: Path) -> None:
    folder, key, other = tmp_path / "backups", tmp_path / "key.txt", tmp_path / "other.txt"
    recipient = key_in(console, key)
    assert key.stat().st_mode & 0o777 == 0o600
    console.founded().do("user", "add", "thu", "--role", "teller", "--generate")
    said = console.do("backup", "--schedule", folder, "--recipient", recipient)
    assert said.code == 0, said.err
    [name] = names(folder)
    copy = folder / name
    assert name.endswith(".db.age") and copy.read_bytes().startswith(b"age-encryption.org/v1")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*being-encrypted*"))
    console.do("user", "add", "lan", "--role", "teller", "--generate")
    key_in(console, other)
    assert one_sentence(console.do("restore", copy, "--yes"), "is encrypted", "--key")
    assert one_sentence(console.do("restore", copy, "--yes", "--key", other), "could not be read")
    no_key = tmp_path / "no-key.txt"
    no_key.write_text("nothing")
    assert one_sentence(console.do("restore", copy, "--yes", "--key", no_key), "holds no key")
    assert count(console.database, "staff") == 2
    done = console.do("restore", copy, "--yes", "--key", key)
    assert done.code == 0, done.err
    assert count(console.database, "staff") == 1
    assert not list(tmp_path.glob(".lobby-restore-*"))


def test_a_key_is_never_written_over(console: Console, tmp_path: Path) -> None:
    key_in(console, tmp_path / "key.txt")
    assert one_sentence(console.do("backup", "--new-key", tmp_path / "key.txt"), "File exists")


def test_a_wrong_recipient_gets_a_sentence(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.founded()
    wrong = ("backup", "--schedule", tmp_path / "b", "--recipient", "age1nobody")
    assert one_sentence(console.do(*wrong), "is no recipient")
    monkeypatch.setenv("LOBBY_BACKUP_RECIPIENT", "age1nobody")
    assert one_sentence(console.do("backup", "--schedule", tmp_path / "b"), "is no recipient")
    assert not (tmp_path / "b").exists()


def test_a_folder_that_cannot_be_written_to_gets_a_sentence(
    console: Console, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    said = console.founded().do("backup", "--schedule", tmp_path / "file" / "backups")
    assert one_sentence(said, "No backup was made", "Not a directory")


def test_a_server_backs_up_by_itself(console: Console, tmp_path: Path) -> None:
    folder, key = tmp_path / "backups", tmp_path / "key.txt"
    environ = {
        "LOBBY_BACKUP_FOLDER": str(folder),
        "LOBBY_BACKUP_RECIPIENT": key_in(console, key),
    }
    with Server(console.founded().database, environ=environ) as server:
        wait_until(lambda: folder.exists() and list(backups_in(folder)))
        assert readiness(server)["works"]
    with Server(console.database, environ=environ):
        pass
    [name] = names(folder)
    assert console.do("restore", folder / name, "--yes", "--key", key).code == 0


def test_a_backup_that_failed_is_said_with_its_reason(console: Console, tmp_path: Path) -> None:
    """A folder on a disk that was not mounted: a file of that name stands in the way."""
    (tmp_path / "disk").write_bytes(b"")
    environ = {"LOBBY_BACKUP_FOLDER": str(tmp_path / "disk" / "backups")}
    with Server(console.founded().database, environ=environ) as server:
        wait_until(lambda: not readiness(server)["works"])
        part = readiness(server)
    assert "Not a directory" in str(part["last_failure"])
    assert "No backup was made" in str(part["last_failure"])


def test_a_full_disk_leaves_the_old_backups(console: Console, tmp_path: Path) -> None:
    """A command that may write no file larger than a page."""
    folder = tmp_path / "backups"
    console.founded().do("backup", "--schedule", folder)
    before = names(folder)
    time.sleep(1.1)
    limited = os.fork()
    if limited == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        os._exit(console.do("backup", "--schedule", folder).code)
    _pid, status = os.waitpid(limited, 0)
    assert os.waitstatus_to_exitcode(status) == 2
    assert names(folder) == before


def test_the_settings_know_what_makes_no_sense(tmp_path: Path) -> None:
    read = Settings.read({"LOBBY_BACKUP_FOLDER": str(tmp_path), "LOBBY_BACKUP_EVERY_MIN": "15"})
    assert (read.backup_folder, read.backup_every_min) == (tmp_path, 15)
