"""The one thread that writes: it commits together whatever waits, then tells who asked.

Group commit without a timer: while one commit is on its way to the disk the next batch gathers.
Work that records through `Transaction.record_*` is decided in memory and leaves nothing behind
when it refuses, so its rows are written in bulk at the end of the batch; work that speaks SQL
itself gets a savepoint. A batch that the database will not take is tried again one by one.

A connection that is lost is made anew. Whether a commit that was on its way then took place is
asked of the database itself, which keeps the number of this process's last batch.

While another program holds the file, whoever asks waits, each until their own deadline; what has
expired is never begun. A fault of our own before the commit costs only the work that has it. After
the commit, or outside any batch, memory can no longer be trusted: the process ends.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from time import monotonic, perf_counter

from sqlalchemy.exc import SQLAlchemyError

from lobby.store.engine import WriteAccess
from lobby.store.errors import OutcomeUnknownError, Trouble
from lobby.store.errors import StoreUnavailableError as StoreUnavailableError
from lobby.store.mark import MarkKeeper, NoMark
from lobby.store.postgres import affects_all, is_lost, is_standby
from lobby.store.sqlite import is_fatal
from lobby.store.transaction import HalfRecordedError, Transaction
from lobby.store.troubles import is_locked, trouble_of
from lobby.store.unanswered import Unanswered
from lobby.store.work import WITHIN_S, Deliver, Done
from lobby.store.work import Work as Work
from lobby.store.write_health import WriteHealth
from lobby.store.writer_connection import TRY_EVERY_S, WriterConnection

log = logging.getLogger(__name__)

BATCH_MAX = 256
"""Enough to share one commit among all the kiosks there are, few enough to answer in time."""


@dataclass(slots=True)
class WriterFigures:
    """A batch of refusals only is none of the `commits`."""

    commits: int = 0
    works: int = 0
    commit_s: float = 0.0


class Writer:
    """`on_fatal` ends the process; `on_return` comes after each connection but the first.
    `unanswered` is for the event loop."""

    def __init__(
        self,
        access: WriteAccess,
        deliver: Deliver,
        on_fatal: Callable[[], None],
        on_return: Callable[[], None],
        mark: MarkKeeper | None = None,
    ) -> None:
        self._access = access
        self._mark = mark or NoMark()
        self._connection = WriterConnection(access, on_return, self._mark)
        self._deliver = deliver
        self._on_fatal = on_fatal
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="lobby-writer", daemon=True)
        self._batches = count(1)
        self._held: list[Work] = []
        self.figures = WriterFigures()
        self.health = WriteHealth()
        self.unanswered = Unanswered(self.health)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finishes what waits, then ends."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def submit(self, work: Work) -> None:
        """In the event loop, which then answers what the thread leaves unanswered."""
        work.expires_at_s = monotonic() + WITHIN_S
        self.unanswered.note(work)
        self._queue.put(work)

    def _run(self) -> None:
        try:
            self._connection.transaction()
            while batch := self._next_batch():
                self._write(batch)
            self._connection.disconnect()
        except BaseException:
            log.critical("the writer's thread has failed; stopping at once", exc_info=True)
            self._on_fatal()

    def _next_batch(self) -> list[Work]:
        """Waits for the first work, takes what else is there; empty means: stop."""
        batch, self._held = self._held, []
        if not batch:
            first = self._first_work()
            if first is None:
                return batch
            batch.append(first)
        while len(batch) < BATCH_MAX and not self._queue.empty():
            work = self._queue.get()
            if work is None:
                self._queue.put(None)
                break
            batch.append(work)
        return batch

    def _first_work(self) -> Work | None:
        """A database that is away is looked for also while nobody asks for anything."""
        while self._connection.is_away:
            try:
                return self._queue.get(timeout=TRY_EVERY_S)
            except queue.Empty:
                self._connection.transaction()
        while (due_in_s := self._mark.due_in_s) is not None:
            try:
                return self._queue.get(timeout=due_in_s)
            except queue.Empty:
                self._mark.write()
        return self._queue.get()

    def _write(self, batch: list[Work], *, again: bool = False) -> None:
        batch = self._in_time(batch)
        transaction = self._connection.transaction() if batch else None
        if transaction is not None:
            self._commit_together(transaction, batch, again=again)
        elif batch:
            self._refuse(batch, self._connection.refusal())

    def _in_time(self, batch: list[Work]) -> list[Work]:
        """Marked as begun first, then looked at: whoever finds a work unmarked after its deadline
        may say for certain that it will not be done."""
        late: list[Work] = []
        for work in batch:
            work.is_begun = True
            if monotonic() >= work.expires_at_s:
                late.append(work)
        if not late:
            return batch
        trouble = self.health.trouble or Trouble.SLOW
        self._fail(late, StoreUnavailableError("it has waited too long", trouble))
        return [work for work in batch if work not in late]

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
            elif is_locked(error):
                self._hold(batch)
            else:
                self._after_rollback(batch, error)
            return
        except Exception as error:  # noqa: BLE001 - undone as any other batch, and logged
            transaction.forget()
            self._after_fault(batch, error)
            return
        if is_written:
            self.figures.commits += 1
            self.figures.commit_s += perf_counter() - began
            self.health.succeeded()
        self._tell(done)

    def _perform_all(self, transaction: Transaction, batch: list[Work], done: Done) -> None:
        """`done` is complete only when all rows are written."""
        outcomes: Done = []
        for work in batch:
            try:
                outcomes.append((work, transaction.perform(work), None))
            except (SQLAlchemyError, HalfRecordedError):
                raise
            except Exception as refusal:  # noqa: BLE001 - handed to whoever asked
                outcomes.append((work, None, refusal))
        transaction.flush()
        done.extend(outcomes)

    def _tell(self, done: Done) -> None:
        self.figures.works += len(done)
        for work, _, _ in done:
            work.is_over = True
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
        self._connection.disconnect()
        kept = self._connection.has_kept(number, on_its_way=bool(done))
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
        self._fail(batch, kind(str(self._connection.away or error), Trouble.AWAY))

    def _hold(self, batch: list[Work]) -> None:
        """Another program holds the file, and nothing was begun: all of it goes to the head of the
        next batch, with whoever has come meanwhile."""
        if self.health.trouble is not Trouble.LOCKED:
            log.warning("another program holds the database")
        self.health.failed(Trouble.LOCKED)
        for work in batch:
            work.rolled_back()
            work.is_begun = False
        self._held.extend(batch)

    def _after_rollback(self, batch: list[Work], error: SQLAlchemyError) -> None:
        if is_fatal(error):
            log.critical("the database's disk fails; stopping before anything more is promised")
            self._on_fatal()
        for work in batch:
            work.rolled_back()
        if len(batch) > 1 and not affects_all(error):
            self._write_one_by_one(batch)
            return
        log.error("a write was not taken: %s", error)
        self._fail(batch, StoreUnavailableError(str(error), trouble_of(error)))

    def _after_fault(self, batch: list[Work], error: Exception) -> None:
        for work in batch:
            work.rolled_back()
        if len(batch) > 1:
            self._write_one_by_one(batch)
            return
        log.error("a write was not done for a fault of our own", exc_info=error)
        self._fail(batch, StoreUnavailableError(repr(error), Trouble.FAULT))

    def _write_one_by_one(self, batch: list[Work]) -> None:
        for work in batch:
            self._write([work])

    def _refuse(self, batch: list[Work], error: StoreUnavailableError) -> None:
        for work in batch:
            work.rolled_back()
        self._fail(batch, error)

    def _fail(self, batch: list[Work], error: StoreUnavailableError) -> None:
        self.health.failed(error.trouble)
        for work in batch:
            work.is_over = True
        outcomes = (work.failed(error) for work in batch)
        self._deliver([callback for callback in outcomes if callback is not None])
