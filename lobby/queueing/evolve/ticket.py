"""The next state of one ticket in the line: called, absent, back, held, sent on, ended, moved."""

from msgspec.structs import replace

from lobby.queueing.events.care import AdviserAsked
from lobby.queueing.events.ticket import (
    CustomerAbsent,
    CustomerReturned,
    PriorityChanged,
    RestEnded,
    ServiceChanged,
    TicketCalled,
    TicketCalledAgain,
    TicketCancelled,
    TicketHeld,
    TicketLapsed,
    TicketPostponed,
    TicketRested,
    TicketTransferred,
    TicketUnheld,
)
from lobby.queueing.evolve.evolver import TicketEvolvers
from lobby.queueing.evolve.ticket_changes import awake, ended, for_service, stopped, waiting
from lobby.queueing.model.rest import Rest
from lobby.queueing.model.ticket import Ticket, TicketState


def _called(before: Ticket, event: TicketCalled, teller: str) -> Ticket:
    """Who asked for one teller and is with another now, asked no longer."""
    return replace(
        before,
        state=TicketState.CALLED,
        counter=event.counter,
        reserved_counter=None,
        first_called_at=before.first_called_at or event.at,
        called_at=event.at,
        calls=before.calls + 1,
        calls_here=1,
        called_automatically=event.auto,
        hold_reason="",
        hold_until=None,
        reserved_teller=teller if before.reserved_teller == teller else None,
        choice=event.choice,
        is_next=False,
    )


def _called_again(before: Ticket, event: TicketCalledAgain, _teller: str) -> Ticket:
    return replace(
        before,
        called_at=event.at,
        calls=before.calls + 1,
        calls_here=before.calls_here + 1,
    )


def _absent(before: Ticket, event: CustomerAbsent, _teller: str) -> Ticket:
    after = ended(before, TicketState.ABSENT, event.at)
    return replace(after, absences=before.absences + 1, absent_at=event.at)


def _returned(before: Ticket, event: CustomerReturned, _teller: str) -> Ticket:
    """Who left the line on the way to a machine is on the way there again."""
    after = waiting(before, event.place)
    diversion = before.diversion
    if diversion is not None and diversion.is_under_way:
        after = replace(after, state=TicketState.AT_MACHINE)
    return replace(after, returns=before.returns + 1, reserved_counter=None)


def _held(before: Ticket, event: TicketHeld, _teller: str) -> Ticket:
    return replace(
        stopped(before, event.at),
        state=TicketState.ON_HOLD,
        counter=None,
        hold_reason=event.reason,
        hold_until=event.until,
        holds=before.holds + 1,
    )


def _unheld(before: Ticket, _event: TicketUnheld, _teller: str) -> Ticket:
    return waiting(before, before.place)


def _rested(before: Ticket, event: TicketRested, _teller: str) -> Ticket:
    rest = Rest(event.reason, event.at, event.until)
    return replace(before, state=TicketState.RESTING, rests=(*before.rests, rest), is_next=False)


def _rest_ended(before: Ticket, event: RestEnded, _teller: str) -> Ticket:
    """At the place that was kept."""
    return waiting(awake(before, event.at), before.place)


def _transferred(before: Ticket, event: TicketTransferred, teller: str) -> Ticket:
    """A note that is not written anew stays for the next counter."""
    sent_on = waiting(stopped(before, event.at), before.place)
    if event.to_service != before.service:
        sent_on = for_service(sent_on, event.to_service, event.answered, event.priority)
    return replace(
        sent_on,
        reserved_counter=event.to_counter,
        reserved_teller=event.to_teller,
        return_to=event.return_to,
        note=event.note or before.note,
        sent_by=teller or None,
        transfers=before.transfers + 1,
    )


def _cancelled(before: Ticket, event: TicketCancelled, _teller: str) -> Ticket:
    return ended(before, TicketState.CANCELLED, event.at)


def _lapsed(before: Ticket, event: TicketLapsed, _teller: str) -> Ticket:
    return ended(before, TicketState.LAPSED, event.at)


def _postponed(before: Ticket, event: TicketPostponed, _teller: str) -> Ticket:
    return replace(before, place=event.place, is_next=False, postponements=before.postponements + 1)


def _service_changed(before: Ticket, event: ServiceChanged, _teller: str) -> Ticket:
    after = for_service(before, event.service, event.answered, event.priority)
    return replace(after, reserved_counter=None, is_next=False)


def _priority_changed(before: Ticket, event: PriorityChanged, _teller: str) -> Ticket:
    """A colleague's word: from now on the class does not come from the service."""
    return replace(before, priority=event.priority, usual_priority=None)


def _adviser_asked(before: Ticket, event: AdviserAsked, _teller: str) -> Ticket:
    return replace(before, reserved_teller=event.teller, sent_by=None, is_next=False)


EVOLVERS: TicketEvolvers = {
    TicketCalled: _called,
    TicketCalledAgain: _called_again,
    CustomerAbsent: _absent,
    CustomerReturned: _returned,
    TicketHeld: _held,
    TicketUnheld: _unheld,
    TicketRested: _rested,
    RestEnded: _rest_ended,
    TicketTransferred: _transferred,
    TicketCancelled: _cancelled,
    TicketLapsed: _lapsed,
    TicketPostponed: _postponed,
    ServiceChanged: _service_changed,
    PriorityChanged: _priority_changed,
    AdviserAsked: _adviser_asked,
}
