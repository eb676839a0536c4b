"""A durable write of about the size of an act's: whether the database takes writes now.

It writes more than the few pages of a ticket, so that a disk which is full for the one is full for
the other, and looks whether each branch's log is still as this process knows it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from lobby.store.log import last_version
from lobby.store.tables_waits import LEARNED

PROBES = ("probe-1", "probe-2")
PROBE_BYTES = 64 * 1024

VersionsHere = Callable[[], tuple[int, int] | None]
"""The versions that a branch's log may end with, as far as this process knows; None unknown."""


class OvertakenError(Exception):
    """A branch's log holds what this process did not write, or lacks what it did."""


def probe_write(connection: Connection, at: datetime, branches: Mapping[str, VersionsHere]) -> None:
    """Leaves a text that means nothing in place of the last one. Raises `OvertakenError`."""
    for branch_id, versions_here in branches.items():
        versions = versions_here()
        if versions and not versions[0] <= last_version(connection, branch_id) <= versions[1]:
            raise OvertakenError(branch_id)
    for branch_id in list(branches)[:1]:
        _write_in_place_of_the_last(connection, branch_id, at)


def _write_in_place_of_the_last(connection: Connection, branch_id: str, at: datetime) -> None:
    """The new one first: it has to find room beside the old one, as any act has."""
    mine = (LEARNED.c.branch_id == branch_id) & LEARNED.c.name.in_(PROBES)
    there = connection.execute(select(LEARNED.c.name).where(mine)).scalars().all()
    name = next(name for name in PROBES if name not in there)
    content = "-" * PROBE_BYTES
    connection.execute(
        LEARNED.insert().values(branch_id=branch_id, name=name, at=at, content=content)
    )
    connection.execute(LEARNED.delete().where(mine, LEARNED.c.name != name))
