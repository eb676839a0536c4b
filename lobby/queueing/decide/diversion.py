"""The way to a machine and back, decided: offered, accepted or declined, done or returned."""

from datetime import datetime

from lobby.machines import MachineState
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    ConfirmMachineJob,
    DeclineMachine,
    OfferMachine,
    ReturnFromMachine,
    WentAlong,
)
from lobby.queueing.decide import checks
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.events.care import (
    CustomerAccompanied,
    MachineAccepted,
    MachineDeclined,
    MachineJobDone,
    MachineOffered,
    ReturnedFromMachine,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import Diversion, OfferedBy
from lobby.queueing.model.ticket import Ticket
from lobby.queueing.refusals.floor import (
    MachineNotWorking,
    MachineOfferedBefore,
    NoMachineOffered,
    UnknownMachine,
)


def _offer(hall: Hall, command: OfferMachine, now: datetime) -> Events:
    number = checks.allowed_ticket(hall, command).number
    not_offered_before(hall, number)
    working_machine(hall, command.machine)
    return (MachineOffered(now, number, command.machine, OfferedBy.STAFF),)


def _accept(hall: Hall, command: AcceptMachine, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
    working_machine(hall, _open_offer(ticket).machine or "")
    return (MachineAccepted(now, ticket.number),)


def _decline(hall: Hall, command: DeclineMachine, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
    _open_offer(ticket)
    return (MachineDeclined(now, ticket.number, checks.short(command.reason)),)


def _went_along(hall: Hall, command: WentAlong, now: datetime) -> Events:
    """Somebody went along once; who else goes along is not counted."""
    ticket = checks.allowed_ticket(hall, command)
    if ticket.diversion is not None and ticket.diversion.went_along_at is not None:
        return ()
    return (CustomerAccompanied(now, ticket.number, command.staff),)


def _confirm(hall: Hall, command: ConfirmMachineJob, now: datetime) -> Events:
    number = checks.allowed_ticket(hall, command).number
    return (MachineJobDone(now, number, command.by, checks.short(command.reason)),)


def _return(hall: Hall, command: ReturnFromMachine, now: datetime) -> Events:
    number = checks.allowed_ticket(hall, command).number
    return (ReturnedFromMachine(now, number, checks.short(command.reason)),)


def working_machine(hall: Hall, machine_id: str) -> None:
    machine = hall.machines.get(machine_id)
    if machine is None:
        raise UnknownMachine(machine_id)
    if machine.state is MachineState.DOWN:
        raise MachineNotWorking(machine_id)


def not_offered_before(hall: Hall, number: str) -> None:
    """Neither at the kiosk and declined or returned, nor by a colleague: once is enough, or an
    offer becomes a push."""
    if checks.ticket(hall, number).diversion is not None:
        raise MachineOfferedBefore(number)


def _open_offer(ticket: Ticket) -> Diversion:
    """The offer that waits for the customer's answer."""
    offer = ticket.diversion
    if offer is None or offer.accepted_at or offer.declined_at:
        raise NoMachineOffered(ticket.number)
    return offer


DECIDERS: Deciders = {
    OfferMachine: _offer,
    AcceptMachine: _accept,
    DeclineMachine: _decline,
    WentAlong: _went_along,
    ConfirmMachineJob: _confirm,
    ReturnFromMachine: _return,
}
