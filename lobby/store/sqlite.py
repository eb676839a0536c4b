"""An SQLite file: one connection that writes and checkpoints, read-only ones for everybody else.

SQLite before 3.51.3 can corrupt a WAL that two connections write or checkpoint, so there is one
writer, and readers never write. `synchronous=FULL` is not for choice: with NORMAL an acknowledged
ticket is lost at a power cut.
"""

import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from lobby.store.begin import dropped_on_failure
from lobby.store.errors import StoreInUseError, StoreReplacedError, StoreUnavailableError
from lobby.store.tail import IN_USE, Continuity, HistoryLostError, log_beside, require_tail

log = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 10_000
"""How long a command waits for another program that holds the file."""

BUSY_STEP_MS = 250
"""How long the serving writer waits at a time: between two tries it looks who has waited long
enough, and takes in who has come."""


def writing_engine(
    path: Path, *, foreign_keys: bool = True, busy_ms: int = BUSY_TIMEOUT_MS
) -> Engine:
    """Without `foreign_keys` a table may be made anew under its old name, as migrations do."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            f"busy_timeout={busy_ms}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        with dropped_on_failure(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(path: Path) -> Engine:
    url = f"sqlite:///file:{path.resolve()}?mode=ro&uri=true"
    arguments = {"check_same_thread": False}
    engine = create_engine(url, hide_parameters=True, connect_args=arguments)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA query_only=ON")
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")

    return engine


def is_fatal(error: SQLAlchemyError) -> bool:
    """Whether the disk may have lost what it said it kept."""
    return isinstance(error, OperationalError) and "disk I/O error" in str(error)


Identity = tuple[int, int]
"""The device and the number of a file."""


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _not_writable(path: Path, error: OSError) -> str:
    return (
        f"{path.parent} cannot be written to ({(error.strerror or str(error)).lower()}): Lobby "
        "keeps its database, lock and log there. Give the user that runs Lobby the right to write."
    )


def _say_in_use(connection: Connection, value: int) -> None:
    """In the file itself, so that a copy without its log tells of it; while it says so, the log is
    never empty, wherever it is cut short. Where another program holds the file or the disk is full,
    it stays unsaid; a disk that fails raises `sqlite3.Error`."""
    driver = connection.connection.driver_connection
    assert driver is not None, "the connection is open"
    try:
        driver.execute(f"PRAGMA user_version = {value}")
        how = "FULL" if value == IN_USE else "TRUNCATE"
        driver.execute(f"PRAGMA wal_checkpoint({how})").fetchall()
    except sqlite3.Error as error:
        if _is_disk_fault(error):
            raise


def _is_disk_fault(error: sqlite3.Error) -> bool:
    """The low byte of SQLite's code is its kind."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR


def _keep_from_others(path: Path) -> None:
    """Also what an older Lobby made for everybody to read; SQLite gives its log the mode of the
    file. Where the file is another user's, that is for them to do."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError, PermissionError):
            path.with_name(path.name + suffix).chmod(0o600)


class FileLock:
    """Held while a process may write: a second one is told so when it starts."""

    def __init__(self, path: Path) -> None:
        self._database = path
        self._path = path.with_name(path.name + ".lock")
        self._file: int | None = None

    def acquire(self) -> None:
        """Raises `StoreInUseError`."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreUnavailableError(_not_writable(self._path, error)) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            name = self._path.name.removesuffix(".lock")
            raise StoreInUseError(
                f"Another Lobby is running on {name}: stop it first, or name another database."
            ) from error
        self._file = file
        _keep_from_others(self._database)

    def keep(self) -> bool:
        """Whether a second process is still kept out. Where somebody has taken the file away, it is
        made and locked anew, unless a second process was quicker."""
        if self._is_there():
            return True
        lost, self._file = self._file, None
        try:
            self.acquire()
        except (StoreInUseError, StoreUnavailableError):
            self._file = lost
            return False
        if lost is not None:
            os.close(lost)
        log.warning("the lock file was taken away, and has been made anew")
        return True

    def _is_there(self) -> bool:
        """Whether the file that is locked is the one that others would find."""
        if self._file is None:
            return False
        try:
            there = self._path.stat()
        except OSError:
            return False
        ours = os.fstat(self._file)
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class FileAccess:
    """The right to write to a file: its lock, and a connection in the thread that writes."""

    def __init__(self, path: Path, *, is_migrating: bool = False) -> None:
        self._lock = FileLock(path)
        busy_ms = BUSY_TIMEOUT_MS if is_migrating else BUSY_STEP_MS
        self._engine = writing_engine(path, foreign_keys=not is_migrating, busy_ms=busy_ms)
        self._connection: Connection | None = None
        self._path = path
        self._files: dict[Path, Identity] = {}
        self._says_in_use = not is_migrating  # nobody misses what a migration has not committed
        self.sole_since = 1
        self.continuity = Continuity.SAME

    def acquire(self) -> None:
        self._lock.acquire()
        try:
            self.continuity = require_tail(self._path)
        except HistoryLostError:
            self._lock.release()
            raise

    def connect(self) -> Connection:
        if self._connection is None or self._connection.invalidated:
            self.disconnect()
            connection = self._engine.connect()
            if self._says_in_use:
                _say_in_use(connection, IN_USE)
            self._connection = connection
            beside = (self._path, log_beside(self._path))
            self._files = {path: found for path in beside if (found := _identity(path))}
        self._require_in_place()
        return self._connection

    def disconnect(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError, StoreReplacedError, sqlite3.Error):
                self._require_in_place()
                _say_in_use(self._connection, 0)
            self._connection.close()
            self._connection = None

    def _require_in_place(self) -> None:
        """Whoever writes into a file that was moved or deleted keeps nothing."""
        for path, opened in self._files.items():
            if _identity(path) != opened:
                raise StoreReplacedError(
                    f"{path} was replaced or deleted while Lobby was running, so nothing is taken "
                    "any more: stop Lobby, then put it back, or a backup with `lobby restore`."
                )

    def prepare(self, batch: int, branch_ids: Iterable[str]) -> None:
        """`BEGIN IMMEDIATE` locks all there is."""

    def has_kept(self, connection: Connection, batch: int) -> bool:
        raise AssertionError("a file is not lost and found: a commit succeeds or is undone")

    def is_sole(self) -> bool:
        return self._lock.keep()

    def release(self) -> None:
        self._engine.dispose()
        self._lock.release()
