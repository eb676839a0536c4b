"""Many rows of one table in one statement.

On SQLite the statement and what turns each value into its column's form are taken from SQLAlchemy
once, and the driver runs it with the rows as they are: putting the same statement together anew for
each batch costs more than running it. Every other engine gets the statement itself.
"""

import sqlite3
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Date, Enum, Executable, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

Row = dict[str, Any]
"""Values by column; every row of a table has the same columns."""

Convert = Callable[[Any], Any]

DIALECT = sqlite.dialect()
DATES_KEPT = 8
"""A batch has one business day, or two at midnight."""


def write_rows(
    connection: Connection, table: Table, rows: Sequence[Row], *, replacing: bool = False
) -> None:
    """Insert them; with `replacing` a row that is there already gets everything but its key and
    what is kept. Raises `SQLAlchemyError`, whichever way it is done."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _prepared(table, replacing).write(connection, rows)
    else:
        connection.execute(statement_for(table, connection.dialect.name, replacing), rows)


@cache
def statement_for(table: Table, dialect_name: str, replacing: bool) -> Executable:
    """Made once: putting it together takes longer than running it."""
    if not replacing:
        return insert(table)
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    statement = dialect.insert(table)
    keys = [column.name for column in table.primary_key]
    moving = [c.name for c in table.c if c.name not in keys and not c.info.get("kept")]
    changed = {name: statement.excluded[name] for name in moving}
    replaced: Insert = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return replaced


@cache
def _prepared(table: Table, replacing: bool) -> "PreparedRows":
    return PreparedRows(table, statement_for(table, "sqlite", replacing))


class PreparedRows:
    """One statement for SQLite's own driver, with what its values go through."""

    def __init__(self, table: Table, statement: Executable) -> None:
        compiled = statement.compile(dialect=DIALECT)  # type: ignore[attr-defined]
        self._text = str(compiled)
        names = compiled.positiontup
        self._values = itemgetter(*names)
        self._converts = [
            (index, convert)
            for index, name in enumerate(names)
            if (convert := _convert(table, name)) is not None
        ]

    def write(self, connection: Connection, rows: Sequence[Row]) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None, "the connection is open"
        if not connection.in_transaction():
            connection.begin()
        try:
            driver.executemany(self._text, [self._parameters(row) for row in rows])
        except Exception as error:
            raise DBAPIError.instance(
                self._text, None, error, sqlite3.Error, hide_parameters=True, dialect=DIALECT
            ) from error

    def _parameters(self, row: Row) -> list[Any]:
        values = list(self._values(row))
        for index, convert in self._converts:
            if values[index] is not None:
                values[index] = convert(values[index])
        return values


def _convert(table: Table, name: str) -> Convert | None:
    """What the column's type makes of a value that is there; None leaves it as it is."""
    if isinstance(table.c[name].type, Enum):
        return str  # the database itself checks the word
    kind = table.c[name].type.dialect_impl(DIALECT)
    convert: Convert | None = kind.bind_processor(DIALECT)
    if convert is not None and isinstance(table.c[name].type, Date):
        return lru_cache(DATES_KEPT)(convert)
    return convert
