"""Today's faults of each machine, and how long they lasted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from lobby.floor.devices.machine_views import MachineRow, machine_rows
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.store.faults import Fault


@dataclass(frozen=True, slots=True)
class FaultRecord:
    """A machine with today's faults. `down_s` is how long they lasted today, up to now."""

    row: MachineRow
    faults: tuple[Fault, ...]
    down_s: float


def fault_records(
    hall: Hall, faults: list[Fault], begin: datetime, now: datetime
) -> Iterable[FaultRecord]:
    """`begin` is the start of the day."""
    for row in machine_rows(hall):
        mine = tuple(fault for fault in faults if fault.machine == row.plan.id)
        down_s = sum(_lasted_s(fault, begin, now) for fault in mine)
        yield FaultRecord(row, mine, down_s)


def midnight(plan: Plan, now: datetime) -> datetime:
    """The branch's last midnight."""
    return datetime.combine(plan.business_day(now), time(), plan.time_zone).astimezone(UTC)


def _lasted_s(fault: Fault, begin: datetime, now: datetime) -> float:
    return max(0.0, ((fault.closed_at or now) - max(fault.opened_at, begin)).total_seconds())
