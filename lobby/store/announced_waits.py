"""Every range announced to a ticket, the first at its taking: what honesty is measured by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from lobby.store.bulk_rows import write_rows
from lobby.store.rows import read_as, select_as
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
    query = select_as(TOLD_WAITS, AnnouncedWaitRow, branch_id)
    of_day = query.where(TOLD_WAITS.c.business_day == day)
    return read_as(
        connection, AnnouncedWaitRow, of_day.order_by(TOLD_WAITS.c.at, TOLD_WAITS.c.number)
    )
