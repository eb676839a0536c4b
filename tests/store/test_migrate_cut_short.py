"""A migration that is cut short, by kill -9 or by the mains: the database is as before or as after,
and has every row."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from lobby.store.engine import writing_engine
from lobby.store.migrate import NEWEST, alembic_config, schema_version
from tests.bench.disk_record import Recorder, compile_recorder
from tests.needs import needs
from tests.store.cut_short import cut_short
from tests.store.old_rows import Rows, changed, fill, rows_of

OLDEST = "0001"

MIGRATE = """
import sys
from pathlib import Path
from lobby.store.migrate import migrate
migrate(Path(sys.argv[1]))
"""
WITHOUT_SYNC = "from tests.faults.variants import writes_with; writes_with('OFF')"


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    needs("compiler")
    (tmp_path / "disk").mkdir()
    return Recorder(compile_recorder(tmp_path), tmp_path / "disk", tmp_path / "record")


def test_it_is_whole_wherever_it_is_cut_short(recorder: Recorder) -> None:
    before = old_database(recorder.folder / "lobby.db")
    assert faults_after_cuts(recorder, MIGRATE, before) == []


def test_a_migration_that_is_not_synced_is_caught(recorder: Recorder) -> None:
    before = old_database(recorder.folder / "lobby.db")
    assert faults_after_cuts(recorder, WITHOUT_SYNC + MIGRATE, before) != []


def old_database(path: Path) -> Rows:
    engine = writing_engine(path)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), OLDEST)
        rows = fill(connection)
    engine.dispose()
    return rows


def faults_after_cuts(recorder: Recorder, program: str, before: Rows) -> list[str]:
    arguments = ["-c", program, str(recorder.folder / "lobby.db")]
    return [fault for path in cut_short(recorder, arguments) for fault in faults_of(path, before)]


def faults_of(path: Path, before: Rows) -> list[str]:
    engine = writing_engine(path)
    try:
        with engine.connect() as connection:
            found = connection.execute(text("PRAGMA integrity_check")).scalar()
            version, rows = schema_version(connection), rows_of(connection)
        wrong = [f"{table} has changed" for table in changed(before, rows)]
        if version == OLDEST:
            wrong += [f"{table} is gone" for table in before.keys() - rows.keys()]
        elif version != NEWEST:
            wrong.append(f"it stands at {version}")
        return wrong if found == "ok" else [*wrong, str(found)]
    except DatabaseError as error:
        return [str(error)]
    finally:
        engine.dispose()
