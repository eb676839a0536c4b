"""The next state of one ticket: what each event does to it, and nothing else."""

from dataclasses import replace
from typing import TypeAlias, assert_never

from lobby.queueing.events.care import (
    AdviserAsked,
    CallModesSet,
    CareEvent,
    CareRecorded,
    CustomerAccompanied,
    LongerGraceGiven,
    MachineAccepted,
    MachineDeclined,
    MachineEvent,
    MachineJobDone,
    MachineOffered,
    ReturnedFromMachine,
)
from lobby.queueing.events.ticket import (
    CustomerAbsent,
    CustomerReturned,
    PriorityChanged,
    ServiceAdded,
    ServiceChanged,
    ServingFinished,
    ServingPaused,
    ServingResumed,
    ServingStarted,
    TicketCalled,
    TicketCalledAgain,
    TicketCancelled,
    TicketHeld,
    TicketLapsed,
    TicketPostponed,
    TicketSentBack,
    TicketTransferred,
    TicketUnheld,
)
from lobby.queueing.evolve.served_ticket import ServingPassage, cared_for, served
from lobby.queueing.evolve.ticket_changes import ended, stopped, waiting
from lobby.queueing.model.intake import Diversion
from lobby.queueing.model.ticket import Ticket, TicketState

WishedPassage: TypeAlias = (
    TicketPostponed | ServiceChanged | PriorityChanged | AdviserAsked | MachineEvent | CareEvent
)

Passage: TypeAlias = (
    TicketLapsed
    | TicketCalled
    | TicketCalledAgain
    | ServingPassage
    | CustomerAbsent
    | CustomerReturned
    | TicketHeld
    | TicketUnheld
    | TicketTransferred
    | TicketCancelled
    | WishedPassage
)


def evolve_ticket(before: Ticket, event: Passage, teller: str) -> Ticket:
    """`teller` is who sits at the event's counter, for the serving that begins there."""
    match event:
        case TicketCalled():
            return _called(before, event, teller)
        case TicketCalledAgain():
            again = replace(before, called_at=event.at, calls=before.calls + 1)
            return replace(again, calls_here=before.calls_here + 1)
        case CustomerAbsent():
            after = ended(before, TicketState.ABSENT, event.at)
            return replace(after, absences=before.absences + 1, absent_at=event.at)
        case CustomerReturned():
            after = waiting(before, event.place)
            return replace(after, returns=before.returns + 1, reserved_counter=None)
        case TicketHeld():
            return _held(before, event)
        case TicketUnheld():
            return waiting(before, before.place)
        case TicketTransferred():
            return _transferred(before, event)
        case TicketCancelled():
            return ended(before, TicketState.CANCELLED, event.at)
        case TicketLapsed():
            return ended(before, TicketState.LAPSED, event.at)
        case (
            ServingStarted()
            | ServingPaused()
            | ServingResumed()
            | ServiceAdded()
            | ServingFinished()
            | TicketSentBack()
        ):
            return served(before, event, teller)
        case _:
            return _passed_by_own_wish(before, event)


def _passed_by_own_wish(before: Ticket, event: WishedPassage) -> Ticket:
    match event:
        case TicketPostponed():
            moved = replace(before, place=event.place, is_next=False)
            return replace(moved, postponements=before.postponements + 1)
        case ServiceChanged():
            return replace(before, service=event.service, reserved_counter=None, is_next=False)
        case PriorityChanged():
            return replace(before, priority=event.priority)
        case AdviserAsked():
            return replace(before, reserved_teller=event.teller, is_next=False)
        case CareRecorded() | CallModesSet() | LongerGraceGiven():
            return cared_for(before, event)
        case _:
            return _diverted(before, event)


def _diverted(before: Ticket, event: MachineEvent) -> Ticket:
    if isinstance(event, MachineOffered):
        offer = Diversion(event.by, offered_at=event.at, machine=event.machine)
        return replace(before, diversion=offer)
    diversion = before.diversion
    assert diversion is not None, "an offer comes before its answer"
    match event:
        case MachineAccepted():
            accepted = replace(diversion, accepted_at=event.at)
            return replace(before, state=TicketState.AT_MACHINE, diversion=accepted)
        case CustomerAccompanied():
            along = replace(diversion, went_along_at=event.at, went_along_by=event.staff)
            return replace(before, diversion=along)
        case MachineDeclined():
            declined = replace(diversion, declined_at=event.at, reason=event.reason)
            return replace(before, diversion=declined)
        case MachineJobDone():
            done = replace(diversion, completed_at=event.at, confirmed_by=event.by)
            after = ended(before, TicketState.DONE_AT_MACHINE, event.at)
            return replace(after, diversion=replace(done, reason=event.reason))
        case ReturnedFromMachine():
            returned = replace(diversion, returned_at=event.at, reason=event.reason)
            return replace(waiting(before, before.place), diversion=returned)
        case _:
            assert_never(event)


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


def _held(before: Ticket, event: TicketHeld) -> Ticket:
    return replace(
        stopped(before, event.at),
        state=TicketState.ON_HOLD,
        counter=None,
        hold_reason=event.reason,
        hold_until=event.until,
        holds=before.holds + 1,
    )


def _transferred(before: Ticket, event: TicketTransferred) -> Ticket:
    return replace(
        waiting(stopped(before, event.at), before.place),
        service=event.to_service,
        reserved_counter=event.to_counter,
        reserved_teller=event.to_teller,
        return_to=event.return_to,
        note=event.note or before.note,
        transfers=before.transfers + 1,
    )
