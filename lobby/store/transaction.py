"""One batch on its way to one commit: rows gathered in memory, written in bulk at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import SQLAlchemyError

from lobby.store.bulk_rows import Row, write_rows
from lobby.store.chain import Chain
from lobby.store.mark import MarkKeeper, NoMark
from lobby.store.tables import ACTS, EVENTS, SITTINGS, VISITS
from lobby.store.tables_slips import SLIPS
from lobby.store.tables_waits import SERVINGS

if TYPE_CHECKING:
    from lobby.store.work import Work


class HalfRecordedError(Exception):
    """A work failed after it had recorded an event: the whole batch has to be undone."""


class Transaction:
    """Nothing is begun before there is something to run. `sole_since` names the connection since
    which nobody else can have written: a hall that was read under another one has to be read on
    before anything is decided on it."""

    def __init__(
        self,
        connection: Connection,
        sole_since: int = 1,
        chain: Chain | None = None,
        mark: MarkKeeper | None = None,
    ) -> None:
        self.connection = connection
        self.sole_since = sole_since
        self.last_events: dict[str, Row] = {}
        self._chain = chain or Chain()
        self._mark = mark or NoMark()
        self.forget()

    def perform(self, work: "Work") -> Any:
        """Raises what the work raises, and `HalfRecordedError` where that leaves rows behind."""
        if work.speaks_sql:
            with self.connection.begin_nested():
                return work.perform(self)
        recorded = len(self._events)
        try:
            return work.perform(self)
        except Exception as error:
            if len(self._events) != recorded:
                raise HalfRecordedError from error
            raise

    def record_act(self, row: Row) -> None:
        self._acts.append(row)

    def record_event(self, row: Row) -> None:
        row["digest"] = self._chain.digest_of(self.connection, row)
        self._events.append(row)
        self.last_events[row["branch_id"]] = row

    def record_visit(self, row: Row) -> None:
        """The visit as it now stands; the last of a batch is the one written."""
        key = row["branch_id"], row["business_day"], row["number"]
        self._mark.note_number(*key)
        self._visits[key] = row

    def record_sitting(self, row: Row) -> None:
        self._sittings[row["branch_id"], row["counter"], row["opened_at"]] = row

    def record_serving(self, row: Row) -> None:
        key = (row["branch_id"], row["business_day"], row["number"], row["ordinal"])
        self._servings[key] = row

    def record_slip(self, row: Row) -> None:
        """The slip as it now stands; the last of a batch is the one written."""
        key = row["branch_id"], row["business_day"], row["number"], row["copy_number"]
        self._slips[key] = row

    def record_statement(self, statement: Executable) -> None:
        """For what happens now and then: run after the rows of the batch, in this order."""
        self._statements.append(statement)

    def record_after(self, work: Callable[[Connection], None]) -> None:
        """For what is made from the rows of the batch: run after all of them, in this order."""
        self._afterwards.append(work)

    @contextmanager
    def committed(self) -> Iterator[None]:
        """Begun by the first statement and committed in the end, or undone: where none was run,
        nothing was begun, and nothing waits for the disk."""
        try:
            yield
            self.connection.commit()
        except BaseException:
            self._chain.forget()
            with suppress(SQLAlchemyError):  # the first error says what happened
                self.connection.rollback()
            raise
        self._mark.committed(self.last_events.values())

    def flush(self) -> None:
        write_rows(self.connection, ACTS, self._acts)
        write_rows(self.connection, EVENTS, self._events)
        for table, rows in (
            (VISITS, self._visits),
            (SITTINGS, self._sittings),
            (SERVINGS, self._servings),
            (SLIPS, self._slips),
        ):
            write_rows(self.connection, table, list(rows.values()), replacing=True)
        for statement in self._statements:
            self.connection.execute(statement)
        for work in self._afterwards:
            work(self.connection)
        self.forget()

    def forget(self) -> None:
        self._acts: list[Row] = []
        self._events: list[Row] = []
        self._visits: dict[tuple[Any, ...], Row] = {}
        self._sittings: dict[tuple[Any, ...], Row] = {}
        self._servings: dict[tuple[Any, ...], Row] = {}
        self._slips: dict[tuple[Any, ...], Row] = {}
        self._statements: list[Executable] = []
        self._afterwards: list[Callable[[Connection], None]] = []
