"""The database of this process: open it, write through one thread, read beside it."""

import asyncio
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio.to_thread
from sqlalchemy import Connection

from lobby.store.engine import FileLock, reading_engine, writing_engine
from lobby.store.transaction import Transaction
from lobby.store.writer import Work, Writer

T = TypeVar("T")
log = logging.getLogger(__name__)


class Store:
    """`open` takes the file's lock and starts the writer; `close` lets it finish what waits."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path)
        self._readers = reading_engine(path)
        self._writing = writing_engine(path)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.writer = Writer(self._writing, self._deliver, on_fatal=_stop_at_once)

    def open(self) -> None:
        """Raises `StoreInUseError` where another process writes to this file. Needs the event
        loop to be running: results come back to it."""
        self._lock.acquire()
        self._loop = asyncio.get_running_loop()
        self.writer.start()

    def close(self) -> None:
        """The writer's connection goes last: that one moves the log into the database file."""
        self._readers.dispose()
        self.writer.stop()
        self._writing.dispose()
        self._lock.release()

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in the writer's transaction, in a savepoint of its own; durable on return."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.writer.submit(SqlWork(work, future))
        return await future

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on a read-only connection beside the event loop."""
        return await anyio.to_thread.run_sync(self.read_now, work)

    def read_now(self, work: Callable[[Connection], T]) -> T:
        with self._readers.connect() as connection:
            return work(connection)

    def _deliver(self, callbacks: list[Callable[[], None]]) -> None:
        assert self._loop is not None, "the writer runs only while the store is open"
        if callbacks and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_run_all, callbacks)


class SqlWork(Work):
    """A function that speaks SQL, and the future that waits for its result."""

    speaks_sql = True

    def __init__(self, work: Callable[[Connection], T], future: asyncio.Future[T]) -> None:
        self._work = work
        self._future = future

    def perform(self, transaction: Transaction) -> Any:
        return self._work(transaction.connection)

    def committed(self, result: Any) -> Callable[[], None]:
        return lambda: settle(self._future, result)

    def failed(self, error: Exception) -> Callable[[], None]:
        return lambda: settle(self._future, error)

    def rolled_back(self) -> None:
        """Nothing was kept outside the transaction."""


def settle(future: asyncio.Future[Any], outcome: Any) -> None:
    """Give the waiting handler its result or exception, unless it has gone away."""
    if future.done():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)


def _run_all(callbacks: list[Callable[[], None]]) -> None:
    """One that fails keeps nobody else waiting."""
    for callback in callbacks:
        try:
            callback()
        except Exception:
            log.exception("a write is durable, but who was told of it failed")


def _stop_at_once() -> None:
    """A disk that fails to sync may have lost what it said it kept: promise nothing more."""
    os._exit(70)
