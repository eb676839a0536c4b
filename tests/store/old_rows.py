"""Rows as an older program may have left them: two in each table of any revision."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Enum, MetaData, Table, insert, select
from sqlalchemy import types as sql

from lobby.store.columns import Table as OurTable

Rows = dict[str, list[dict[str, Any]]]
ROWS = 2


def fill(connection: Connection) -> Rows:
    """Something in each column, also in those that may be empty, all of the first branch."""
    for table in _tables(connection):
        connection.execute(insert(table), [_row(table, number) for number in range(ROWS)])
    return rows_of(connection)


def rows_of(connection: Connection) -> Rows:
    return {
        table.name: [dict(row) for row in connection.execute(_in_order(table)).mappings()]
        for table in _tables(connection)
    }


def changed(before: Rows, after: Rows) -> list[str]:
    """The tables in which something else stands now, in the columns that both know."""
    return [
        name
        for name in sorted(before.keys() & after.keys())
        if [_known(row, after[name][0]) for row in before[name]]
        != [_known(row, before[name][0]) for row in after[name]]
    ]


def _known(row: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key in other}


def _tables(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def _in_order(table: Table) -> Any:
    return select(table).order_by(*table.primary_key)


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(table, column, number) for column in table.columns}


def _value(table: Table, column: Any, number: int) -> Any:
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return _value(
            key.column.table, key.column, 0 if key.column.table.name == "branches" else number
        )
    words = _words(table.name, column.name)
    if words:
        return words[number % len(words)]
    match column.type:
        case sql.JSON():
            return {"en": f"{column.name} {number}"}
        case sql.Boolean():
            return bool(number)
        case sql.Date():
            return date(2026, 3, 1 + number)
        case sql.Integer() | sql.Float():
            return number + 1
        case sql.LargeBinary():
            return f"{number}{column.name[:3]}".encode()
        case _:
            return f"{number}{column.name[:3]}"[: column.type.length or None]


def _words(table: str, column: str) -> list[str]:
    """What a column of states or kinds may hold."""
    known = OurTable.metadata.tables.get(table)
    if known is None or column not in known.c:
        return []
    kind = known.c[column].type
    return list(kind.enums) if isinstance(kind, Enum) else []
