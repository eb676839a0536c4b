"""Riverside, open for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.server import ServedApp, serve_app


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path) as branch:
        yield branch
