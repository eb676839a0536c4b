"""An SQLite file: one connection that writes and checkpoints, read-only ones for everybody else.

SQLite before 3.51.3 can corrupt a WAL that two connections write or checkpoint, so there is one
writer, and readers never write. `synchronous=FULL` is not for choice: with NORMAL an acknowledged
ticket is lost at a power cut.
"""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from lobby.store.errors import StoreInUseError

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another program that reads the file exclusively."""


def writing_engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """Without `foreign_keys` a table may be made anew under its old name, as migrations do."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
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


class FileLock:
    """Held while a process may write: a second one is told so when it starts."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".lock")
        self._file: int | None = None

    def acquire(self) -> None:
        """Raises `StoreInUseError`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            name = self._path.name.removesuffix(".lock")
            raise StoreInUseError(
                f"Another Lobby is running on {name}: stop it first, or name another database."
            ) from error
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class FileAccess:
    """The right to write to a file: its lock, and a connection in the thread that writes."""

    def __init__(self, path: Path, *, foreign_keys: bool = True) -> None:
        self._lock = FileLock(path)
        self._engine = writing_engine(path, foreign_keys=foreign_keys)
        self._connection: Connection | None = None
        self.sole_since = 1

    def acquire(self) -> None:
        self._lock.acquire()

    def connect(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def prepare(self, batch: int, branch_ids: Iterable[str]) -> None:
        """`BEGIN IMMEDIATE` locks all there is."""

    def has_kept(self, connection: Connection, batch: int) -> bool:
        raise AssertionError("a file is not lost and found: a commit succeeds or is undone")

    def release(self) -> None:
        self._engine.dispose()
        self._lock.release()
