"""Migrations make exactly the tables of the program, once, and leave a newer database alone."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Enum, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from lobby.settings import Database, PostgresUrl
from lobby.store import sqlite
from lobby.store.columns import Table
from lobby.store.engine import FileLock, StoreInUseError, migrating_access, writing_engine
from lobby.store.migrate import (
    NEWEST,
    SCRIPTS,
    DatabaseTooNewError,
    alembic_config,
    draft,
    migrate,
    schema_version,
)
from lobby.store.timestamps import to_microseconds
from lobby.store.visits import visits_of
from tests.app.database import new_database
from tests.app.people import MORNING
from tests.app.postgres import KINDS, PostgresServer
from tests.store.old_rows import changed, fill, rows_of

YESTERDAYS_BRANCH = """
    INSERT INTO branches (id, names, time_zone, language, target_min)
    VALUES ('riverside', '{}', 'Asia/Shanghai', 'zh', 20)
"""
YESTERDAYS_VISIT = f"""
    INSERT INTO visits (branch_id, business_day, number, secret, service, last_service,
        services_done, language, channel, state, taken_at, served_s, calls, absences, returns,
        transfers, holds)
    VALUES ('riverside', '2026-03-01', 'A001', 'secret', 'A01', 'A01', 'A01', 'vi', 'kiosk',
        'finished', {to_microseconds(MORNING)}, 60.0, 1, 0, 0, 0, 0)
"""
ALL = [f"{number:04d}" for number in range(1, int(NEWEST) + 1)]
"""What a new database goes through."""


CODED = [
    (table.name, column.name)
    for table in Table.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Enum)
]
"""Where a word stands that names a state or a kind."""


def version_of(path: Path) -> str | None:
    with create_engine(f"sqlite:///{path}").connect() as connection:
        return schema_version(connection)


def set_version(path: Path, version: str) -> None:
    with create_engine(f"sqlite:///{path}").begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": version})


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, Table.metadata))


def test_it_makes_exactly_the_tables_of_the_program(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lobby.db"
    assert migrate(path) == ALL
    assert version_of(path) == NEWEST
    engine = create_engine(f"sqlite:///{path}")
    assert differences(engine) == []
    made = {table["name"]: table["sql"] for table in master(path)}
    Table.metadata.create_all(create_engine(f"sqlite:///{tmp_path / 'plain.db'}"))
    plain = {table["name"]: table["sql"] for table in master(tmp_path / "plain.db")}
    assert {name: words(sql) for name, sql in made.items() if name in plain} == {
        name: words(sql) for name, sql in plain.items()
    }


def master(path: Path) -> list[dict[str, str]]:
    with create_engine(f"sqlite:///{path}").connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql > ''"))
        return [dict(row) for row in rows.mappings()]


def words(sql: str) -> list[str]:
    """A table's columns and rules in any order, whether or not it was made anew under its name; an
    index as it stands."""
    sql = re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", sql)
    return sorted(part.strip(" \t)") for part in re.split(r"[,\n]", sql) if part.strip(" \t)"))


def test_it_would_notice_a_table_that_no_migration_makes(tmp_path: Path) -> None:
    path = tmp_path / "lobby.db"
    migrate(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE pairings"))
        connection.execute(text("ALTER TABLE staff DROP COLUMN name"))
    assert len(differences(engine)) == 3


def test_it_does_nothing_the_second_time(tmp_path: Path) -> None:
    path = tmp_path / "lobby.db"
    migrate(path)
    before = master(path)
    assert migrate(path) == []
    assert master(path) == before


def test_it_fills_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    assert migrate(tmp_path / "empty.db") == ALL


def test_it_loads_nothing_of_alembic_where_the_tables_are_current(tmp_path: Path) -> None:
    migrate(tmp_path / "lobby.db")
    program = (
        "import sys; from pathlib import Path; from lobby.store.migrate import migrate;"
        "assert migrate(Path(sys.argv[1])) == []; assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "lobby.db")], check=True)


def test_it_refuses_a_database_of_a_newer_program(tmp_path: Path) -> None:
    path = tmp_path / "lobby.db"
    migrate(path)
    set_version(path, "9999")
    with pytest.raises(DatabaseTooNewError, match=r"^A newer Lobby made this database .* 9999"):
        migrate(path)
    assert version_of(path) == "9999"


def test_it_changes_no_tables_under_a_running_lobby(tmp_path: Path) -> None:
    path = tmp_path / "lobby.db"
    lock = FileLock(path)
    lock.acquire()
    with pytest.raises(StoreInUseError, match="Another Lobby is running on lobby.db"):
        migrate(path)
    lock.release()
    assert migrate(path) == ALL


def test_it_leaves_nothing_half_done_when_a_step_fails(tmp_path: Path) -> None:
    path = tmp_path / "lobby.db"
    with create_engine(f"sqlite:///{path}").begin() as connection:
        connection.execute(text("CREATE TABLE pairings (code TEXT)"))
    with pytest.raises(Exception, match="table pairings already exists"):
        migrate(path)
    assert [table["name"] for table in master(path)] == ["pairings"]


def test_it_brings_yesterdays_visits_along(tmp_path: Path) -> None:
    """What was kept before machines were known is read as a visit without advice, and survives
    the way back."""
    path = tmp_path / "lobby.db"
    engine = sqlite.writing_engine(path, foreign_keys=False)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
        connection.execute(text(YESTERDAYS_BRANCH))
        connection.execute(text(YESTERDAYS_VISIT))
    assert migrate(path) == ALL[1:]
    with engine.connect() as connection:
        (visit,) = visits_of(connection, "riverside", date(2026, 3, 1))
    assert (visit.rule, visit.eligible, visit.help_wanted) == ("", False, False)
    assert (visit.offered_by, visit.offered_at, visit.machine) == (None, None, None)
    assert visit.taken_at == MORNING
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0001")
        assert connection.execute(text("SELECT number FROM visits")).scalars().all() == ["A001"]


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table."""
    if request.param == "sqlite":
        yield tmp_path / "lobby.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.empty_database() as url:
        yield url


