"""What tellers note about their own day: for themselves and the branch head, never ranked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from lobby.store.tables_floor import TELLER_COMMENTS

COMMENT_LENGTH_MAX = 500
"""A few sentences; more belongs into a talk."""


@dataclass(frozen=True, slots=True)
class TellerComment:
    id: int
    teller: str
    at: datetime
    text: str


def add_teller_comment(
    connection: Connection,
    branch_id: str,
    *,
    teller: str,
    day: date,
    text: str,
    at: datetime,
    key: str,
) -> None:
    values = {"business_day": day, "teller": teller, "at": at, "text": text, "key": key}
    connection.execute(TELLER_COMMENTS.insert().values(branch_id=branch_id, **values))


def teller_comments_of(
    connection: Connection, branch_id: str, day: date, teller: str | None = None
) -> list[TellerComment]:
    """Those of a business day, in order; of one teller, or of all."""
    mine = TELLER_COMMENTS.c
    query = (
        select(*(mine[name] for name in TellerComment.__dataclass_fields__))
        .where(mine.branch_id == branch_id, mine.business_day == day)
        .order_by(mine.at, mine.id)
    )
    if teller is not None:
        query = query.where(mine.teller == teller)
    return [TellerComment(**row._mapping) for row in connection.execute(query)]
