"""The one thread that writes: it commits together whatever waits, then tells who asked.

Group commit without a timer: while one commit is on its way to the disk the next batch gathers.
Work that records through `Transaction.record_*` is decided in memory and leaves nothing behind
when it refuses, so its rows are written in bulk at the end of the batch; work that speaks SQL
itself gets a savepoint. A batch that the database will not take is tried again one by one.

A connection that is lost is made anew. Whether a commit that was on its way then took place is
asked of the database itself, which keeps the number of this process's last batch.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from time import monotonic, perf_counter, sleep
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from lobby.store.engine import WriteAccess
from lobby.store.errors import OutcomeUnknownError, StoreInUseError
from lobby.store.errors import StoreUnavailableError as StoreUnavailableError
from lobby.store.postgres import affects_all, is_lost, is_standby
from lobby.store.sqlite import is_fatal
from lobby.store.transaction import Transaction

log = logging.getLogger(__name__)

BATCH_MAX = 256
"""Enough to share one commit among all the kiosks there are, few enough to answer in time."""

COMES_BACK_WITHIN_S = 5.0
"""A server that starts again, or a standby that takes over, needs a second or two. So long whoever
asked just then waits; who asks later, while it is away, is told at once."""

TRY_EVERY_S = 0.25
"""How often a connection is tried that could not be made."""


class Work(Protocol):
    """One thing to write. `perform` runs inside the transaction and may raise: then it alone is
    dropped. Exactly one of `committed` and `failed` follows at the end, in the writer's thread;
    `rolled_back` comes whenever the transaction was undone, before another try or the failure.
    """

    speaks_sql: bool
    branch_id: str | None
    """The branch on whose newest hall it decides."""

    def perform(self, transaction: Transaction) -> Any: ...

    def committed(self, result: Any) -> Callable[[], None] | None:
        """What to do in the event loop now that `result` is durable."""

    def failed(self, error: Exception) -> Callable[[], None] | None: ...

    def rolled_back(self) -> None: ...


Deliver = Callable[[list[Callable[[], None]]], None]
"""Hands callbacks to the event loop, in order."""

Done = list[tuple[Work, Any, Exception | None]]
"""What each work of a batch gave, or why it alone was dropped."""


@dataclass(slots=True)
class WriterFigures:
    """A batch of refusals only is none of the `commits`."""

    commits: int = 0
    works: int = 0
    commit_s: float = 0.0


class Writer:
    """`on_fatal` ends the process; `on_return` comes after each connection but the first."""

    def __init__(
        self,
        access: WriteAccess,
        deliver: Deliver,
        on_fatal: Callable[[], None],
        on_return: Callable[[], None],
    ) -> None:
        self._access = access
        self._deliver = deliver
        self._on_fatal = on_fatal
        self._on_return = on_return
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="lobby-writer", daemon=True)
        self._batches = count(1)
        self._away: Exception | None = None
        self._try_again_at_s = 0.0
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
        self._transaction()
        while batch := self._next_batch():
            self._write(batch)
        self._access.disconnect()

    def _next_batch(self) -> list[Work]:
        """Waits for the first work, takes what else is there; empty means: stop."""
        batch: list[Work] = []
        first = self._first_work()
        while first is not None:
            batch.append(first)
            if len(batch) == BATCH_MAX or self._queue.empty():
                return batch
            first = self._queue.get()
        if batch:
            self._queue.put(None)
        return batch

    def _first_work(self) -> Work | None:
        """A database that is away is looked for also while nobody asks for anything."""
        while self._away is not None:
            try:
                return self._queue.get(timeout=TRY_EVERY_S)
            except queue.Empty:
                self._transaction()
        return self._queue.get()

    def _transaction(self) -> Transaction | None:
        """On a connection that is there or can be made at once; None while the database is away."""
        if self._away is not None and monotonic() < self._try_again_at_s:
            return None
        before = self._access.sole_since
        try:
            connection = self._access.connect()
        except (SQLAlchemyError, StoreInUseError) as error:
            if self._away is None:
                log.error("the database is away: %s", error)
            self._away, self._try_again_at_s = error, monotonic() + TRY_EVERY_S
            return None
        self._away = None
        if self._access.sole_since != before:
            log.warning("the database is back")
            self._on_return()
        return Transaction(connection, self._access.sole_since)

    def _write(self, batch: list[Work], *, again: bool = False) -> None:
        transaction = self._transaction()
        if transaction is None:
            self._refuse(batch, StoreUnavailableError(f"the database is away: {self._away}"))
        else:
            self._commit_together(transaction, batch, again=again)

    def _commit_together(
        self, transaction: Transaction, batch: list[Work], *, again: bool = False
    ) -> None:
        began = perf_counter()
        number = next(self._batches)
        done: Done = []
        try:
            branch_ids = {work.branch_id for work in batch if work.branch_id is not None}
            self._access.prepare(number, branch_ids)
            with transaction.committed():
                self._perform_all(transaction, batch, done)
                is_written = transaction.connection.in_transaction()
        except SQLAlchemyError as error:
            transaction.forget()
            if is_lost(error) or is_standby(error):
                self._after_loss(batch, number, done, error, again=again)
            else:
                self._after_rollback(transaction, batch, error)
            return
        if is_written:
            self.figures.commits += 1
            self.figures.commit_s += perf_counter() - began
        self._tell(done)

    def _perform_all(self, transaction: Transaction, batch: list[Work], done: Done) -> None:
        """`done` is complete only when all rows are written."""
        outcomes: Done = []
        for work in batch:
            try:
                outcomes.append((work, transaction.perform(work), None))
            except SQLAlchemyError:
                raise
            except Exception as refusal:  # noqa: BLE001 - handed to whoever asked
                outcomes.append((work, None, refusal))
        transaction.flush()
        done.extend(outcomes)

    def _tell(self, done: Done) -> None:
        self.figures.works += len(done)
        outcomes = (
            work.committed(result) if error is None else work.failed(error)
            for work, result, error in done
        )
        self._deliver([callback for callback in outcomes if callback is not None])

    def _after_loss(
        self,
        batch: list[Work],
        number: int,
        done: Done,
        error: SQLAlchemyError,
        *,
        again: bool,
    ) -> None:
        """`done` says that the commit was on its way. What is lost twice in a row is given up: it
        may be what breaks the connection."""
        log.error("the connection to the database is lost: %s", error)
        self._access.disconnect()
        kept = self._has_kept(number, on_its_way=bool(done))
        if kept:
            self._tell(done)
            return
        for work in batch:
            work.rolled_back()
        if kept is False and not again:
            self._write(batch, again=True)
            return
        unsure = kept is None and done
        kind = OutcomeUnknownError if unsure else StoreUnavailableError
        self._fail(batch, kind(str(self._away or error)))

    def _has_kept(self, number: int, *, on_its_way: bool) -> bool | None:
        """None where the database does not come back in time to say so."""
        deadline = monotonic() + COMES_BACK_WITHIN_S
        while monotonic() < deadline:
            transaction = self._transaction()
            if transaction is None:
                sleep(TRY_EVERY_S / 5)
                continue
            if not on_its_way:
                return False
            try:
                return self._access.has_kept(transaction.connection, number)
            except SQLAlchemyError as error:
                log.warning("the database went away again: %s", error)
        return None

    def _after_rollback(
        self, transaction: Transaction, batch: list[Work], error: SQLAlchemyError
    ) -> None:
        if is_fatal(error):
            log.critical("the database's disk fails; stopping before anything more is promised")
            self._on_fatal()
        for work in batch:
            work.rolled_back()
        if len(batch) > 1 and not affects_all(error):
            for work in batch:
                self._write([work])
            return
        log.error("a write was not taken: %s", error)
        self._fail(batch, StoreUnavailableError(str(error)))

    def _refuse(self, batch: list[Work], error: StoreUnavailableError) -> None:
        for work in batch:
            work.rolled_back()
        self._fail(batch, error)

    def _fail(self, batch: list[Work], error: StoreUnavailableError) -> None:
        outcomes = (work.failed(error) for work in batch)
        self._deliver([callback for callback in outcomes if callback is not None])
