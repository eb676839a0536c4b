"""Brings a database to the tables of this program, and refuses one that a newer program made.

A start on a database that is up to date reads one row and loads nothing of Alembic.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from lobby.settings import Database
from lobby.store.engine import migrating_access, reading_engine, require_reachable, writing_engine

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0020"
"""The revision that this program reads and writes. Revisions count up, in four digits."""

SCRIPTS = Path(__file__).parent / "migrations"


class DatabaseTooNewError(Exception):
    """The database was brought to tables that this program does not know."""


class DatabaseBrokenError(Exception):
    """A row refers to another one that is not there."""


def migrate(database: Database) -> list[str]:
    """Bring the database to `NEWEST`, all steps in one transaction, and return the revisions it
    went through; a file that is not there is made. Comes before `Store.open`.

    Raises `DatabaseTooNewError`, `StoreUnavailableError` where a server cannot be reached, or
    `StoreInUseError` where another process has a database open that has to be changed.
    """
    return [] if _is_current(database) else _migrate(database)


def schema_version(connection: Connection) -> str | None:
    """The revision of the database's tables, None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def draft(database: Database, sentence: str, scripts: Path = SCRIPTS) -> Path:
    """Write a migration from the tables of `database`, which is up to date, to `tables.py`: the
    start of a new revision, to be read and tidied by whoever changed the tables."""
    from alembic import command  # noqa: PLC0415 - slow, and needed only here
    from alembic.script import Script  # noqa: PLC0415

    engine = writing_engine(database)
    with engine.begin() as connection:
        config = alembic_config(connection, scripts)
        number = f"{int(schema_version(connection) or 0) + 1:04d}"
        made = command.revision(config, message=sentence, autogenerate=True, rev_id=number)
    assert isinstance(made, Script), "one branch of revisions gives one script"
    return Path(made.path)


def alembic_config(connection: Connection, scripts: Path = SCRIPTS) -> "Config":
    """What Alembic's own commands need, to run inside the transaction of `connection`."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _is_current(database: Database) -> bool:
    if isinstance(database, Path) and not database.is_file():
        return False
    require_reachable(database)
    engine = reading_engine(database)
    try:
        with engine.connect() as connection:
            return not _is_older(connection)
    finally:
        engine.dispose()


def _migrate(database: Database) -> list[str]:
    access = migrating_access(database)
    access.acquire()
    try:
        connection = access.connect()
        with connection.begin():
            steps = _upgrade(connection) if _is_older(connection) else []
            _require_whole(connection)
        return steps
    finally:
        access.disconnect()
        access.release()


def _require_whole(connection: Connection) -> None:
    """SQLite looks at no reference while tables are made anew; PostgreSQL always does."""
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise DatabaseBrokenError(f"A row of {broken[0]} refers to none of {broken[2]}.")


def _is_older(connection: Connection) -> bool:
    version = schema_version(connection)
    if version is not None and version > NEWEST:
        raise DatabaseTooNewError(
            f"A newer Lobby made this database (its tables are at {version}, this program knows "
            f"{NEWEST}): start that one, or restore a backup from before."
        )
    return version != NEWEST


def _upgrade(connection: Connection) -> list[str]:
    from alembic import command  # noqa: PLC0415 - slow, and needed only when tables change

    config = alembic_config(connection)
    steps: list[str] = config.attributes.setdefault("steps", [])
    command.upgrade(config, "head")
    return steps
