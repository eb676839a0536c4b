"""A PostgreSQL database: how it is opened, who may write, and what a lost connection has kept.

The right to write is an advisory lock of the very session that writes: whoever loses the
connection loses the right, and nothing that a second process should not write gets through.
Inside each transaction the branches that it writes to are locked as well, each by its own lock.
That is more than one process needs, and what several will rely on: a branch's newest hall is the
one that its log gives under its lock.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, select
from sqlalchemy.exc import (
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.pool import NullPool

from lobby.settings import PostgresUrl
from lobby.store.begin import dropped_on_failure
from lobby.store.errors import StoreInUseError, StoreUnavailableError
from lobby.store.tables import WRITTEN_BATCHES
from lobby.store.tail import Continuity
from lobby.store.timestamps import to_microseconds

CONNECT_WITHIN_S = 3
LOCK_WITHIN_S = 5
"""Longer than any act of ours holds a row; shorter than people wait for an answer."""

WRITE_WITHIN_S = 10
"""As long as SQLite's writer waits for a file that somebody else holds."""

READ_WITHIN_S = 60
"""The longest report takes seconds; what runs a minute runs away."""

IDLE_WITHIN_S = 30
"""A process that is stopped in the middle of a transaction must not hold its branches for ever."""

SILENCE_S = 10
"""After so long without a sign the other side is taken for gone, on both sides."""

SOLE_WRITER = int.from_bytes(blake2b(b"lobby writes here", digest_size=8).digest(), signed=True)
"""The advisory lock of the one process that may write; PostgreSQL keeps it per database."""

TAKE_OVER_WITHIN_S = 2
"""The server needs a moment to notice that a process which was killed is gone."""

TAKE_OVER = (
    f"SET LOCAL lock_timeout = '{TAKE_OVER_WITHIN_S}s'; SELECT pg_advisory_lock({SOLE_WRITER})"
)

MARK_AND_LOCK = """
WITH mark AS (
    INSERT INTO written_batches (writer, batch, at) VALUES (%s, %s, %s)
    ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch, at = excluded.at
)
SELECT pg_advisory_xact_lock(branch) FROM unnest(%s::bigint[]) AS branch
"""
"""One round trip at the head of each transaction. The locks are taken in the order of the list,
which is sorted: two processes can never wait for each other."""

KEEPALIVE_S = SILENCE_S // 4
WRITING = {
    "lock_timeout": f"{LOCK_WITHIN_S}s",
    "statement_timeout": f"{WRITE_WITHIN_S}s",
    "idle_in_transaction_session_timeout": f"{IDLE_WITHIN_S}s",
    "tcp_keepalives_idle": KEEPALIVE_S,
    "tcp_keepalives_interval": KEEPALIVE_S,
    "tcp_keepalives_count": 3,
}
READING = {
    "default_transaction_read_only": "on",
    "default_transaction_isolation": "repeatable\\ read",
    "lock_timeout": f"{LOCK_WITHIN_S}s",
    "statement_timeout": f"{READ_WITHIN_S}s",
    "idle_in_transaction_session_timeout": f"{READ_WITHIN_S}s",
}
"""What one work reads is one moment's state."""

NEVER_LOSE = (
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') = 'off'"
)
"""Anything stronger, as with a standby, is the server's own choice and stays."""

LOST = ("08", "57P")
"""How the states of a server begin that is not there or going away: connect anew."""

STANDBY = "25006"
"""The server takes no writes: it has become a standby, and another one takes them."""

LOCKED = "55P03"
"""A lock was not to be had in time."""

AFFECTS_ALL = {
    LOCKED,
    "57014",  # a statement took too long
    "53100",  # the disk is full
    "53200",  # out of memory
    "53400",  # a limit of the server's configuration
}


def writing_engine(url: PostgresUrl, *, patient: bool = False) -> Engine:
    """`patient` for migrations, which may take as long as they need."""
    settings = {**WRITING, **({"statement_timeout": 0} if patient else {})}
    arguments = _arguments(settings, target_session_attrs="read-write")
    return create_engine(url.text, poolclass=NullPool, hide_parameters=True, connect_args=arguments)


def reading_engine(url: PostgresUrl) -> Engine:
    arguments = _arguments(READING, target_session_attrs="primary")
    return create_engine(url.text, hide_parameters=True, connect_args=arguments)


