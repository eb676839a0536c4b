"""How a transaction begins that could not be begun: on a new connection."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


@contextmanager
def dropped_on_failure(connection: Connection) -> Iterator[None]:
    """Around what begins a transaction, in the listener for it. SQLAlchemy takes a connection on
    which that failed for one that has begun: it would begin no other, and commit nothing."""
    try:
        yield
    except BaseException as error:
        connection.invalidate(error)
        raise
