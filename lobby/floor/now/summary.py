"""Figures of the hall now: waiting, longest wait, counters, machines, people on lobby duty."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.alerts.promise_use import PromiseUse, promise_uses
from lobby.floor.core.viewer import Viewer
from lobby.machines import MachineState
from lobby.queueing.model.duty import DutyState, on_duty
from lobby.queueing.model.hall import Hall
from lobby.screens.advice import wait_now
from lobby.waits.announced import Wait as Expected


@dataclass(frozen=True, slots=True)
class OnDutyRow:
    """Somebody on lobby duty."""

    name: str
    state: DutyState
    is_me: bool


@dataclass(frozen=True, slots=True)
class FloorSummary:
    """`longest` is the wait that stands worst against its promise; `expected` what somebody who
    takes a ticket now for the busiest service would be told, None where nothing is offered."""

    waiting: int
    longest: PromiseUse | None
    expected: Expected | None
    open_counters: int
    away_counters: int
    machines_up: int
    machines_down: int
    present: tuple[OnDutyRow, ...]


def floor_summary(viewer: Viewer, hall: Hall, now: datetime) -> FloorSummary:
    counters, machines = hall.counters.values(), hall.machines.values()
    up = sum(machine.state is MachineState.UP for machine in machines)
    return FloorSummary(
        waiting=hall.waiting_count(),
        longest=longest_wait(hall, now),
        expected=_expected(viewer, hall),
        open_counters=sum(counter.is_serving for counter in counters),
        away_counters=sum(counter.is_paused for counter in counters),
        machines_up=up,
        machines_down=len(machines) - up,
        present=tuple(
            OnDutyRow(viewer.name_of(duty.staff), duty.state, duty.staff == viewer.me)
            for duty in on_duty(hall.duty)
        ),
    )


def longest_wait(hall: Hall, now: datetime) -> PromiseUse | None:
    """The longest, and among equals the one promised less."""
    stands = (use for _ticket, use in promise_uses(hall, now))
    return max(stands, key=lambda each: (each.used_min, -each.within_min), default=None)


def _expected(viewer: Viewer, hall: Hall) -> Expected | None:
    """Of the service that most people wait for: what most of those who come now are told."""
    services = viewer.branch.plan.services
    busiest = max(services, key=lambda code: len(hall.waiting(code)), default=None)
    return wait_now(viewer.services, viewer.branch, busiest) if busiest else None
