"""Copies of the database: taken while it is written to, and put back in its place.

Plain `sqlite3`, because a copy is made of pages, not of rows.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lobby.store.engine import FileLock
from lobby.store.migrate import NEWEST
from lobby.store.timestamps import from_microseconds

COMPANIONS = ("-wal", "-shm")
"""What SQLite keeps beside a database; a log left by a crash belongs to it."""


class CopyError(Exception):
    """One sentence: why nothing was copied or put back."""


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A database found whole. `version` is that of its tables, `latest_at` its last event's."""

    version: str
    events: int
    latest_at: datetime | None


def version_of(path: Path) -> str:
    """The version of its tables. Raises `CopyError` where it is absent or somebody else's."""
    with _database(path) as connection:
        return _version(connection)


def examine(path: Path) -> BackupInfo:
    """Read all of it. Raises `CopyError` where it is absent, damaged or somebody else's."""
    with _database(path) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise CopyError(f"{path} is damaged: {found}.")
        return _described(connection)


def back_up(database: Path, copy: Path) -> BackupInfo:
    """A consistent copy as of one moment, durable on return; the writer is not held up.

    Raises `CopyError`, also where `copy` exists.
    """
    if not database.is_file():
        raise CopyError(f"There is no database {database}.")
    if copy.exists():
        raise CopyError(f"{copy} exists: name another file.")
    part = copy.with_name(copy.name + ".part")
    try:
        with closing(_reading(database)) as source:
            _copy_pages(source, part)
        found = examine(part)
        os.link(part, copy)  # unlike a renaming, it never overwrites
        _sync(copy.parent)
    except FileExistsError:
        raise CopyError(f"{copy} exists: name another file.") from None
    except (OSError, sqlite3.Error) as error:
        raise CopyError(f"{database} could not be copied to {copy}: {error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return found


def restore(copy: Path, database: Path, now: datetime, *, replace: bool) -> Path | None:
    """Put a copy in the place of the database; the path under which the old one is kept.

    Raises `CopyError`, or `StoreInUseError` while a server runs; nothing has changed then.
    """
    found = examine(copy)
    if found.version > NEWEST:
        raise CopyError(f"{copy} was made by a newer Lobby (tables {found.version}): start that.")
    lock = FileLock(database)
    lock.acquire()
    try:
        if database.exists() and copy.samefile(database):
            raise CopyError(f"{copy} is the database itself.")
        if database.exists() and not replace:
            raise CopyError(f"{database} exists: add --yes to put it aside and take the copy.")
        return _put_in_place(copy, database, now)
    except (OSError, sqlite3.Error) as error:
        raise CopyError(f"{copy} could not be put back: {error}.") from error
    finally:
        lock.release()


def _put_in_place(copy: Path, database: Path, now: datetime) -> Path | None:
    part = database.with_name(database.name + ".part")
    part.unlink(missing_ok=True)
    with closing(_reading(copy)) as source:
        _copy_pages(source, part)
    kept = _put_aside(database, now) if database.exists() else None
    part.rename(database)
    _sync(database.parent)
    return kept


def _put_aside(database: Path, now: datetime) -> Path:
    kept = database.with_name(f"{database.name}.before-{now:%Y%m%dT%H%M%S}")
    if kept.exists():
        raise CopyError(f"{kept} exists: wait a second.")
    for companion in COMPANIONS:
        beside = database.with_name(database.name + companion)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + companion))
    database.rename(kept)
    return kept


def _copy_pages(source: sqlite3.Connection, target: Path) -> None:
    """In one step, so that it is one moment's state; then made one file and durable."""
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    _sync(target)


@contextmanager
def _database(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise CopyError(f"There is no file {path}.")
    try:
        with closing(_reading(path)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise CopyError(f"{path} is no whole database of Lobby: {error}.") from error


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)


def _described(connection: sqlite3.Connection) -> BackupInfo:
    version = _version(connection)
    events, latest_at = connection.execute("SELECT count(*), max(at) FROM events").fetchone()
    return BackupInfo(version, events, None if latest_at is None else from_microseconds(latest_at))


def _version(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("its tables have no version")
    return str(row[0])


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
