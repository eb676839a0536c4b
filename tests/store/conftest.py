"""A PostgreSQL database for one test, and a line to it that can be cut."""

from collections.abc import Iterator

import pytest

from lobby.settings import PostgresUrl
from tests.app.postgres import PostgresServer
from tests.app.postgres_line import Line


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[PostgresUrl]:
    with postgres.database() as url:
        yield url


@pytest.fixture
def line(url: PostgresUrl) -> Iterator[Line]:
    with Line(url) as line:
        yield line
