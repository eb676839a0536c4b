"""Connections: one that writes and checkpoints, read-only ones for everybody else.

SQLite before 3.51.3 can corrupt a WAL that two connections write or checkpoint, so there is one
writer, and readers never write. `synchronous=FULL` is not for choice: with NORMAL an acknowledged
ticket is lost at a power cut.
"""

import fcntl
import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another program that reads the file exclusively."""


class StoreInUseError(Exception):
    """Another process has this database open for writing."""


def database_path(database: str) -> Path:
    """The file of a `sqlite:///` URL or of a bare path."""
    return Path(database.removeprefix("sqlite:///"))


def writing_engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(path: Path) -> Engine:
    """Read-only for good: a report can never hold up or harm the writer."""
    url = f"sqlite:///file:{path.resolve()}?mode=ro&uri=true"
    engine = create_engine(url, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA query_only=ON")
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")

    return engine


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
