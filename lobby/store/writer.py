"""The one thread that writes: it commits together whatever waits, then tells who asked.

Group commit without a timer: while one commit is on its way to the disk the next batch gathers.
Work that records through `Transaction.record_*` is decided in memory and leaves nothing behind
when it refuses, so its rows are written in bulk at the end of the batch; work that speaks SQL
itself gets a savepoint. A batch that the database will not take is tried again one by one.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from lobby.store.transaction import Transaction

log = logging.getLogger(__name__)

BATCH_MAX = 256
"""Enough to share one commit among all the kiosks there are, few enough to answer in time."""


class StoreUnavailableError(Exception):
    """The database cannot take writes now; nothing of what was asked has happened."""


class Work(Protocol):
    """One thing to write. `perform` runs inside the transaction and may raise: then it alone is
    dropped. Exactly one of `committed` and `failed` follows at the end, in the writer's thread;
    `rolled_back` comes whenever the transaction was undone, before another try or the failure.
    """

    speaks_sql: bool

    def perform(self, transaction: Transaction) -> Any: ...

    def committed(self, result: Any) -> Callable[[], None] | None:
        """What to do in the event loop now that `result` is durable."""

    def failed(self, error: Exception) -> Callable[[], None] | None: ...

    def rolled_back(self) -> None: ...


Deliver = Callable[[list[Callable[[], None]]], None]
"""Hands callbacks to the event loop, in order."""


@dataclass(slots=True)
class WriterFigures:
    commits: int = 0
    works: int = 0
    commit_s: float = 0.0


class Writer:
    def __init__(self, engine: Engine, deliver: Deliver, on_fatal: Callable[[], None]) -> None:
        self._engine = engine
        self._deliver = deliver
        self._on_fatal = on_fatal
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="lobby-writer", daemon=True)
        self.figures = WriterFigures()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finishes what waits, then ends."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def submit(self, work: Work) -> None:
        self._queue.put(work)

    def _run(self) -> None:
        with self._engine.connect() as connection:
            while batch := self._next_batch():
                self._commit_together(Transaction(connection), batch)

    def _next_batch(self) -> list[Work]:
        """Waits for the first work, takes what else is there; empty means: stop."""
        batch: list[Work] = []
        first = self._queue.get()
        while first is not None:
            batch.append(first)
            if len(batch) == BATCH_MAX or self._queue.empty():
                return batch
            first = self._queue.get()
        if batch:
            self._queue.put(None)
        return batch

    def _commit_together(self, transaction: Transaction, batch: list[Work]) -> None:
        began = perf_counter()
        try:
            outcomes = self._in_one_transaction(transaction, batch)
        except SQLAlchemyError as error:
            self._after_rollback(transaction, batch, error)
            return
        self.figures.commits += 1
        self.figures.works += len(batch)
        self.figures.commit_s += perf_counter() - began
        self._deliver([callback for callback in outcomes if callback is not None])

    def _in_one_transaction(
        self, transaction: Transaction, batch: list[Work]
    ) -> list[Callable[[], None] | None]:
        done: list[tuple[Work, Any, Exception | None]] = []
        with transaction.connection.begin():
            for work in batch:
                try:
                    done.append((work, transaction.perform(work), None))
                except SQLAlchemyError:
                    raise
                except Exception as refusal:  # noqa: BLE001 - handed to whoever asked
                    done.append((work, None, refusal))
            transaction.flush()
        return [
            work.committed(result) if error is None else work.failed(error)
            for work, result, error in done
        ]

    def _after_rollback(
        self, transaction: Transaction, batch: list[Work], error: SQLAlchemyError
    ) -> None:
        transaction.forget()
        if _is_fatal(error):
            log.critical("the database's disk fails; stopping before anything more is promised")
            self._on_fatal()
        for work in batch:
            work.rolled_back()
        if len(batch) > 1:
            for work in batch:
                self._commit_together(transaction, [work])
            return
        log.error("a write was not taken: %s", error)
        callback = batch[0].failed(StoreUnavailableError(str(error)))
        self._deliver([callback] if callback else [])


def _is_fatal(error: SQLAlchemyError) -> bool:
    return isinstance(error, OperationalError) and "disk I/O error" in str(error)
