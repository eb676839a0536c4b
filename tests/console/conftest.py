from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.console import Console
from tests.console.quiet import logging_kept


@pytest.fixture(autouse=True)
def _logging_kept() -> Iterator[None]:
    with logging_kept():
        yield


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    """Its database does not exist yet."""
    database = tmp_path / "lobby.db"
    monkeypatch.setenv("LOBBY_DATABASE", str(database))
    return Console(database, capsys)
