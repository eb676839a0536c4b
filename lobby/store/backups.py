"""Copies of the database, taken while it is written to.

Plain `sqlite3`, because a copy is made of pages, not of rows.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lobby.store.timestamps import from_microseconds, to_microseconds


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
        _require_sealed(path, connection)
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
        part.unlink(missing_ok=True)  # left by a backup that was killed
        with closing(reading(database)) as source:
            copy_pages(source, part)
        _seal(part)
        found = examine(part)
        os.link(part, copy)  # unlike a renaming, it never overwrites
        sync(copy.parent)
    except FileExistsError:
        raise CopyError(f"{copy} exists: name another file.") from None
    except (OSError, sqlite3.Error) as error:
        raise CopyError(f"{database} could not be copied to {copy}: {error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return found


def _seal(copy: Path) -> None:
    """Say in the copy itself how far it goes; tables of an older program have no place for that."""
    with closing(sqlite3.connect(copy)) as connection, connection:
        if not _has_seals(connection):
            return
        connection.execute("DELETE FROM seals")
        connection.execute(SEALING, {"at": to_microseconds(datetime.now(UTC))})
    sync(copy)


def _require_sealed(path: Path, connection: sqlite3.Connection) -> None:
    """A copy that was cut short or edited since it was made is no backup any more."""
    if not _has_seals(connection):
        return
    for branch_id, version, fingerprint in connection.execute(
        "SELECT branch_id, version, fingerprint FROM seals"
    ).fetchall():
        if connection.execute(NEWEST_EVENT, (branch_id,)).fetchone() != (version, fingerprint):
            raise CopyError(
                f"{path} was changed since it was made: the record of {branch_id} does not end at "
                f"event {version} as it did then. Take another backup."
            )


def _has_seals(connection: sqlite3.Connection) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE name IN ('seals', 'epochs')"
    return bool(connection.execute(query).fetchone()[0] == 2)


NEWEST_EVENT = """
SELECT version, coalesce(digest, '') FROM events WHERE branch_id = ?
ORDER BY version DESC LIMIT 1
"""

SEALING = """
INSERT INTO seals (branch_id, epoch, version, fingerprint, at)
SELECT branch_id, coalesce(
         (SELECT epoch FROM epochs WHERE epochs.branch_id = last.branch_id
          ORDER BY ordinal DESC LIMIT 1), ''),
       version, coalesce(digest, ''), :at
FROM events AS last
WHERE version = (SELECT max(version) FROM events WHERE events.branch_id = last.branch_id)
"""


def copy_pages(source: sqlite3.Connection, target: Path) -> None:
    """In one step, so that it is one moment's state; then made one file and durable."""
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA user_version=0")
    sync(target)


@contextmanager
def _database(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise CopyError(f"There is no file {path}.")
    try:
        with closing(reading(path)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise CopyError(f"{path} is no whole database of Lobby: {error}.") from error


def reading(path: Path) -> sqlite3.Connection:
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


def sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
