"""A backup put back: whole or not at all, no number twice, and nobody let in again who was not."""

import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from alembic import command

from lobby.store import file_swap
from lobby.store import restore as restore_module
from lobby.store.backups import CopyError, back_up
from lobby.store.devices import revoke
from lobby.store.mark import mark_beside
from lobby.store.migrate import NEWEST, alembic_config, migrate
from lobby.store.people import deactivate, set_password
from lobby.store.restore import GAP, Restored, Source, restore
from lobby.store.sqlite import writing_engine
from lobby.store.tail import require_tail
from tests.app.app import open_app, people_and_devices
from tests.app.people import MORNING
from tests.store.killed import killed_at

STEP = 3
"""Every so many steps; all of them take a minute."""


class Morning:
    """Riverside with a backup of a while ago, and what has happened since."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "house"
        self.folder.mkdir()
        self.database = self.folder / "lobby.db"
        self.backup = folder / "backup.db"

    def put_back(self, **options: object) -> Restored:
        options = {"replace": True, **options}
        return restore(self.backup, self.database, MORNING, **options)  # type: ignore[arg-type]


@pytest.fixture
def morning(tmp_path: Path) -> Morning:
    """Three tickets before the backup, two after it."""
    morning = Morning(tmp_path)
    with open_app(morning.folder, people_and_devices) as app:
        for _ in range(3):
            app.take("A01")
        back_up(morning.database, morning.backup)
        for _ in range(2):
            app.take("A01")
    return morning


def numbers(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute("SELECT number FROM visits ORDER BY number").fetchall()
    return [number for (number,) in rows]


def test_it_goes_on_behind_the_numbers_in_the_database_put_aside(morning: Morning) -> None:
    done = morning.put_back()
    (harbour, riverside) = done.branches
    assert (riverside.lost, riverside.source) == (("A004", "A005"), Source.DATABASE)
    assert harbour.lost == ()
    with open_app(morning.folder, people_and_devices) as app:
        assert app.take("A01") == "A006"
        assert app.take("B01") == "B001"
        assert app.hall.ticket("A005") is None


def test_it_goes_on_behind_the_mark_where_the_database_cannot_be_read(morning: Morning) -> None:
    morning.database.write_bytes(b"a letter to the bank " * 1_000)
    done = morning.put_back()
    assert {branch.source for branch in done.branches} == {Source.MARK}
    with open_app(morning.folder, people_and_devices) as app:
        assert app.take("A01") == "A101"


def test_it_leaves_a_gap_where_nobody_knows(morning: Morning) -> None:
    morning.database.unlink()
    mark_beside(morning.database).unlink()
    done = morning.put_back(stated={"B": 12})
    assert {branch.source for branch in done.branches} == {Source.NOBODY}
    with open_app(morning.folder, people_and_devices) as app:
        assert app.take("A01") == f"A{3 + GAP + 1}"
        assert app.take("B01") == "B013", "as it stands on paper"


def test_it_keeps_what_was_reserved_before_where_it_is_put_back_twice(morning: Morning) -> None:
    morning.put_back()
    restore(morning.backup, morning.database, MORNING.replace(second=1), replace=True)
    with open_app(morning.folder, people_and_devices) as app:
        assert app.take("A01") == "A006"


def test_each_time_it_is_put_back_begins_another_epoch(morning: Morning) -> None:
    epochs = set()
    for second in range(3):
        with open_app(morning.folder, people_and_devices) as app:
            epochs.add(app.riverside.plan.epoch)
        at = MORNING.replace(second=second)
        restore(morning.backup, morning.database, at, replace=True)
    assert len(epochs) == 3


def test_the_database_put_back_is_served_without_another_epoch(morning: Morning) -> None:
    morning.put_back()
    with open_app(morning.folder, people_and_devices) as app:
        first = app.riverside.plan.epoch
    with open_app(morning.folder, people_and_devices) as app:
        assert app.riverside.plan.epoch == first


def test_who_was_removed_or_switched_off_since_stays_so(morning: Morning) -> None:
    with open_app(morning.folder, people_and_devices) as app:
        kiosk, thu, wei = (int(app.id_of(who)) for who in ("kiosk", "thu", "wei"))
        for work in (
            lambda c: deactivate(c, thu),
            lambda c: revoke(c, kiosk, MORNING),
            lambda c: set_password(c, wei, "new"),
        ):
            app.run(app.services.store.write, work)
    done = morning.put_back()
    assert done.learned.removed == ("thu",)
    with open_app(morning.folder, people_and_devices) as app:
        assert app.get("kiosk", "/kiosk").status_code == 303, "it has to be paired"
        assert app.get("display", "/display").status_code == 200, "as it was"
    with closing(sqlite3.connect(morning.database)) as connection:
        rows = "SELECT active, password_hash FROM staff WHERE username IN ('thu', 'wei')"
        assert [row[0] for row in connection.execute(rows)] == [0, 1]
        assert list(connection.execute(rows))[1][1] == "new"


def test_everybody_signs_in_again(morning: Morning) -> None:
    with open_app(morning.folder, people_and_devices) as app:
        assert app.get("lan", "/floor").status_code == 200
    morning.put_back()
    with open_app(morning.folder, people_and_devices) as app:
        assert app.get("lan", "/floor").headers["location"].startswith("/sign-in")


def test_devices_are_paired_anew_where_nobody_can_say_which_were_switched_off(
    morning: Morning,
) -> None:
    morning.database.write_bytes(b"")
    assert morning.put_back().learned.reason
    with open_app(morning.folder, people_and_devices) as app:
        assert app.get("display", "/display").status_code == 303


def test_a_key_of_an_act_that_was_lost_gives_no_other_number(morning: Morning) -> None:
    with open_app(morning.folder, people_and_devices) as app:
        fields = {"service": "A01", "language": "en", "key": "once"}
        first = app.known("kiosk").ask("/kiosk/tickets", **fields)
        assert first.json()["number"] == "A006"
    morning.put_back()
    with open_app(morning.folder, people_and_devices) as app:
        again = app.known("kiosk").ask("/kiosk/tickets", **fields)
        assert again.status_code == 409
        assert "is lost" in again.json()["sentence"]
        assert app.take("A01") == "A007"


def test_an_edited_backup_is_not_put_back(morning: Morning) -> None:
    with closing(sqlite3.connect(morning.backup)) as connection, connection:
        connection.execute("DELETE FROM events WHERE version = 4")
    before = numbers(morning.database)
    with pytest.raises(CopyError, match="was changed since it was made"):
        morning.put_back()
    assert numbers(morning.database) == before


def _scene(morning: Morning, place: Path) -> Path:
    """The house as a crash left it, its log beside the database, in a folder of its own."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(morning.folder, place)
    return place / "lobby.db"


