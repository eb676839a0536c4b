"""What reports read, projected anew from the log, held against what the server has written."""

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from lobby.queueing.events.event import Event
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.store.catalogue import save_plan
from lobby.store.engine import writing_engine
from lobby.store.projection import project
from lobby.store.tables import SITTINGS, VISITS
from lobby.store.tables_floor import HELP_CALLS
from lobby.store.tables_waits import SERVINGS
from lobby.store.transaction import Transaction
from tests.app.database import new_database

PROJECTED = (VISITS, SERVINGS, SITTINGS, HELP_CALLS)

Rows = Counter[tuple[Any, ...]]


def differences(engine: Engine, plan: Plan, events: Iterable[tuple[Event, str]]) -> int:
    """Rows that one of the two has and the other has not, or has otherwise. `events` come with
    who acted, and are the whole log."""
    with engine.connect() as connection:
        kept = {table: _rows(connection, table, plan.id) for table in PROJECTED}
    fresh = _projected(plan, events)
    return sum(max(_count(kept[t] - fresh[t]), _count(fresh[t] - kept[t])) for t in PROJECTED)


def _projected(plan: Plan, events: Iterable[tuple[Event, str]]) -> dict[Table, Rows]:
    with TemporaryDirectory() as folder:
        engine = writing_engine(new_database(Path(folder) / "fresh.db"))
        with closing(engine.connect()) as connection, connection.begin():
            save_plan(connection, plan)
            _project(Transaction(connection), Hall.empty(plan), events)
            rows = {table: _rows(connection, table, plan.id) for table in PROJECTED}
        engine.dispose()
        return rows


def _project(transaction: Transaction, hall: Hall, events: Iterable[tuple[Event, str]]) -> None:
    for event, actor_id in events:
        hall = evolve(hall, event)
        project(transaction, hall, event, actor_id)
        transaction.flush()


def _rows(connection: Connection, table: Table, branch_id: str) -> Rows:
    query = select(table).where(table.c.branch_id == branch_id)
    return Counter(tuple(row) for row in connection.execute(query))


def _count(rows: Rows) -> int:
    return sum(rows.values())
