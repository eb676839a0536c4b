"""The next state of one ticket: what each event does to it, and nothing else."""

from dataclasses import replace
from typing import TypeAlias, assert_never

from lobby.queueing import events as on
from lobby.queueing.intake import Diversion
from lobby.queueing.serving import ServingPassage, cared_for, served
from lobby.queueing.standing import ended, stopped, waiting
from lobby.queueing.ticket import Ticket, TicketState

WishedPassage: TypeAlias = (
    on.TicketPostponed
    | on.ServiceChanged
    | on.PriorityChanged
    | on.AdviserAsked
    | on.MachineEvent
    | on.CareEvent
)

Passage: TypeAlias = (
    on.TicketLapsed
    | on.TicketCalled
    | on.TicketCalledAgain
    | ServingPassage
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
            return _called(before, event, teller)
        case on.TicketCalledAgain():
            again = replace(before, called_at=event.at, calls=before.calls + 1)
            return replace(again, calls_here=before.calls_here + 1)
        case on.CustomerAbsent():
            after = ended(before, TicketState.ABSENT, event.at)
            return replace(after, absences=before.absences + 1, absent_at=event.at)
        case on.CustomerReturned():
            after = waiting(before, event.place)
            return replace(after, returns=before.returns + 1, reserved_counter=None)
        case on.TicketHeld():
            return _held(before, event)
        case on.TicketUnheld():
            return waiting(before, before.place)
        case on.TicketTransferred():
            return _transferred(before, event)
        case on.TicketCancelled():
            return ended(before, TicketState.CANCELLED, event.at)
        case on.TicketLapsed():
            return ended(before, TicketState.LAPSED, event.at)
        case (
            on.ServingStarted()
            | on.ServingPaused()
            | on.ServingResumed()
            | on.ServiceAdded()
            | on.ServingFinished()
            | on.TicketSentBack()
        ):
            return served(before, event, teller)
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
        case on.AdviserAsked():
            return replace(before, reserved_teller=event.teller, is_next=False)
        case on.CareRecorded() | on.CallModesSet() | on.LongerGraceGiven():
            return cared_for(before, event)
        case _:
            return _diverted(before, event)


def _diverted(before: Ticket, event: on.MachineEvent) -> Ticket:
    if isinstance(event, on.MachineOffered):
        offer = Diversion(event.by, offered_at=event.at, machine=event.machine)
        return replace(before, diversion=offer)
    diversion = before.diversion
    assert diversion is not None, "an offer comes before its answer"
    match event:
        case on.MachineAccepted():
            accepted = replace(diversion, accepted_at=event.at)
            return replace(before, state=TicketState.AT_MACHINE, diversion=accepted)
        case on.CustomerAccompanied():
            along = replace(diversion, went_along_at=event.at, went_along_by=event.staff)
            return replace(before, diversion=along)
        case on.MachineDeclined():
            declined = replace(diversion, declined_at=event.at, reason=event.reason)
            return replace(before, diversion=declined)
        case on.MachineJobDone():
            done = replace(diversion, completed_at=event.at, confirmed_by=event.by)
            after = ended(before, TicketState.DONE_AT_MACHINE, event.at)
            return replace(after, diversion=replace(done, reason=event.reason))
        case on.ReturnedFromMachine():
            returned = replace(diversion, returned_at=event.at, reason=event.reason)
            return replace(waiting(before, before.place), diversion=returned)
        case _:
            assert_never(event)


def _called(before: Ticket, event: on.TicketCalled, teller: str) -> Ticket:
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


def _held(before: Ticket, event: on.TicketHeld) -> Ticket:
    return replace(
        stopped(before, event.at),
        state=TicketState.ON_HOLD,
        counter=None,
        hold_reason=event.reason,
        hold_until=event.until,
        holds=before.holds + 1,
    )


def _transferred(before: Ticket, event: on.TicketTransferred) -> Ticket:
    return replace(
        waiting(stopped(before, event.at), before.place),
        service=event.to_service,
        reserved_counter=event.to_counter,
        reserved_teller=event.to_teller,
        return_to=event.return_to,
        note=event.note or before.note,
        transfers=before.transfers + 1,
    )