@pytest.fixture
def crashed(morning: Morning) -> Morning:
    """One more ticket stands in the log only."""
    with open_app(morning.folder, people_and_devices) as app:
        app.take("A01")
        shutil.copytree(morning.folder, morning.folder.with_name("as it crashed"))
    shutil.rmtree(morning.folder)
    morning.folder.with_name("as it crashed").rename(morning.folder)
    return morning


OLD, NEW = [f"A{n:03d}" for n in range(1, 7)], ["A001", "A002", "A003"]


def outcomes_of_kills(morning: Morning, place: Path) -> list[list[str]]:
    """What is there after a restore was killed, at one step after the other."""
    found, step = [], 0
    while True:
        database = _scene(morning, place)
        work = lambda: restore(morning.backup, database, MORNING, replace=True)  # noqa: B023, E731
        was_killed = killed_at(step, place, work)
        require_tail(database)
        found.append(numbers(database))
        if not was_killed:
            return found
        step += STEP


def test_a_restore_that_is_killed_leaves_the_old_database_or_the_new_one(
    crashed: Morning, tmp_path: Path
) -> None:
    found = outcomes_of_kills(crashed, tmp_path / "scene")
    assert len(found) > 20
    assert found == sorted(found, key=lambda numbers: numbers == NEW), "once new, it stays new"
    assert {tuple(each) for each in found} == {tuple(OLD), tuple(NEW)}


def test_a_restore_that_moves_the_log_first_is_caught(
    crashed: Morning, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moves_the_log(database: Path, kept: Path, *, is_damaged: bool) -> None:
        log = database.with_name("lobby.db-wal")
        if log.exists():
            log.rename(kept.with_name(kept.name + "-wal"))

    monkeypatch.setattr(file_swap, "_put_log_away", moves_the_log)
    for module in (file_swap, restore_module):
        monkeypatch.setattr(module, "fold_log_into", lambda _database: False)
    monkeypatch.setattr(f"{__name__}.require_tail", lambda _database: None)
    found = outcomes_of_kills(crashed, tmp_path / "scene")
    assert not all(each in (OLD, NEW) for each in found)


def test_it_can_be_put_back_after_a_restore_was_killed(crashed: Morning, tmp_path: Path) -> None:
    database = _scene(crashed, tmp_path / "scene")
    for step in (5, 15, 30):
        work = lambda: restore(crashed.backup, database, MORNING, replace=True)  # noqa: E731
        assert killed_at(step, database.parent, work)
    done = restore(crashed.backup, database, MORNING, replace=True)
    assert numbers(database) == NEW
    assert {branch.branch_id: branch.lost for branch in done.branches}["riverside"] == (
        *("A004", "A005", "A006"),
    )


def test_a_backup_that_is_killed_leaves_no_half_copy_and_is_made_again(
    crashed: Morning, tmp_path: Path
) -> None:
    step = 0
    copies = tmp_path / "copies"
    copies.mkdir()
    while killed_at(step, tmp_path, partial(back_up, crashed.database, copies / f"{step}.db")):
        copy = copies / f"{step}.db"
        if not copy.exists():
            back_up(crashed.database, copy)
        assert numbers(copy) == OLD
        step += 1
    assert step > 5
    for part in copies.glob("*.part"):
        assert part.samefile(part.with_suffix("")), "all of it stands under its name"


def test_a_migration_that_is_killed_has_not_happened(crashed: Morning, tmp_path: Path) -> None:
    """And is done at the next try."""
    engine = writing_engine(crashed.backup, foreign_keys=False)
    with engine.begin() as sql:
        command.downgrade(alembic_config(sql), "0007")
    engine.dispose()
    place, step = tmp_path / "scene", 0
    database = place / "lobby.db"
    while True:
        place.mkdir(exist_ok=True)
        shutil.copy(crashed.backup, database)
        was_killed = killed_at(step, place, lambda: migrate(database))
        assert numbers(database) == NEW
        migrate(database)
        assert version(database) == NEWEST
        shutil.rmtree(place)
        if not was_killed:
            break
        step += STEP


def version(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        found: str = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return found
