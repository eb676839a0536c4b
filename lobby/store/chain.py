"""The chain of a log: each event's digest holds the one before, so that no event can be changed,
left out or slipped in without the rest showing it.

It finds accidents and careless edits. Whoever can write to the database can also make all digests
anew; only the mark beside the database, and backups kept elsewhere, stand against that.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, select

from lobby.store.tables import EVENTS

DIGEST_BYTES = 16
CHAINED = ("version", "kind", "payload", "actor_kind", "actor_id", "key", "digest")
"""The columns that `first_break` needs."""


class Chain:
    """The last digest of each branch, for the one thread that writes."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, str]] = {}

    def digest_of(self, connection: Connection, row: Mapping[str, Any]) -> str:
        """Of an event that is about to be written behind the one before it."""
        branch_id, version = row["branch_id"], row["version"]
        known_version, before = self._last.get(branch_id, (-1, ""))
        if known_version != version - 1:
            before = digest_at(connection, branch_id, version - 1)
        digest = digest_after(before, row)
        self._last[branch_id] = version, digest
        return digest

    def forget(self) -> None:
        """What was about to be written was not: the database knows the last digest."""
        self._last.clear()


def digest_after(before: str, row: Mapping[str, Any]) -> str:
    parts = (
        before,
        str(row["version"]),
        row["kind"],
        row["payload"],
        str(row["actor_kind"]),
        row["actor_id"],
        row["key"],
    )
    return blake2b("\0".join(parts).encode(), digest_size=DIGEST_BYTES).hexdigest()


def digest_at(connection: Connection, branch_id: str, version: int) -> str:
    """Empty before the first event, and for one from before there were digests."""
    query = select(EVENTS.c.digest).where(
        EVENTS.c.branch_id == branch_id, EVENTS.c.version == version
    )
    return connection.execute(query).scalar() or ""


def first_break(before: str, rows: Iterable[Mapping[str, Any]]) -> int | None:
    """The version of the first event that does not follow from the one before it; None where all
    do. Events from before there were digests are passed over until the first that has one."""
    for row in rows:
        if row["digest"] is None and not before:
            continue
        if row["digest"] != digest_after(before, row):
            return int(row["version"])
        before = row["digest"]
    return None
