"""The machines of the branch and the customers at them, as the tablet lists them."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.alerts.cards import Card, cards_of
from lobby.floor.core.words import CARD_WORDS, machine_named
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest
from lobby.machines import MachineState
from lobby.queueing.model import overview
from lobby.queueing.model.durations import whole_minutes_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.machine import Machine, MachinePlan
from lobby.queueing.model.plan import Service
from lobby.screens.words import service_named


@dataclass(frozen=True, slots=True)
class MachineRow:
    """`since` is None for a machine of which nothing was ever reported, and where it has been so
    since before today, which `is_older` says."""

    plan: MachinePlan
    state: MachineState
    queue: int
    since: datetime | None
    is_older: bool
    other_states: tuple[MachineState, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """Somebody who went to a machine, for whole minutes now; `state` is the machine's."""

    number: str
    service: Service
    machine: MachinePlan
    state: MachineState
    lasting_s: float


@dataclass(frozen=True, slots=True)
class MachinesView:
    """`cards` are the calls to machines: approvals that are waited for, and faults."""

    machines: tuple[MachineRow, ...]
    cards: tuple[Card, ...]


def machines_part(tablet: TabletRequest) -> LivePart:
    viewer = tablet.viewer

    def present(hall: Hall, now: datetime) -> MachinesView:
        cards = cards_of(viewer, hall, now)
        calls = (card for card in (*cards.shown, *cards.folded) if card.machine is not None)
        return MachinesView(machine_rows(hall), tuple(calls))

    regions = {"machines": "floor/devices/_machines.html"}
    return LivePart("machines", "/floor/machines/live", regions, present, CARD_WORDS)


def machine_rows(hall: Hall) -> tuple[MachineRow, ...]:
    return tuple(
        _row(hall, plan, hall.machines.get(plan.id) or Machine(plan.id))
        for plan in hall.plan.machines.values()
    )


def _row(hall: Hall, plan: MachinePlan, machine: Machine) -> MachineRow:
    since = machine.since
    is_older = since is not None and hall.plan.business_day(since) != hall.day
    return MachineRow(
        plan=plan,
        state=machine.state,
        queue=machine.queue,
        since=None if is_older else since,
        is_older=is_older,
        other_states=tuple(s for s in states_of(plan) if s is not machine.state),
    )


def states_of(plan: MachinePlan) -> tuple[MachineState, ...]:
    """Only what pays out can be out of notes."""
    if "cash_out" in plan.functions:
        return (MachineState.UP, MachineState.OUT_OF_NOTES, MachineState.DOWN)
    return (MachineState.UP, MachineState.DOWN)


def slips(hall: Hall, now: datetime) -> tuple[Slip, ...]:
    """Who went first comes first."""
    at_machines = [
        (ticket.diversion.accepted_at, ticket.diversion.machine or "", ticket)
        for ticket in overview.at_machine(hall)
        if ticket.diversion is not None and ticket.diversion.accepted_at is not None
    ]
    at_machines.sort(key=lambda each: each[0])
    return tuple(
        Slip(
            number=ticket.number,
            service=service_named(hall.plan, ticket.service),
            machine=machine_named(hall.plan, machine),
            state=(hall.machines.get(machine) or Machine(machine)).state,
            lasting_s=whole_minutes_s(accepted_at, now),
        )
        for accepted_at, machine, ticket in at_machines
    )
