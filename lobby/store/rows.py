"""Rows read as the values that the program works with: a value names columns of its table.

A table is declared once, with what may stand in each column; a value takes from it the columns that
are named like its fields, and their types come along.
"""

from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Select, Table, select

T = TypeVar("T")


def columns_of(table: Table, kind: type[Any]) -> tuple[Column[Any], ...]:
    """Those that a value of this kind is made of. A field that no column bears is a bug."""
    return tuple(table.c[name] for name in kind.__dataclass_fields__)


def select_as(table: Table, kind: type[Any], branch_id: str) -> Select[Any]:
    """What this branch has of it; to be narrowed and put in order."""
    return select(*columns_of(table, kind)).where(table.c.branch_id == branch_id)


def read_as(connection: Connection, kind: type[T], query: Select[Any]) -> list[T]:
    return [kind(**row._mapping) for row in connection.execute(query)]
