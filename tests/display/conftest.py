"""Riverside, open for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.display.riverside import Riverside, riverside


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Riverside]:
    with riverside(tmp_path) as branch:
        yield branch
