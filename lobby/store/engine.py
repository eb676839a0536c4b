"""The databases that Lobby speaks: an SQLite file, or PostgreSQL. What differs is chosen here.

Whoever opens a database names it by a path or by a PostgreSQL URL and gets the same things of
both: an engine that writes, one that only reads, and the right to write, which one process has.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from lobby.settings import Database
from lobby.store import postgres, sqlite
from lobby.store.errors import StoreInUseError as StoreInUseError
from lobby.store.errors import StoreUnavailableError
from lobby.store.mark import MarkKeeper, NoMark, mark_beside
from lobby.store.sqlite import FileLock as FileLock
from lobby.store.tail import Continuity


class WriteAccess(Protocol):
    """The right to write, and the connection on which it is held. One process has it at a time.

    `sole_since` names the connection since which nobody else can have written; when it changes,
    what was read before has to be read on. Where several processes write, each batch changes it.
    """

    sole_since: int

    continuity: Continuity
    """Known once the right to write is there."""

    def acquire(self) -> None:
        """Raises `StoreInUseError` where another process has it, `HistoryLostError` where something
        that was kept is missing."""

    def connect(self) -> Connection:
        """The connection that the calling thread writes on; a new one where the last was lost.

        Raises `StoreInUseError`, or what the database says where it cannot be reached.
        """

    def prepare(self, batch: int, branch_ids: Iterable[str]) -> None:
        """The next transaction, if there is anything to run in it, begins by locking these
        branches and is marked with this number."""

    def has_kept(self, connection: Connection, batch: int) -> bool:
        """Whether the last batch that was marked is this one, so that its commit succeeded."""

    def is_sole(self) -> bool:
        """Whether a second process that wants to write would still be kept out, as far as can be
        seen from here."""

    def disconnect(self) -> None:
        """In the thread that connected."""

    def release(self) -> None: ...


def write_access(database: Database) -> WriteAccess:
    if isinstance(database, Path):
        return sqlite.FileAccess(database)
    return postgres.DatabaseAccess(database)


def migrating_access(database: Database) -> WriteAccess:
    """To change tables: it takes its time, and a table may be made anew under its old name."""
    if isinstance(database, Path):
        return sqlite.FileAccess(database, is_migrating=True)
    return postgres.DatabaseAccess(database, patient=True)


def mark_keeper(database: Database) -> MarkKeeper:
    return MarkKeeper(database) if isinstance(database, Path) else NoMark()


def writing_engine(database: Database) -> Engine:
    """For who knows that nobody else writes: it asks for no right."""
    if isinstance(database, Path):
        return sqlite.writing_engine(database)
    return postgres.writing_engine(database)


def reading_engine(database: Database) -> Engine:
    """Read-only for good: a report can never hold up or harm the writer."""
    if isinstance(database, Path):
        return sqlite.reading_engine(database)
    return postgres.reading_engine(database)


def require_reachable(database: Database) -> None:
    """Raises `StoreUnavailableError`, with a sentence, where there is nothing to be opened."""
    if isinstance(database, Path):
        if not database.is_file():
            raise StoreUnavailableError(
                f"There is no database {database} yet: `lobby migrate` makes it."
            )
        return
    engine = postgres.reading_engine(database)
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        raise StoreUnavailableError(postgres.unreachable(database, error)) from error
    finally:
        engine.dispose()


def is_untouched(database: Database) -> bool:
    """Whether there is nothing yet, and nothing that says that something was there: no file and no
    mark beside it, or a database without a single table. Raises `StoreUnavailableError`."""
    if isinstance(database, Path):
        return not database.exists() and not mark_beside(database).exists()
    require_reachable(database)
    engine = postgres.reading_engine(database)
    try:
        with engine.connect() as connection:
            return not inspect(connection).get_table_names()
    finally:
        engine.dispose()
