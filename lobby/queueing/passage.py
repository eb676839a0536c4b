"""The next state of one ticket: what each event does to it, and nothing else."""

from dataclasses import replace
from datetime import datetime
from typing import TypeAlias, assert_never

from lobby.queueing import events as on
from lobby.queueing.intake import Diversion
from lobby.queueing.ticket import Place, Serving, Ticket, TicketState

MachinePassage: TypeAlias = (
    on.MachineOffered
    | on.MachineAccepted
    | on.MachineDeclined
    | on.MachineJobDone
    | on.ReturnedFromMachine
)

WishedPassage: TypeAlias = (
    on.TicketPostponed | on.ServiceChanged | on.PriorityChanged | MachinePassage
)

Passage: TypeAlias = (
    on.TicketLapsed
    | on.TicketCalled
    | on.TicketCalledAgain
    | on.ServingStarted
    | on.ServingFinished
    | on.CustomerAbsent
    | on.CustomerReturned
    | on.TicketHeld
    | on.TicketUnheld
    | on.TicketTransferred
    | on.TicketCancelled
    | WishedPassage
)


def passed(before: Ticket, event: Passage, teller: str) -> Ticket:
    """`teller` is who sits at the event's counter, for the serving that begins there."""
    match event:
        case on.TicketCalled():
            return _called(before, event)
        case on.TicketCalledAgain():
            return replace(before, called_at=event.at, calls=before.calls + 1)
        case on.ServingStarted():
            serving = Serving(event.counter, teller, before.service, started_at=event.at)
            return replace(before, state=TicketState.SERVING, servings=(*before.servings, serving))
        case on.ServingFinished():
            after = _ended(before, TicketState.FINISHED, event.at)
            return replace(after, services_done=event.services_done)
        case on.CustomerAbsent():
            after = _ended(before, TicketState.ABSENT, event.at)
            return replace(after, absences=before.absences + 1, absent_at=event.at)
        case on.CustomerReturned():
            after = _waiting(before, event.place)
            return replace(after, returns=before.returns + 1, reserved_counter=None)
        case on.TicketHeld():
            return _held(before, event)
        case on.TicketUnheld():
            return _waiting(before, before.place)
        case on.TicketTransferred():
            return _transferred(before, event)
        case on.TicketCancelled():
            return _ended(before, TicketState.CANCELLED, event.at)
        case on.TicketLapsed():
            return _ended(before, TicketState.LAPSED, event.at)
        case _:
            return _passed_by_own_wish(before, event)


def _passed_by_own_wish(before: Ticket, event: WishedPassage) -> Ticket:
    match event:
        case on.TicketPostponed():
            moved = replace(before, place=event.place, is_next=False)
            return replace(moved, postponements=before.postponements + 1)
        case on.ServiceChanged():
            return replace(before, service=event.service, reserved_counter=None, is_next=False)
        case on.PriorityChanged():
            return replace(before, priority=event.priority)
        case _:
            return _diverted(before, event)


def _diverted(before: Ticket, event: MachinePassage) -> Ticket:
    if isinstance(event, on.MachineOffered):
        offer = Diversion(event.by, offered_at=event.at, machine=event.machine)
        return replace(before, diversion=offer)
    diversion = before.diversion
    assert diversion is not None, "an offer comes before its answer"
    match event:
        case on.MachineAccepted():
            accepted = replace(diversion, accepted_at=event.at)
            return replace(before, state=TicketState.AT_MACHINE, diversion=accepted)
        case on.MachineDeclined():
            return replace(before, diversion=replace(diversion, declined_at=event.at))
        case on.MachineJobDone():
            done = replace(diversion, completed_at=event.at, confirmed_by=event.by)
            return replace(_ended(before, TicketState.DONE_AT_MACHINE, event.at), diversion=done)
        case on.ReturnedFromMachine():
            returned = replace(diversion, returned_at=event.at)
            return replace(_waiting(before, before.place), diversion=returned)
        case _:
            assert_never(event)


def _called(before: Ticket, event: on.TicketCalled) -> Ticket:
    return replace(
        before,
        state=TicketState.CALLED,
        counter=event.counter,
        reserved_counter=None,
        first_called_at=before.first_called_at or event.at,
        called_at=event.at,
        calls=before.calls + 1,
        hold_reason="",
        choice=event.choice,
        is_next=False,
    )


def _held(before: Ticket, event: on.TicketHeld) -> Ticket:
    return replace(
        _stopped(before, event.at),
        state=TicketState.ON_HOLD,
        counter=None,
        hold_reason=event.reason,
        holds=before.holds + 1,
    )


def _transferred(before: Ticket, event: on.TicketTransferred) -> Ticket:
    return replace(
        _waiting(_stopped(before, event.at), before.place),
        service=event.to_service,
        reserved_counter=event.to_counter,
        note=event.note or before.note,
        transfers=before.transfers + 1,
    )


def _waiting(ticket: Ticket, place: Place) -> Ticket:
    return replace(
        ticket,
        state=TicketState.WAITING,
        place=place,
        counter=None,
        hold_reason="",
        ended_at=None,
    )


def _ended(ticket: Ticket, state: TicketState, at: datetime) -> Ticket:
    return replace(_stopped(ticket, at), state=state, counter=None, ended_at=at, is_next=False)


def _stopped(ticket: Ticket, at: datetime) -> Ticket:
    """The serving that lasts, if any, ends here."""
    if not ticket.servings or ticket.servings[-1].finished_at is not None:
        return ticket
    finished = replace(ticket.servings[-1], finished_at=at)
    return replace(ticket, servings=(*ticket.servings[:-1], finished))
