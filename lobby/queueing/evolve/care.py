"""The next state of a ticket that is cared for, and of one that goes to a machine and back."""

from msgspec.structs import replace

from lobby.queueing.events.care import (
    CallModesSet,
    CareRecorded,
    CustomerAccompanied,
    LongerGraceGiven,
    MachineAccepted,
    MachineDeclined,
    MachineJobDone,
    MachineOffered,
    ReturnedFromMachine,
)
from lobby.queueing.evolve.evolver import TicketEvolvers
from lobby.queueing.evolve.ticket_changes import ended, waiting
from lobby.queueing.model.care import CareMark
from lobby.queueing.model.intake import Diversion
from lobby.queueing.model.ticket import Ticket, TicketState


def _recorded(before: Ticket, event: CareRecorded, _teller: str) -> Ticket:
    mark = CareMark(event.step, event.at, event.staff)
    return replace(before, care=(*before.care, mark))


def _call_modes_set(before: Ticket, event: CallModesSet, _teller: str) -> Ticket:
    return replace(before, call_modes=event.modes, pager=event.pager)


def _longer_grace_given(before: Ticket, _event: LongerGraceGiven, _teller: str) -> Ticket:
    return replace(before, longer_grace=True)


def _offered(before: Ticket, event: MachineOffered, _teller: str) -> Ticket:
    offer = Diversion(event.by, offered_at=event.at, machine=event.machine)
    return replace(before, diversion=offer)


def _accepted(before: Ticket, event: MachineAccepted, _teller: str) -> Ticket:
    accepted = replace(_diversion(before), accepted_at=event.at)
    return replace(before, state=TicketState.AT_MACHINE, diversion=accepted)


def _accompanied(before: Ticket, event: CustomerAccompanied, _teller: str) -> Ticket:
    along = replace(_diversion(before), went_along_at=event.at, went_along_by=event.staff)
    return replace(before, diversion=along)


def _declined(before: Ticket, event: MachineDeclined, _teller: str) -> Ticket:
    declined = replace(_diversion(before), declined_at=event.at, reason=event.reason)
    return replace(before, diversion=declined)


def _done(before: Ticket, event: MachineJobDone, _teller: str) -> Ticket:
    done = replace(
        _diversion(before), completed_at=event.at, confirmed_by=event.by, reason=event.reason
    )
    return replace(ended(before, TicketState.DONE_AT_MACHINE, event.at), diversion=done)


def _returned(before: Ticket, event: ReturnedFromMachine, _teller: str) -> Ticket:
    """At the place that the time of issue gave."""
    returned = replace(_diversion(before), returned_at=event.at, reason=event.reason)
    return replace(waiting(before, before.place), diversion=returned)


def _diversion(ticket: Ticket) -> Diversion:
    assert ticket.diversion is not None, "an offer comes before its answer"
    return ticket.diversion


CARE: TicketEvolvers = {
    CareRecorded: _recorded,
    CallModesSet: _call_modes_set,
    LongerGraceGiven: _longer_grace_given,
}
"""Events that leave the ticket untouched for an undo: it does not move on by them."""

EVOLVERS: TicketEvolvers = {
    **CARE,
    MachineOffered: _offered,
    MachineAccepted: _accepted,
    CustomerAccompanied: _accompanied,
    MachineDeclined: _declined,
    MachineJobDone: _done,
    ReturnedFromMachine: _returned,
}
