"""What was done with accounts since a backup holds when the backup is put back."""

import sqlite3
from contextlib import closing
from pathlib import Path

from lobby.store.backups import back_up
from lobby.store.restore import restore
from tests.app.app import open_app, people_and_devices
from tests.app.people import MORNING


def test_who_was_locked_or_moved_since_stays_so_and_it_is_known_by_whom(tmp_path: Path) -> None:
    database, backup = tmp_path / "lobby.db", tmp_path / "backup.db"
    with open_app(tmp_path, people_and_devices) as app:
        back_up(database, backup)
        assert app.post("ada", "/people/1/locks").status_code == 303
        assert app.post("ada", "/people/2/passwords").status_code == 200
        moved = {"name": "Lan", "role": "lobby_manager", "branch": "harbour"}
        answer = app.post("ada", "/people/3", **moved, person_language="en")
        assert answer.status_code == 303
    restore(backup, database, MORNING, replace=True)
    with closing(sqlite3.connect(database)) as connection:
        staff = connection.execute(
            "SELECT locked_at > 0, one_time_until > 0, branch_id FROM staff "
            "WHERE id <= 3 ORDER BY id"
        )
        assert list(staff) == [
            (1, None, "riverside"),
            (None, 1, "riverside"),
            (None, None, "harbour"),
        ]
        changes = connection.execute("SELECT staff_id, kind, actor FROM staff_changes ORDER BY id")
        kinds = {1: "locked", 2: "reset", 3: "changed"}
        assert list(changes) == [(who, kind, "staff/5") for who, kind in kinds.items()]