@pytest.mark.parametrize("revision", ALL[:-1])
def test_it_keeps_every_row_of_an_older_program(empty: Database, revision: str) -> None:
    """On the way here, and back again."""
    access = migrating_access(empty)
    access.acquire()
    with access.connect().begin():
        command.upgrade(alembic_config(access.connect()), revision)
        before = fill(access.connect())
    access.release()
    assert migrate(empty) == ALL[ALL.index(revision) + 1 :]
    access.acquire()
    with access.connect().begin():
        assert changed(before, rows_of(access.connect())) == []
        command.downgrade(alembic_config(access.connect()), revision)
        back = rows_of(access.connect())
        assert back.keys() == before.keys()
        assert changed({k: v for k, v in before.items() if back[k]}, back) == []
    access.release()


def test_it_makes_the_same_tables_on_postgresql(url: PostgresUrl) -> None:
    assert migrate(url) == []
    assert differences(writing_engine(url)) == []
    checks = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE 'ck%'"
    with writing_engine(url).connect() as connection:
        found = set(connection.execute(text(checks)).scalars())
    assert found == {f"ck_{table}_{column}" for table, column in CODED}


@pytest.mark.parametrize(("table", "column"), CODED)
def test_it_lets_no_unknown_word_into_the_database(
    database: Database, table: str, column: str
) -> None:
    if isinstance(database, Path):
        new_database(database)
    engine = writing_engine(database)
    with engine.begin() as connection:
        assert schema_version(connection) == NEWEST
        rows = fill(connection)
        assert rows[table]
    with pytest.raises(IntegrityError, match=f"ck_{table}_{column}"), engine.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET {column} = 'upside down'"))
    engine.dispose()


def test_it_goes_back_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lobby.db"
    migrate(path)
    engine = sqlite.writing_engine(path, foreign_keys=False)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert schema_version(connection) is None


def test_it_names_the_newest_revision_and_counts_without_gap() -> None:
    with create_engine("sqlite://").connect() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
    revisions = [script.revision for script in reversed(list(scripts.walk_revisions()))]
    assert revisions == [f"{number:04d}" for number in range(1, len(revisions) + 1)]
    assert scripts.get_heads() == [NEWEST]


def test_it_drafts_the_next_migration(tmp_path: Path) -> None:
    path, scripts = tmp_path / "lobby.db", tmp_path / "migrations"
    migrate(path)
    with create_engine(f"sqlite:///{path}").begin() as connection:
        connection.execute(text("ALTER TABLE staff DROP COLUMN name"))
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    made = draft(path, "Staff have names", scripts)
    assert made.name == f"{int(NEWEST) + 1:04d}_staff_have_names.py"
    source = made.read_text(encoding="utf-8")
    assert "import sqlmodel" in source
    assert "sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False)" in source
    compile(source, made.name, "exec")