def _arguments(settings: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {
        "application_name": "lobby",
        "connect_timeout": CONNECT_WITHIN_S,
        "keepalives_idle": KEEPALIVE_S,
        "keepalives_interval": KEEPALIVE_S,
        "keepalives_count": 3,
        "tcp_user_timeout": SILENCE_S * 1_000,
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        **others,
    }


def is_lost(error: SQLAlchemyError) -> bool:
    """Whether the connection is of no use any more, or could not be made."""
    if not isinstance(error, OperationalError | InternalError | InterfaceError):
        return False
    state = getattr(error.orig, "sqlstate", "not PostgreSQL's")
    return error.connection_invalidated or state is None or state.startswith(LOST)


def is_standby(error: SQLAlchemyError) -> bool:
    """Whether a writer has to look for another server."""
    return isinstance(error, DBAPIError) and _state(error) == STANDBY


def affects_all(error: SQLAlchemyError) -> bool:
    """Whether what was refused would be refused to everybody else as well."""
    return isinstance(error, DBAPIError) and _state(error) in AFFECTS_ALL


def _state(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def unreachable(url: PostgresUrl, error: SQLAlchemyError) -> str:
    """One sentence; what libpq says of each address it tried is cut to the first."""
    cause = str(error.orig if isinstance(error, DBAPIError) else error)
    first = cause.strip().splitlines()[0].rstrip(".")
    return f"The database {url} cannot be reached: {first}."


class DatabaseAccess:
    """The right to write to a database, held by the session that writes."""

    def __init__(self, url: PostgresUrl, *, patient: bool = False) -> None:
        self._url = url
        self._engine = writing_engine(url, patient=patient)
        self._connection: Connection | None = None
        self._writer = token_hex(16)
        self._coming: tuple[int, list[int]] | None = None
        event.listen(self._engine, "begin", self._begin)
        self.sole_since = 0
        self.continuity = Continuity.SAME

    def acquire(self) -> None:
        """Raises also `StoreUnavailableError`, where there is no server to ask."""
        try:
            self.connect()
        except SQLAlchemyError as error:
            raise StoreUnavailableError(unreachable(self._url, error)) from error

    def connect(self) -> Connection:
        if self._connection is None or self._connection.invalidated:
            self.disconnect()
            self._connection = self._with_the_right_to_write()
            self.sole_since += 1
        return self._connection

    def disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def release(self) -> None:
        self.disconnect()
        self._engine.dispose()

    def prepare(self, batch: int, branch_ids: Iterable[str]) -> None:
        self._coming = batch, sorted(_key_of(branch_id) for branch_id in branch_ids)

    def _begin(self, connection: Connection) -> None:
        coming, self._coming = self._coming, None
        if coming is not None:
            now_us = to_microseconds(datetime.now(UTC))
            mark = (self._writer, coming[0], now_us, coming[1])
            with dropped_on_failure(connection):
                connection.exec_driver_sql(MARK_AND_LOCK, mark)

    def has_kept(self, connection: Connection, batch: int) -> bool:
        self._coming = None
        marks = WRITTEN_BATCHES.c
        query = select(marks.batch).where(marks.writer == self._writer)
        with connection.begin():
            return connection.execute(query).scalar() == batch

    def is_sole(self) -> bool:
        """The lock goes with the session, and without the session nothing is written."""
        return True

    def _with_the_right_to_write(self) -> Connection:
        self._coming = None
        connection = self._engine.connect()
        try:
            with connection.begin():
                connection.exec_driver_sql(TAKE_OVER)
                connection.exec_driver_sql(NEVER_LOSE)
        except BaseException as error:
            connection.close()
            if isinstance(error, DBAPIError) and _state(error) == LOCKED:
                raise StoreInUseError(
                    f"Another Lobby is running on {self._url}: stop it first, or name another "
                    "database."
                ) from error
            raise
        return connection


def forget_marks(connection: Connection, before: datetime) -> None:
    """A process that was away from the database for days asks no more what it kept."""
    connection.execute(delete(WRITTEN_BATCHES).where(WRITTEN_BATCHES.c.at < before))


def _key_of(branch_id: str) -> int:
    """Two branches of one key would only wait for each other."""
    return int.from_bytes(blake2b(branch_id.encode(), digest_size=8).digest(), signed=True)
