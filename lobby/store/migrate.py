"""Brings a database to the tables of this program, and refuses one that a newer program made.

A start on a database that is up to date reads one row and loads nothing of Alembic.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from lobby.store.engine import FileLock, reading_engine, writing_engine

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0004"
"""The revision that this program reads and writes. Revisions count up, in four digits."""

SCRIPTS = Path(__file__).parent / "migrations"


class DatabaseTooNewError(Exception):
    """The database was brought to tables that this program does not know."""


def migrate(database: Path | Engine) -> list[str]:
    """Bring the database to `NEWEST`, all steps in one transaction, and return the revisions it
    went through; a file that is not there is made. Comes before `Store.open`.

    Raises `DatabaseTooNewError`, or `StoreInUseError` where another process has a file open that
    has to be changed.
    """
    if isinstance(database, Engine):
        return _migrate_engine(database)
    return [] if _is_current(database) else _migrate_file(database)


def schema_version(connection: Connection) -> str | None:
    """The revision of the database's tables, None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def draft(database: Path, sentence: str, scripts: Path = SCRIPTS) -> Path:
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


def _is_current(path: Path) -> bool:
    if not path.is_file():
        return False
    engine = reading_engine(path)
    try:
        with engine.connect() as connection:
            return not _is_older(connection)
    finally:
        engine.dispose()


def _migrate_file(path: Path) -> list[str]:
    lock = FileLock(path)
    lock.acquire()
    engine = writing_engine(path)
    try:
        return _migrate_engine(engine)
    finally:
        engine.dispose()
        lock.release()


def _migrate_engine(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        return _upgrade(connection) if _is_older(connection) else []


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
