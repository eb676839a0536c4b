"""What a branch has learned from its days, kept as text that only its owner understands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from lobby.store.tables_waits import LEARNED


@dataclass(frozen=True, slots=True)
class Learned:
    """`name` says what it is about."""

    branch_id: str
    name: str
    at: datetime
    content: str


def save_forecast_state(connection: Connection, learned: Learned) -> None:
    """Only the newest is kept."""
    mine = (LEARNED.c.branch_id == learned.branch_id) & (LEARNED.c.name == learned.name)
    connection.execute(delete(LEARNED).where(mine))
    connection.execute(
        insert(LEARNED).values(
            branch_id=learned.branch_id,
            name=learned.name,
            at=learned.at,
            content=learned.content,
        )
    )


def load_forecast_state(connection: Connection, branch_id: str, name: str) -> str | None:
    query = (
        select(LEARNED.c.content)
        .where(LEARNED.c.branch_id == branch_id, LEARNED.c.name == name)
        .order_by(LEARNED.c.at.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def newest_state(connection: Connection, branch_id: str, prefix: str, before: str) -> str | None:
    """Of those whose names begin with `prefix`, the last name below `prefix` and `before`."""
    query = (
        select(LEARNED.c.content)
        .where(LEARNED.c.branch_id == branch_id)
        .where(LEARNED.c.name.startswith(prefix, autoescape=True))
        .where(LEARNED.c.name < prefix + before)
        .order_by(LEARNED.c.name.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()
