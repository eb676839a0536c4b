"""The events of days gone by, as far as the running version can still read them."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from lobby.queueing.events.event import DayClosedOut, DayOpened, DayTakenBack, Event
from lobby.store.log import PAYLOAD_VERSION, decode
from lobby.store.tables import EVENTS


def past_days(connection: Connection, branch_id: str, most: int) -> list[date]:
    """The last `most` days before the newest one, oldest first."""
    days = (
        select(EVENTS.c.business_day)
        .where(EVENTS.c.branch_id == branch_id)
        .distinct()
        .order_by(EVENTS.c.business_day.desc())
        .offset(1)
        .limit(most)
    )
    return list(connection.execute(days).scalars())[::-1]


def records_of_day(
    connection: Connection, branch_id: str, day: date
) -> list[DayClosedOut | DayTakenBack]:
    """How that day was closed out, and taken back; those this version can read."""
    kinds = [DayClosedOut.__name__, DayTakenBack.__name__]
    rows = connection.execute(
        select(EVENTS.c.kind, EVENTS.c.payload)
        .where(EVENTS.c.branch_id == branch_id, EVENTS.c.business_day == day)
        .where(EVENTS.c.kind.in_(kinds), EVENTS.c.payload_version == PAYLOAD_VERSION)
        .order_by(EVENTS.c.version)
    )
    events = [decode(row.kind, row.payload) for row in rows]
    return [event for event in events if isinstance(event, DayClosedOut | DayTakenBack)]


def events_of_day(
    connection: Connection, branch_id: str, day: date
) -> tuple[int, list[Event]] | None:
    """The version before the day's first event, and its events; None where their shape has
    changed since: only today's events are sure to be readable."""
    found = connection.execute(
        select(EVENTS.c.version, EVENTS.c.kind, EVENTS.c.payload, EVENTS.c.payload_version).where(
            EVENTS.c.branch_id == branch_id, EVENTS.c.business_day == day
        )
    ).all()
    # Sorted here: asked to sort, SQLite reads the whole log in the order of its primary key.
    rows = sorted(found, key=attrgetter("version"))
    if (
        not rows
        or not _is_one_sheet(rows)
        or any(row.payload_version != PAYLOAD_VERSION for row in rows)
    ):
        return None
    try:
        return rows[0].version - 1, [decode(row.kind, row.payload) for row in rows]
    except (KeyError, msgspec.ValidationError):
        return None


def _is_one_sheet(rows: Sequence[Any]) -> bool:
    """Opened in it and gone through: not one that a corrected clock has put together."""
    first, last = rows[0], rows[-1]
    return bool(first.kind == DayOpened.__name__ and last.version - first.version == len(rows) - 1)
