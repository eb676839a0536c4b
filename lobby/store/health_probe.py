"""The smallest durable write there is: it answers whether the database takes writes now."""

from sqlalchemy import Connection, func, select

from lobby.store.tables import BRANCHES


def probe_write(connection: Connection) -> None:
    """Write one branch's row as it stands. Nothing changes, yet the disk has to say yes."""
    first = select(func.min(BRANCHES.c.id)).scalar_subquery()
    connection.execute(
        BRANCHES.update().where(BRANCHES.c.id == first).values(language=BRANCHES.c.language)
    )
