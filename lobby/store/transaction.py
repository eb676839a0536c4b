"""One batch on its way to one commit: rows gathered in memory, written in bulk at the end."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import SQLAlchemyError

from lobby.store.bulk_rows import Row, write_rows
from lobby.store.tables import ACTS, EVENTS, SITTINGS, VISITS
from lobby.store.tables_waits import SERVINGS

if TYPE_CHECKING:
    from lobby.store.writer import Work


class Transaction:
    """Nothing is begun before there is something to run. `sole_since` names the connection since
    which nobody else can have written: a hall that was read under another one has to be read on
    before anything is decided on it."""

    def __init__(self, connection: Connection, sole_since: int = 1) -> None:
        self.connection = connection
        self.sole_since = sole_since
        self.forget()

    def perform(self, work: "Work") -> Any:
        if not work.speaks_sql:
            return work.perform(self)
        with self.connection.begin_nested():
            return work.perform(self)

    def record_act(self, row: Row) -> None:
        self._acts.append(row)

    def record_event(self, row: Row) -> None:
        self._events.append(row)

    def record_visit(self, row: Row) -> None:
        """The visit as it now stands; the last of a batch is the one written."""
        self._visits[row["branch_id"], row["business_day"], row["number"]] = row

    def record_sitting(self, row: Row) -> None:
        self._sittings[row["branch_id"], row["counter"], row["opened_at"]] = row

    def record_serving(self, row: Row) -> None:
        key = (row["branch_id"], row["business_day"], row["number"], row["ordinal"])
        self._servings[key] = row

    def record_statement(self, statement: Executable) -> None:
        """For what happens now and then: run after the rows of the batch, in this order."""
        self._statements.append(statement)

    @contextmanager
    def committed(self) -> Iterator[None]:
        """Begun by the first statement and committed in the end, or undone: where none was run,
        nothing was begun, and nothing waits for the disk."""
        try:
            yield
            self.connection.commit()
        except BaseException:
            with suppress(SQLAlchemyError):  # the first error says what happened
                self.connection.rollback()
            raise

    def flush(self) -> None:
        write_rows(self.connection, ACTS, self._acts)
        write_rows(self.connection, EVENTS, self._events)
        for table, rows in (
            (VISITS, self._visits),
            (SITTINGS, self._sittings),
            (SERVINGS, self._servings),
        ):
            write_rows(self.connection, table, list(rows.values()), replacing=True)
        for statement in self._statements:
            self.connection.execute(statement)
        self.forget()

    def forget(self) -> None:
        self._acts: list[Row] = []
        self._events: list[Row] = []
        self._visits: dict[tuple[Any, ...], Row] = {}
        self._sittings: dict[tuple[Any, ...], Row] = {}
        self._servings: dict[tuple[Any, ...], Row] = {}
        self._statements: list[Executable] = []
