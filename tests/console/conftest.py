from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.house import House
from tests.console.quiet import logging_kept


@pytest.fixture(autouse=True)
def _logging_kept() -> Iterator[None]:
    with logging_kept():
        yield


@pytest.fixture
def house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> House:
    """Its database does not exist yet."""
    database = tmp_path / "lobby.db"
    monkeypatch.setenv("LOBBY_DATABASE", str(database))
    return House(database, capsys)
