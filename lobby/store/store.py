"""The database of this process: open it, write through one thread, read beside it."""

import asyncio
import logging
import os
from collections.abc import Callable
from typing import Any, TypeVar

import anyio.to_thread
from sqlalchemy import Connection as Connection
from sqlalchemy.exc import SQLAlchemyError

from lobby.settings import Database
from lobby.store.engine import mark_keeper, reading_engine, write_access
from lobby.store.epochs import positions
from lobby.store.errors import StoreUnavailableError
from lobby.store.postgres import is_lost
from lobby.store.tail import Continuity
from lobby.store.transaction import Transaction
from lobby.store.unanswered import LOOK_EVERY_S
from lobby.store.writer import Work, Writer

T = TypeVar("T")
log = logging.getLogger(__name__)


class Store:
    """`open` takes the right to write and starts the writer; `close` lets it finish what waits.

    `on_return` is called in the event loop whenever a lost database is there again: another
    process may have written to it meanwhile.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.on_return: Callable[[], None] = lambda: None
        self._access = write_access(database)
        self._readers = reading_engine(database)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._mark = mark_keeper(database)
        self.writer = Writer(
            self._access,
            self.deliver,
            on_fatal=_stop_at_once,
            on_return=lambda: self.deliver([lambda: self.on_return()]),
            mark=self._mark,
        )

    def open(self) -> None:
        """Raises `StoreInUseError` where another process writes to this database. Needs the event
        loop to be running: results come back to it."""
        self._access.acquire()
        self._loop = asyncio.get_running_loop()
        self.writer.start()

    def close(self) -> None:
        """The writer's connection goes last: that one moves SQLite's log into the file."""
        self._readers.dispose()
        self.writer.stop()
        self._mark.close()
        self._access.release()

    @property
    def continuity(self) -> Continuity:
        """Whether the database goes on where the one in its place ended, once it is open."""
        return self._access.continuity

    async def keep_mark(self) -> None:
        """From now on the mark beside the database says how far it has come."""
        await self.write(lambda connection: self._mark.begin(positions(connection)))

    @property
    def sole_since(self) -> int:
        """The connection since which nobody else can have written; what was read before it has to
        be read on."""
        return self._access.sole_since

    async def answer_late_for_ever(self) -> None:
        """Who has asked for a write is answered in time, also by a writer that hangs."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            self.writer.unanswered.answer_late()

    def is_sole(self) -> bool:
        """Whether a second process that wants to write would still be kept out."""
        return self._access.is_sole()

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in the writer's transaction, in a savepoint of its own; durable on return."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.writer.submit(SqlWork(work, future))
        return await future

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on a read-only connection beside the event loop."""
        return await anyio.to_thread.run_sync(self.read_now, work)

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """Raises `StoreUnavailableError` where the database is away: one lost connection is not
        enough, for then all of the pool are lost and the next is new."""
        try:
            return self._read_once(work)
        except SQLAlchemyError as error:
            if not is_lost(error):
                raise
        try:
            return self._read_once(work)
        except SQLAlchemyError as error:
            raise StoreUnavailableError(str(error)) from error

    def _read_once(self, work: Callable[[Connection], T]) -> T:
        with self._readers.connect() as connection:
            return work(connection)

    def deliver(self, callbacks: list[Callable[[], None]]) -> None:
        assert self._loop is not None, "the writer runs only while the store is open"
        if callbacks and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_run_all, callbacks)


class SqlWork(Work):
    """A function that speaks SQL, and the future that waits for its result."""

    speaks_sql = True
    branch_id = None

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
