"""One database file in the place of another, in one step: the log of the old one goes first."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from lobby.store.backups import CopyError, sync
from lobby.store.tail import has_log, log_beside


def clear(part: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal", ".lock", ".mark"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def make_one_file(part: Path) -> None:
    """All in the file itself, and durable."""
    with closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA user_version=0")
    sync(part)


def put_in_place(part: Path, database: Path, now: datetime, *, is_damaged: bool) -> Path | None:
    """The old file gets a second name first, then its place is taken at once."""
    kept = None
    if database.exists():
        kept = _free_name(database, now)
        _put_log_away(database, kept, is_damaged=is_damaged)
        os.link(database, kept)
    database.with_name(database.name + "-shm").unlink(missing_ok=True)
    part.rename(database)
    sync(database.parent)
    return kept


def _free_name(database: Path, now: datetime) -> Path:
    """Under which the old database is kept; also where there were several in one second."""
    wanted = database.with_name(f"{database.name}.before-{now:%Y%m%dT%H%M%S}")
    others = (wanted.with_name(f"{wanted.name}-{count}") for count in range(2, 100))
    return next(name for name in (wanted, *others) if not name.exists())


def fold_log_into(database: Path) -> bool:
    """As the next start would have done. Whether all of it is in the file now; a database that is
    damaged keeps its log."""
    if not has_log(database):
        return True
    try:
        with closing(sqlite3.connect(database, timeout=10)) as connection:
            connection.execute("PRAGMA user_version=0")
            query = "PRAGMA wal_checkpoint(TRUNCATE)"
            _, pages, folded = connection.execute(query).fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(pages == folded)


def _put_log_away(database: Path, kept: Path, *, is_damaged: bool) -> None:
    """A log that stays beside the file in its place would be taken for the new one's."""
    log = log_beside(database)
    if fold_log_into(database):
        log.unlink(missing_ok=True)
    elif is_damaged:
        log.rename(log_beside(kept))
    else:
        raise CopyError(f"Somebody reads {database}: wait until that has ended.")
