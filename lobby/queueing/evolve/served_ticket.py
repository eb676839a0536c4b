"""The next state of a ticket while it is served at a counter."""

from msgspec.structs import replace

from lobby.queueing.events.ticket import (
    ServiceAdded,
    ServingFinished,
    ServingPaused,
    ServingResumed,
    ServingStarted,
    TicketSentBack,
)
from lobby.queueing.evolve.evolver import TicketEvolvers
from lobby.queueing.evolve.ticket_changes import ended, stopped, unpaused, waiting
from lobby.queueing.model.ticket import Serving, Ticket, TicketState


def _started(before: Ticket, event: ServingStarted, teller: str) -> Ticket:
    serving = Serving(event.counter, teller, before.service, started_at=event.at)
    return replace(before, state=TicketState.SERVING, servings=(*before.servings, serving))


def _paused(before: Ticket, event: ServingPaused, _teller: str) -> Ticket:
    return _with_last(before, replace(before.servings[-1], paused_at=event.at))


def _resumed(before: Ticket, event: ServingResumed, _teller: str) -> Ticket:
    return _with_last(before, unpaused(before.servings[-1], event.at))


def _service_added(before: Ticket, event: ServiceAdded, teller: str) -> Ticket:
    """From now on the time is that of the added service."""
    until_now = stopped(before, event.at)
    serving = Serving(event.counter, teller, event.service, started_at=event.at)
    return replace(
        until_now,
        servings=(*until_now.servings, serving),
        services_done=(*before.services_done, event.service),
        answered=event.answered,
    )


def _finished(before: Ticket, event: ServingFinished, _teller: str) -> Ticket:
    after = ended(before, TicketState.FINISHED, event.at)
    return replace(after, services_done=event.services_done)


def _sent_back(before: Ticket, event: TicketSentBack, teller: str) -> Ticket:
    """At its old place, for whoever had sent it."""
    return replace(
        waiting(stopped(before, event.at), before.place),
        service=event.return_to.service,
        services_done=event.services_done,
        reserved_counter=None,
        reserved_teller=event.return_to.teller,
        return_to=None,
        sent_by=teller or None,
        transfers=before.transfers + 1,
    )


def _with_last(ticket: Ticket, serving: Serving) -> Ticket:
    return replace(ticket, servings=(*ticket.servings[:-1], serving))


EVOLVERS: TicketEvolvers = {
    ServingStarted: _started,
    ServingPaused: _paused,
    ServingResumed: _resumed,
    ServiceAdded: _service_added,
    ServingFinished: _finished,
    TicketSentBack: _sent_back,
}
