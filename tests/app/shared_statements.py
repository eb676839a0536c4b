"""Statements in SQL, put into words once in each process that tests instead of once in each
database: a program has one database, but thousands of tests open one each.

A cached statement is found by the dialect it is for, and each engine has a dialect of its own:
those of SQLite are all alike here, so they are made equal.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

STATEMENTS_MAX = 5_000

_statements: LRUCache[Any, Any] = LRUCache(STATEMENTS_MAX)


def share_statements() -> None:
    def is_alike(one: object, other: object) -> bool:
        return type(one) is type(other)

    SQLiteDialect_pysqlite.__eq__ = is_alike  # type: ignore[method-assign]
    SQLiteDialect_pysqlite.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]

    @event.listens_for(Engine, "engine_connect")
    def _use_shared(connection: Connection) -> None:
        if isinstance(connection.dialect, SQLiteDialect_pysqlite):
            connection.execution_options(compiled_cache=_statements)
