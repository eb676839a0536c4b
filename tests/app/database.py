"""Databases for tests: made once in each process, then copied for every test.

The migrations take about a tenth of a second, a copy of the finished file a quarter of a
millisecond.
"""

from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from lobby.settings import Database
from lobby.store.catalogue import load_plans
from lobby.store.engine import reading_engine, writing_engine
from lobby.store.migrate import migrate

T = TypeVar("T")


def new_database(path: Path) -> Path:
    """Today's tables, and nothing in them. Replaces a file that was there."""
    path.write_bytes(_migrated())
    return path


def furnished_database(database: Database, furnish: Callable[..., T], *arguments: Hashable) -> T:
    """A new database with what `furnish(connection, *arguments)` puts in, and what it returned.

    For files it is called once in this process: a function of a module, whose result nobody
    changes; a file that is there was made like this before, and is kept. A database of a server
    has its tables already.
    """
    if not isinstance(database, Path):
        return _furnish(database, furnish, arguments)
    image, result = _furnished(furnish, arguments)
    if not database.exists():
        database.write_bytes(image)
    furnished: T = result
    return furnished


def is_furnished(database: Database) -> bool:
    """Whether there is a branch in it."""
    if isinstance(database, Path):
        return database.exists()
    engine = reading_engine(database)
    with engine.connect() as connection:
        found = load_plans(connection)
    engine.dispose()
    return bool(found)


def _furnish(database: Database, furnish: Callable[..., T], arguments: tuple[Hashable, ...]) -> T:
    engine = writing_engine(database)
    with engine.begin() as connection:
        result = furnish(connection, *arguments)
    engine.dispose()
    return result


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lobby.db"
        migrate(path)
        return _image(path)


@cache
def _furnished(furnish: Callable[..., Any], arguments: tuple[Hashable, ...]) -> tuple[bytes, Any]:
    with TemporaryDirectory() as folder:
        path = new_database(Path(folder) / "lobby.db")
        result = _furnish(path, furnish, arguments)
        return _image(path), result


def _image(path: Path) -> bytes:
    assert not path.with_name(f"{path.name}-wal").exists(), "all of it stands in the one file"
    return path.read_bytes()
