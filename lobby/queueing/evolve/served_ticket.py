"""The next state of a ticket while it is served, and of one that is cared for."""

from dataclasses import replace
from typing import assert_never

from lobby.queueing.events.care import CallModesSet, CareEvent, CareRecorded, LongerGraceGiven
from lobby.queueing.events.ticket import (
    ServiceAdded,
    ServingFinished,
    ServingPaused,
    ServingResumed,
    ServingStarted,
    TicketSentBack,
)
from lobby.queueing.evolve.ticket_changes import ended, stopped, unpaused, waiting
from lobby.queueing.model.care import CareMark
from lobby.queueing.model.ticket import Serving, Ticket, TicketState

ServingPassage = (
    ServingStarted
    | ServingPaused
    | ServingResumed
    | ServiceAdded
    | ServingFinished
    | TicketSentBack
)


def served(before: Ticket, event: ServingPassage, teller: str) -> Ticket:
    """`teller` is who sits at the event's counter, for the serving that begins there."""
    match event:
        case ServingStarted():
            serving = Serving(event.counter, teller, before.service, started_at=event.at)
            return replace(before, state=TicketState.SERVING, servings=(*before.servings, serving))
        case ServingPaused():
            return _with_last(before, replace(before.servings[-1], paused_at=event.at))
        case ServingResumed():
            return _with_last(before, unpaused(before.servings[-1], event.at))
        case ServiceAdded():
            return replace(before, services_done=(*before.services_done, event.service))
        case ServingFinished():
            after = ended(before, TicketState.FINISHED, event.at)
            return replace(after, services_done=event.services_done)
        case TicketSentBack():
            return _sent_back(before, event)
        case _:
            assert_never(event)


def cared_for(before: Ticket, event: CareEvent) -> Ticket:
    match event:
        case CareRecorded():
            mark = CareMark(event.step, event.at, event.staff)
            return replace(before, care=(*before.care, mark))
        case CallModesSet():
            return replace(before, call_modes=event.modes, pager=event.pager)
        case LongerGraceGiven():
            return replace(before, longer_grace=True)
        case _:
            assert_never(event)


def with_care_of(before: Ticket, now: Ticket) -> Ticket:
    """The ticket as it was before a mistake, with the care that was given and the turns that were
    taken since: an undo takes back what a counter did, not what others did meanwhile."""
    return replace(
        before,
        care=now.care,
        call_modes=now.call_modes,
        pager=now.pager,
        longer_grace=now.longer_grace,
        overtakes=now.overtakes,
    )


def _with_last(ticket: Ticket, serving: Serving) -> Ticket:
    return replace(ticket, servings=(*ticket.servings[:-1], serving))


def _sent_back(before: Ticket, event: TicketSentBack) -> Ticket:
    """At its old place, for whoever had sent it."""
    return replace(
        waiting(stopped(before, event.at), before.place),
        service=event.return_to.service,
        services_done=event.services_done,
        reserved_counter=None,
        reserved_teller=event.return_to.teller,
        return_to=None,
        transfers=before.transfers + 1,
    )
