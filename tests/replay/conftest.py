from collections.abc import Iterator

import pytest

from tests.console.quiet import logging_kept


@pytest.fixture(autouse=True)
def _logging_kept() -> Iterator[None]:
    with logging_kept():
        yield
