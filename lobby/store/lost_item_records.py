"""What was done about a lost item: who was asked how, and who saw a contact in full."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from lobby.store.tables_floor import LOST_ITEM_ATTEMPTS, LOST_ITEM_REVEALS


@dataclass(frozen=True, slots=True)
class ContactAttempt:
    at: datetime
    staff: str
    way: str
    result: str


@dataclass(frozen=True, slots=True)
class Reveal:
    at: datetime
    staff: str


def add_contact_attempt(
    connection: Connection, branch_id: str, item_id: int, attempt: ContactAttempt, key: str
) -> None:
    told = {name: getattr(attempt, name) for name in ContactAttempt.__dataclass_fields__}
    values = {"branch_id": branch_id, "item_id": item_id, "key": key, **told}
    connection.execute(LOST_ITEM_ATTEMPTS.insert().values(**values))


def contact_attempts(connection: Connection, branch_id: str, item_id: int) -> list[ContactAttempt]:
    """In the order in which they were made."""
    mine = LOST_ITEM_ATTEMPTS.c
    query = (
        select(mine.at, mine.staff, mine.way, mine.result)
        .where(mine.branch_id == branch_id, mine.item_id == item_id)
        .order_by(mine.at, mine.id)
    )
    return [ContactAttempt(*row) for row in connection.execute(query)]


def contact_reveals(connection: Connection, branch_id: str, item_id: int) -> list[Reveal]:
    mine = LOST_ITEM_REVEALS.c
    query = (
        select(mine.at, mine.staff)
        .where(mine.branch_id == branch_id, mine.item_id == item_id)
        .order_by(mine.at, mine.id)
    )
    return [Reveal(*row) for row in connection.execute(query)]
