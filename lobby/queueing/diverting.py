"""The way to a machine and back, decided: offered, accepted or declined, done or returned."""

from datetime import datetime
from typing import assert_never

from lobby.queueing import checks
from lobby.queueing import commands as do
from lobby.queueing import events as on
from lobby.queueing import refusals as no
from lobby.queueing.hall import Hall
from lobby.queueing.intake import OfferedBy
from lobby.queueing.machine import MachineState
from lobby.queueing.ticket import Ticket, TicketState

Events = tuple[on.Event, ...]


def decide_diversion(hall: Hall, command: do.MachineCommand, now: datetime) -> Events:
    match command:
        case do.OfferMachine():
            number = checks.ticket_in(hall, command.number, TicketState.WAITING).number
            not_offered_before(hall, number)
            working_machine(hall, command.machine)
            return (on.MachineOffered(now, number, command.machine, OfferedBy.STAFF),)
        case do.AcceptMachine():
            ticket = _offered(hall, command.number)
            working_machine(hall, ticket.diversion.machine or "" if ticket.diversion else "")
            return (on.MachineAccepted(now, ticket.number),)
        case do.DeclineMachine():
            ticket = _offered(hall, command.number)
            return (on.MachineDeclined(now, ticket.number, checks.short(command.reason)),)
        case _:
            return _at_machine(hall, command, now)


def _at_machine(
    hall: Hall,
    command: do.WentAlong | do.ConfirmMachineJob | do.ReturnFromMachine,
    now: datetime,
) -> Events:
    """Somebody went along once; who else goes along is not counted."""
    ticket = checks.ticket_in(hall, command.number, TicketState.AT_MACHINE)
    number = ticket.number
    match command:
        case do.WentAlong():
            if ticket.diversion is not None and ticket.diversion.went_along_at is not None:
                return ()
            return (on.CustomerAccompanied(now, number, command.staff),)
        case do.ConfirmMachineJob():
            return (on.MachineJobDone(now, number, command.by, checks.short(command.reason)),)
        case do.ReturnFromMachine():
            return (on.ReturnedFromMachine(now, number, checks.short(command.reason)),)
        case _:
            assert_never(command)


def working_machine(hall: Hall, machine_id: str) -> None:
    machine = hall.machines.get(machine_id)
    if machine is None:
        raise no.UnknownMachine(machine_id)
    if machine.state is MachineState.DOWN:
        raise no.MachineNotWorking(machine_id)


def not_offered_before(hall: Hall, number: str) -> None:
    """Neither at the kiosk and declined or returned, nor by a colleague: once is enough."""
    if checks.ticket(hall, number).diversion is not None:
        raise no.MachineOfferedBefore(number)


def _offered(hall: Hall, number: str) -> Ticket:
    """A ticket that waits for the customer's answer to an offer."""
    ticket = checks.ticket_in(hall, number, TicketState.WAITING)
    diversion = ticket.diversion
    if diversion is None or diversion.accepted_at or diversion.declined_at:
        raise no.NoMachineOffered(number)
    return ticket
