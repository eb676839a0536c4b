"""What each event teaches: job lengths, gaps, walks, pauses, absences, arrivals and leaving."""

from datetime import date, datetime
from typing import TypeAlias

from lobby.forecast.knowledge import Knowledge
from lobby.queueing.calling.select import eligible_count
from lobby.queueing.events.counter import CounterClosed, CounterPaused, CounterResumed
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import (
    ActUndone,
    CustomerAbsent,
    ServiceAdded,
    ServingFinished,
    ServingStarted,
    TicketCalled,
    TicketCancelled,
    TicketHeld,
    TicketTaken,
    TicketTransferred,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket, TicketState

Freeing: TypeAlias = ServingFinished | CustomerAbsent | TicketTransferred | TicketHeld | ActUndone

COMES_TO_COUNTER = frozenset({TicketState.WAITING, TicketState.RESTING})
"""States of a new ticket that will wait for a counter: who fetches a paper does so later. How long
people wait before they leave is learned from those who were never away."""


ADDED_LATE_S = 15
"""A service that was added this short before the end was done before it was added."""


class Learner:
    """Feeds a branch's knowledge from its own events, in order; nothing from the future."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.freed: dict[str, datetime] = {}
        self.day: date | None = None

    def begin_day(self, day: date) -> None:
        self.day = day
        self.freed.clear()

    def observe(self, event: Event, before: Hall, after: Hall) -> None:
        match event:
            case TicketTaken():
                self._taken(event, after)
            case TicketCalled():
                self._called(event, before)
            case ServingStarted():
                self._started(event, before)
            case ServingFinished() | TicketTransferred() | TicketHeld():
                self._finished(event, before)
                self._freed(event, after)
            case ServiceAdded():
                self._finished(event, before)
            case CustomerAbsent():
                self._absent(event, before)
                self._freed(event, after)
            case TicketCancelled():
                self._left(event, before)
            case CounterPaused() | CounterClosed():
                self._gap(event.counter, event.at, ended=False)
            case CounterResumed():
                self._resumed(event, before)
            case _:
                pass

    def _taken(self, event: TicketTaken, after: Hall) -> None:
        ticket = after.tickets.get(event.number)
        if ticket is None or ticket.state not in COMES_TO_COUNTER:
            return
        local = after.plan.local(event.at)
        second = local.hour * 3600 + local.minute * 60 + local.second
        self.knowledge.arrivals.learn(second, (ticket.service, ticket.priority.value))

    def _called(self, event: TicketCalled, before: Hall) -> None:
        self.knowledge.called += 1
        ticket = before.tickets[event.number]
        if ticket.first_called_at is None and not ticket.rests:
            self.knowledge.leaving.learn(_seconds(ticket.taken_at, event.at), ended=False)
        self._gap(event.counter, event.at, ended=True)

    def _gap(self, counter: str, at: datetime, ended: bool) -> None:
        """The time since a counter became free, which a call ended, or a pause before a call."""
        freed_at = self.freed.pop(counter, None)
        if freed_at is not None:
            self.knowledge.gaps.learn(_seconds(freed_at, at), ended)

    def _started(self, event: ServingStarted, before: Hall) -> None:
        called_at = before.tickets[event.number].called_at
        if called_at is not None:
            self.knowledge.walks.learn(_seconds(called_at, event.at))

    def _finished(
        self, event: ServingFinished | TicketTransferred | TicketHeld | ServiceAdded, before: Hall
    ) -> None:
        """One service at a time: what a service that was added lasted is learned for that one."""
        ticket = before.tickets[event.number]
        serving = ticket.serving
        if serving is None:
            return
        day = before.plan.business_day(event.at).toordinal()
        length_s = _seconds(serving.started_at, event.at)
        if length_s < ADDED_LATE_S and serving.service in ticket.services_done:
            return
        self.knowledge.jobs.learn(day, serving.service, serving.teller, length_s)

    def _absent(self, event: CustomerAbsent, before: Hall) -> None:
        self.knowledge.absent += 1
        called_at = before.tickets[event.number].called_at
        if called_at is not None:
            self.knowledge.absences.learn(_seconds(called_at, event.at))

    def _freed(self, event: Freeing, after: Hall) -> None:
        """A gap counts where somebody waited for this counter when it became free."""
        counter = after.counters.get(event.counter)
        if counter is not None and counter.is_serving and eligible_count(after, counter):
            self.freed[event.counter] = event.at

    def _left(self, event: TicketCancelled, before: Hall) -> None:
        ticket: Ticket = before.tickets[event.number]
        is_uncalled = ticket.first_called_at is None and not ticket.rests
        if ticket.state is TicketState.WAITING and is_uncalled:
            self.knowledge.leaving.learn(_seconds(ticket.taken_at, event.at), ended=True)

    def _resumed(self, event: CounterResumed, before: Hall) -> None:
        session = before.counters[event.counter].session
        if session is not None and session.paused_at is not None:
            self.knowledge.pauses.learn(_seconds(session.paused_at, event.at))


def _seconds(since: datetime, at: datetime) -> float:
    return max(0.0, (at - since).total_seconds())
