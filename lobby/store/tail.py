"""Before a database file is used: whether its end is there, and whether it is the file of before.

A crash leaves the file and its log (-wal) side by side, and the mark at or before the last event:
that is no reason to stop. Everything else that looks like less than there was is one.
"""

import sqlite3
from contextlib import closing
from enum import Enum
from pathlib import Path

from lobby.store.errors import StoreUnavailableError, why_unreadable
from lobby.store.mark import BranchMark, read_mark

IN_USE = 1
"""The `user_version` of a file while it is written to, 0 after an orderly end; in the file itself,
not only in its log."""

USER_VERSION_AT = 60
"""Where SQLite keeps it, four bytes in the header of the file."""


class HistoryLostError(StoreUnavailableError):
    """What was acknowledged is not in this file: one sentence, with what to do."""


class Continuity(Enum):
    """Whether the file goes on where the one before it ended."""

    SAME = "same"
    OTHER = "other"
    """A copy, or nobody can say: versions and numbers must not be taken for those of before."""


def require_tail(database: Path) -> Continuity:
    """Raises `HistoryLostError`."""
    if not database.is_file() or database.stat().st_size == 0:
        return Continuity.SAME
    without_log = is_without_log(database)
    mark = read_mark(database)
    if mark is None:
        if without_log:
            raise HistoryLostError(_no_log(database))
        return Continuity.OTHER
    try:
        with closing(_reading(database)) as connection:
            for branch_id, marked in mark.branches.items():
                _require_branch(database, connection, branch_id, marked)
    except sqlite3.Error as error:
        raise HistoryLostError(why_unreadable(database, error)) from error
    is_same = mark.inode == database.stat().st_ino and not without_log
    return Continuity.SAME if is_same else Continuity.OTHER


def log_beside(database: Path) -> Path:
    return database.with_name(database.name + "-wal")


def _require_branch(
    database: Path, connection: sqlite3.Connection, branch_id: str, marked: BranchMark
) -> None:
    newest = _newest_epoch(connection, branch_id)
    if newest is not None and newest[1] == marked.epoch:
        return  # put in its place by `lobby restore`, or known to be a copy
    version = connection.execute(
        "SELECT coalesce(max(version), 0) FROM events WHERE branch_id = ?", (branch_id,)
    ).fetchone()[0]
    if version < marked.version or newest is None or newest[0] != marked.epoch:
        raise HistoryLostError(_too_short(database, branch_id, version, marked.version))
    if _digest(connection, branch_id, marked.version) != marked.digest:
        raise HistoryLostError(_changed(database, branch_id, marked.version))


def _newest_epoch(connection: sqlite3.Connection, branch_id: str) -> tuple[str, str] | None:
    row: tuple[str, str] | None = connection.execute(
        "SELECT epoch, replaced FROM epochs WHERE branch_id = ? ORDER BY ordinal DESC LIMIT 1",
        (branch_id,),
    ).fetchone()
    return row


def _digest(connection: sqlite3.Connection, branch_id: str, version: int) -> str:
    row = connection.execute(
        "SELECT digest FROM events WHERE branch_id = ? AND version = ?", (branch_id, version)
    ).fetchone()
    return (row[0] or "") if row else ""


def is_without_log(database: Path) -> bool:
    """Whether it was written to when its process ended, and the log with the last acts is gone."""
    return database.is_file() and _was_in_use(database) and not has_log(database)


def has_log(database: Path) -> bool:
    """Reading alone may leave an empty one behind."""
    log = log_beside(database)
    return log.exists() and log.stat().st_size > 0


def _was_in_use(database: Path) -> bool:
    with database.open("rb") as file:
        file.seek(USER_VERSION_AT)
        return int.from_bytes(file.read(4)) == IN_USE


def _reading(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=10)


def _no_log(database: Path) -> str:
    return (
        f"{database} was in use when it was copied, and its log {log_beside(database).name}, which "
        "holds the last acts, is not beside it: put that file there too, or put a backup back "
        "with `lobby restore FILE --yes`."
    )


def _too_short(database: Path, branch_id: str, version: int, marked: int) -> str:
    return (
        f"The end of {database} is missing: the record of {branch_id} had come to event {marked}, "
        f"and this file knows no more than {version} of it. Its log {log_beside(database).name} "
        f"was deleted, or an older file was put in its place. {_REMEDY}"
    )


def _changed(database: Path, branch_id: str, version: int) -> str:
    return (
        f"{database} was changed by somebody else: event {version} of {branch_id} is not the one "
        f"that was kept. {_REMEDY}"
    )


_REMEDY = (
    "Put the right file and its log back; or put a backup back with `lobby restore FILE --yes`, "
    "which gives no number out twice (a copy of this file, if nothing better is left)."
)
