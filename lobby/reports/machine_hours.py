"""Availability of machines: jobs, faults, repair times and the share of the day they worked."""

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lobby.machines import MachineState
from lobby.queueing.model.plan import Plan
from lobby.reports.durations import elapsed_s
from lobby.reports.offers import Offers, offers_of
from lobby.reports.saved_time import sum_s
from lobby.store.faults import Fault
from lobby.store.visits import Visit

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class MachineLine:
    """`open_s` is how long the branch was open, `down_s` how much of that the machine was down;
    a machine without notes still does its other work. `used_s` is how long customers of the line
    were at it, from going there to the end; who left no word is not counted."""

    machine: str
    offers: Offers
    faults: int
    open_s: float
    down_s: float
    used_s: float = 0.0

    @property
    def used(self) -> float | None:
        """Of the time in which it worked."""
        up_s = self.open_s - self.down_s
        return self.used_s / up_s if up_s > 0 else None

    @property
    def available(self) -> float | None:
        return 1 - self.down_s / self.open_s if self.open_s > 0 else None


@dataclass(frozen=True, slots=True)
class Repairs:
    """Of the faults that were closed; the mean is what maintenance is measured by."""

    count: int
    mean_s: float | None


def machine_lines(
    plan: Plan,
    visits: Sequence[Visit],
    faults: Sequence[Fault],
    open_span: Span | None,
    *,
    is_running: bool,
) -> tuple[MachineLine, ...]:
    """In the order of the plan; a machine taken away since comes last."""
    seen = {fault.machine for fault in faults} | {v.machine for v in visits if v.accepted_at}
    gone = sorted(machine for machine in seen - set(plan.machines) if machine)
    return tuple(
        MachineLine(
            machine,
            offers=offers_of(
                (visit for visit in visits if visit.machine == machine),
                is_running=is_running,
                complained=(),
            ),
            faults=sum(fault.machine == machine for fault in faults),
            open_s=elapsed_s(*open_span) if open_span else 0.0,
            down_s=down_s((f for f in faults if f.machine == machine), open_span),
            used_s=sum_s(at_machine(visit for visit in visits if visit.machine == machine)),
        )
        for machine in (*plan.machines, *gone)
    )


def down_s(faults: Iterable[Fault], open_span: Span | None) -> float:
    """Seconds within the opening of the branch; faults of one machine never overlap."""
    if open_span is None:
        return 0.0
    begin, end = open_span
    return sum(
        elapsed_s(max(fault.opened_at, begin), min(fault.closed_at or end, end))
        for fault in faults
        if fault.state is MachineState.DOWN
    )


def at_machine(visits: Iterable[Visit]) -> Iterator[Span]:
    for visit in visits:
        end = visit.machine_done_at or visit.returned_at
        if visit.accepted_at is not None and end is not None:
            yield visit.accepted_at, max(visit.accepted_at, end)


def repairs(faults: Iterable[Fault], until: datetime) -> Repairs:
    """Those closed by the end of what is told; what still lasts has no repair time yet."""
    lasted_s = [
        fault.lasted_s
        for fault in faults
        if fault.lasted_s is not None and fault.closed_at and fault.closed_at <= until
    ]
    return Repairs(len(lasted_s), statistics.fmean(lasted_s) if lasted_s else None)
