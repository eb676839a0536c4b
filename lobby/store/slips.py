"""What was to be put on paper, kept beside the log: how far each slip has come."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from lobby.store.bulk_rows import Row
from lobby.store.kinds import SlipState
from lobby.store.rows import columns_of, read_as
from lobby.store.store import settle
from lobby.store.tables_slips import SLIPS
from lobby.store.transaction import Transaction
from lobby.store.work import Work

UNSETTLED = (SlipState.PENDING, SlipState.SENT)

SlipKey = tuple[str, date, str]
"""Branch, business day and number: the ticket that a slip is for."""


@dataclass(frozen=True, slots=True)
class SlipRecord:
    """One slip as the database has it; `copy_number` counts the slips of its ticket from 1."""

    branch_id: str
    business_day: date
    number: str
    copy_number: int
    device_id: int
    language: str
    base_url: str
    state: SlipState
    asked_at: datetime

    @property
    def key(self) -> SlipKey:
        return self.branch_id, self.business_day, self.number

    def row(self) -> Row:
        return asdict(self)


class SlipChange(Work):
    """A slip has come further: its row as it stands now, written with whatever else is written."""

    speaks_sql = False
    branch_id = None

    def __init__(self, record: SlipRecord, future: asyncio.Future[None]) -> None:
        self._record = record
        self._future = future

    def perform(self, transaction: Transaction) -> None:
        transaction.record_slip(self._record.row())

    def committed(self, result: Any) -> Callable[[], None]:
        return lambda: settle(self._future, None)

    def failed(self, error: Exception) -> Callable[[], None]:
        return lambda: settle(self._future, error)

    def rolled_back(self) -> None:
        """Nothing was kept outside the transaction."""


def slips_to_remember(connection: Connection, since: datetime) -> list[SlipRecord]:
    """What is not settled, however old, and all that was asked for since then; the oldest first,
    and of one ticket in the order of its copies."""
    query = (
        select(*columns_of(SLIPS, SlipRecord))
        .where((SLIPS.c.asked_at >= since) | SLIPS.c.state.in_(UNSETTLED))
        .order_by(SLIPS.c.asked_at, SLIPS.c.copy_number)
    )
    return read_as(connection, SlipRecord, query)


def slips_of_day(connection: Connection, branch_id: str, day: date) -> list[SlipRecord]:
    """Of one ticket in the order of its copies: the last is the newest."""
    query = (
        select(*columns_of(SLIPS, SlipRecord))
        .where(SLIPS.c.branch_id == branch_id, SLIPS.c.business_day == day)
        .order_by(SLIPS.c.number, SLIPS.c.copy_number)
    )
    return read_as(connection, SlipRecord, query)


def copies_of(connection: Connection, key: SlipKey) -> int:
    """How many slips of this ticket were asked for, whatever became of them."""
    branch_id, day, number = key
    mine = (
        (SLIPS.c.branch_id == branch_id)
        & (SLIPS.c.business_day == day)
        & (SLIPS.c.number == number)
    )
    return connection.execute(select(func.max(SLIPS.c.copy_number)).where(mine)).scalar() or 0


def add_copy(connection: Connection, record: SlipRecord) -> bool:
    """False where the ticket has a newer slip: somebody else has asked in the meantime."""
    if copies_of(connection, record.key) >= record.copy_number:
        return False
    connection.execute(SLIPS.insert().values(**record.row()))
    return True


def forget_slips(connection: Connection, before: datetime) -> None:
    """Paper that old is in nobody's hand any more."""
    connection.execute(SLIPS.delete().where(SLIPS.c.asked_at < before))
