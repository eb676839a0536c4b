"""The way to a machine and back, decided: offered, accepted or declined, done or returned."""

from datetime import datetime
from typing import assert_never

from lobby.machines import MachineState
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    ConfirmMachineJob,
    DeclineMachine,
    MachineCommand,
    OfferMachine,
    ReturnFromMachine,
    WentAlong,
)
from lobby.queueing.decide import checks
from lobby.queueing.events.care import (
    CustomerAccompanied,
    MachineAccepted,
    MachineDeclined,
    MachineJobDone,
    MachineOffered,
    ReturnedFromMachine,
)
from lobby.queueing.events.event import Event
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import OfferedBy
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.queueing.refusals.floor import (
    MachineNotWorking,
    MachineOfferedBefore,
    NoMachineOffered,
    UnknownMachine,
)

Events = tuple[Event, ...]


def decide_diversion(hall: Hall, command: MachineCommand, now: datetime) -> Events:
    match command:
        case OfferMachine():
            number = checks.ticket_in(hall, command.number, TicketState.WAITING).number
            not_offered_before(hall, number)
            working_machine(hall, command.machine)
            return (MachineOffered(now, number, command.machine, OfferedBy.STAFF),)
        case AcceptMachine():
            ticket = _offered(hall, command.number)
            working_machine(hall, ticket.diversion.machine or "" if ticket.diversion else "")
            return (MachineAccepted(now, ticket.number),)
        case DeclineMachine():
            ticket = _offered(hall, command.number)
            return (MachineDeclined(now, ticket.number, checks.short(command.reason)),)
        case _:
            return _at_machine(hall, command, now)


def _at_machine(
    hall: Hall,
    command: WentAlong | ConfirmMachineJob | ReturnFromMachine,
    now: datetime,
) -> Events:
    """Somebody went along once; who else goes along is not counted."""
    ticket = checks.ticket_in(hall, command.number, TicketState.AT_MACHINE)
    number = ticket.number
    match command:
        case WentAlong():
            if ticket.diversion is not None and ticket.diversion.went_along_at is not None:
                return ()
            return (CustomerAccompanied(now, number, command.staff),)
        case ConfirmMachineJob():
            return (MachineJobDone(now, number, command.by, checks.short(command.reason)),)
        case ReturnFromMachine():
            return (ReturnedFromMachine(now, number, checks.short(command.reason)),)
        case _:
            assert_never(command)


def working_machine(hall: Hall, machine_id: str) -> None:
    machine = hall.machines.get(machine_id)
    if machine is None:
        raise UnknownMachine(machine_id)
    if machine.state is MachineState.DOWN:
        raise MachineNotWorking(machine_id)


def not_offered_before(hall: Hall, number: str) -> None:
    """Neither at the kiosk and declined or returned, nor by a colleague: once is enough."""
    if checks.ticket(hall, number).diversion is not None:
        raise MachineOfferedBefore(number)


def _offered(hall: Hall, number: str) -> Ticket:
    """A ticket that waits for the customer's answer to an offer."""
    ticket = checks.ticket_in(hall, number, TicketState.WAITING)
    diversion = ticket.diversion
    if diversion is None or diversion.accepted_at or diversion.declined_at:
        raise NoMachineOffered(number)
    return ticket
