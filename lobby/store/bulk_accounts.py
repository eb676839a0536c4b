"""Many accounts in one statement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from lobby.store.acts import Actor
from lobby.store.bulk_rows import Row
from lobby.store.kinds import StaffChangeKind
from lobby.store.tables_people import STAFF, STAFF_CHANGES

Noted = tuple[int, StaffChangeKind, Mapping[str, Any]]
"""Whose account, what was done, and the detail of it."""

NAMES_IN_QUERY = 500
"""SQLite takes so many values in one statement on any machine."""


def add_people(connection: Connection, rows: Sequence[Row]) -> dict[str, int]:
    """Their ids by user name. Raises `IntegrityError` where one is there already."""
    if not rows:
        return {}
    connection.execute(STAFF.insert(), rows)
    names = [row["username"] for row in rows]
    ids: dict[str, int] = {}
    for start in range(0, len(names), NAMES_IN_QUERY):
        some = names[start : start + NAMES_IN_QUERY]
        query = select(STAFF.c.username, STAFF.c.id).where(STAFF.c.username.in_(some))
        ids.update({row.username: row.id for row in connection.execute(query)})
    return ids


def all_usernames(connection: Connection) -> frozenset[str]:
    """Also of those who have left."""
    return frozenset(connection.execute(select(STAFF.c.username)).scalars())


def note_changes(
    connection: Connection, changes: Sequence[Noted], *, actor: Actor, at: datetime
) -> None:
    if changes:
        connection.execute(
            STAFF_CHANGES.insert(),
            [
                {
                    "staff_id": staff_id,
                    "at": at,
                    "kind": kind,
                    "actor": str(actor),
                    "detail": dict(detail),
                }
                for staff_id, kind, detail in changes
            ],
        )
