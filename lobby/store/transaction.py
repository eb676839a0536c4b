"""One batch on its way to one commit: rows gathered in memory, written in bulk at the end."""

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Executable, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

from lobby.store.tables import ACTS, EVENTS, SITTINGS, VISITS
from lobby.store.tables_waits import SERVINGS

if TYPE_CHECKING:
    from lobby.store.writer import Work

Row = dict[str, Any]


class Transaction:
    """`sole_since` names the connection since which nobody else can have written: a hall that was
    read under another one has to be read on before anything is decided on it."""

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

    def flush(self) -> None:
        if self._acts:
            self.connection.execute(insert(ACTS), self._acts)
        if self._events:
            self.connection.execute(insert(EVENTS), self._events)
        if self._visits:
            statement = upsert(VISITS, self.connection.dialect.name)
            self.connection.execute(statement, list(self._visits.values()))
        for table, rows in ((SITTINGS, self._sittings), (SERVINGS, self._servings)):
            if rows:
                statement = upsert(table, self.connection.dialect.name)
                self.connection.execute(statement, list(rows.values()))
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


@cache
def upsert(table: Table, dialect_name: str) -> Executable:
    """Insert, or replace everything but the key and what is kept. Made once: putting it together
    takes longer than running it."""
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    statement = dialect.insert(table)
    keys = [column.name for column in table.primary_key]
    moving = [c.name for c in table.c if c.name not in keys and not c.info.get("kept")]
    changed = {name: statement.excluded[name] for name in moving}
    replacing: Executable = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return replacing
