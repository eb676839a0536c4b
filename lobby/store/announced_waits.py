"""Every range announced to a ticket, the first at its taking: what honesty is measured by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from lobby.store.bulk_rows import write_rows
from lobby.store.tables_waits import TOLD_WAITS


@dataclass(frozen=True, slots=True)
class AnnouncedWaitRow:
    """What was said at `at` of the time left from then on. `high_min` None is over an hour;
    `reason` why the range moved, empty for the first. `naive_s` is what people ahead times the
    mean job over open counters would have said; `ahead` the people ahead that were named."""

    branch_id: str
    business_day: date
    number: str
    at: datetime
    low_min: int
    high_min: int | None
    p10_s: float
    p25_s: float
    p50_s: float
    p75_s: float
    p90_s: float
    naive_s: float
    ahead: int
    reason: str = ""


COLUMNS = tuple(AnnouncedWaitRow.__dataclass_fields__)


def save_announced_waits(connection: Connection, rows: Sequence[AnnouncedWaitRow]) -> None:
    """Of two for one ticket at the same instant the later stands: nobody read the other."""
    written = [{name: getattr(row, name) for name in COLUMNS} for row in rows]
    write_rows(connection, TOLD_WAITS, written, replacing=True)


def load_announced_waits(
    connection: Connection, branch_id: str, day: date
) -> list[AnnouncedWaitRow]:
    """In the order in which they were announced."""
    rows = connection.execute(
        select(*(TOLD_WAITS.c[name] for name in COLUMNS))
        .where(TOLD_WAITS.c.branch_id == branch_id, TOLD_WAITS.c.business_day == day)
        .order_by(TOLD_WAITS.c.at, TOLD_WAITS.c.number)
    ).all()
    return [_told_wait(row) for row in rows]


def _told_wait(row: Row[Any]) -> AnnouncedWaitRow:
    return AnnouncedWaitRow(**row._mapping)
