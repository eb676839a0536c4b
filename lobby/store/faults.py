"""Faults of machines: opened when a machine stops doing its work, closed when that ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects import postgresql, sqlite

from lobby.machines import MachineState
from lobby.queueing.events.floor import MachineReported
from lobby.store.rows import read_as, select_as
from lobby.store.tables import FAULTS


@dataclass(frozen=True, slots=True)
class Fault:
    """`closed_at` None while it lasts."""

    machine: str
    state: MachineState
    opened_at: datetime
    closed_at: datetime | None

    @property
    def lasted_s(self) -> float | None:
        if self.closed_at is None:
            return None
        return max(0.0, (self.closed_at - self.opened_at).total_seconds())


def fault_statements(
    branch_id: str, event: MachineReported, since: datetime, dialect_name: str
) -> Iterator[Executable]:
    """What a report changes; `since` is when the state that it tells of began. A report of the
    same state again, with more people before the machine, changes nothing."""
    if since != event.at:
        return
    mine = (FAULTS.c.branch_id == branch_id) & (FAULTS.c.machine == event.machine)
    yield FAULTS.update().where(mine, FAULTS.c.closed_at.is_(None)).values(closed_at=event.at)
    if event.state is not MachineState.UP:
        yield _opened(branch_id, event, dialect_name)


def _opened(branch_id: str, event: MachineReported, dialect_name: str) -> Executable:
    """Where the clock went back to the very moment of an earlier fault, that one goes on."""
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    values = {"state": event.state, "closed_at": None}
    opened: Executable = (
        dialect.insert(FAULTS)
        .values(branch_id=branch_id, machine=event.machine, opened_at=event.at, **values)
        .on_conflict_do_update(index_elements=list(FAULTS.primary_key), set_=values)
    )
    return opened


def faults_between(
    connection: Connection, branch_id: str, begin: datetime, end: datetime
) -> list[Fault]:
    """Those that lasted at some moment of begin <= moment < end, also from earlier or on to later;
    in the order in which they began."""
    lasted = FAULTS.c.closed_at.is_(None) | (FAULTS.c.closed_at > begin)
    query = select_as(FAULTS, Fault, branch_id).where(FAULTS.c.opened_at < end, lasted)
    return read_as(connection, Fault, query.order_by(FAULTS.c.opened_at, FAULTS.c.machine))
