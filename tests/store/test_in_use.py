"""A database says that it is in use; cut short at any step of that, it is not taken for a copy
whose log is missing."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from lobby.store import sqlite
from lobby.store.tail import IN_USE, HistoryLostError, require_tail
from tests.app.process import prepare


class CutShort:
    """A driver's connection that keeps a copy of the files after each statement."""

    def __init__(self, database: Path, copies: Path) -> None:
        self._database, self._copies, self._steps = database, copies, count()
        self._connection = sqlite3.connect(database, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")

    def execute(self, statement: str) -> Any:
        answer = self._connection.execute(statement)
        rows = answer.fetchall()
        copy = self._copies / str(next(self._steps))
        copy.mkdir(parents=True)
        for file in self._database.parent.glob("lobby.db*"):
            shutil.copy(file, copy / file.name)
        return SimpleNamespace(fetchall=lambda: rows)

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """As it is before its first start: no mark stands beside it."""
    path = tmp_path / "branch" / "lobby.db"
    path.parent.mkdir()
    prepare(path)
    return path


def cuts(database: Path, copies: Path, *values: int) -> Iterator[Path]:
    with closing(CutShort(database, copies)) as driver:
        connection = SimpleNamespace(connection=SimpleNamespace(driver_connection=driver))
        for value in values:
            sqlite._say_in_use(cast(Connection, connection), value)
    yield from sorted(copies.glob("*/lobby.db"))


@pytest.mark.parametrize("values", [(IN_USE,), (IN_USE, 0), (IN_USE, IN_USE)], ids=str)
def test_it_starts_again_wherever_it_was_cut_short(
    database: Path, tmp_path: Path, values: tuple[int, ...]
) -> None:
    copies = list(cuts(database, tmp_path / "copies", *values))
    assert len(copies) >= 2 * len(values)
    for copy in copies:
        require_tail(copy)


def test_a_copy_without_its_log_is_still_noticed(database: Path, tmp_path: Path) -> None:
    *_, copy = cuts(database, tmp_path / "copies", IN_USE)
    copy.with_name("lobby.db-wal").unlink()
    with pytest.raises(HistoryLostError):
        require_tail(copy)
