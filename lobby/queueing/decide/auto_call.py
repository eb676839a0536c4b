"""Counters that call without being pressed: an idle one whoever arrives, one that becomes free
whoever is next."""

from collections.abc import Iterator
from datetime import datetime

from lobby.queueing.calling import select as calling
from lobby.queueing.decide.counter import called
from lobby.queueing.events.care import AdviserAsked, ReturnedFromMachine
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import (
    CustomerReturned,
    RestEnded,
    ServiceChanged,
    TicketCalled,
    TicketSentBack,
    TicketTaken,
    TicketTransferred,
    TicketUnheld,
)
from lobby.queueing.evolve.dispatch import evolve, fold
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import NO_CALL_BEFORE_BREAK
from lobby.queueing.model.ticket import TicketState

Arrival = (
    TicketTaken
    | CustomerReturned
    | TicketUnheld
    | RestEnded
    | ReturnedFromMachine
    | TicketTransferred
    | TicketSentBack
    | ServiceChanged
    | AdviserAsked
)


def auto_called(hall: Hall, events: tuple[Event, ...], now: datetime) -> tuple[TicketCalled, ...]:
    """At most two calls: one for who has just arrived, and one by a counter that let its customer
    go. In the first moment it calls anybody but that customer."""
    if not hall.plan.counter_policy.auto_call or not events:
        return ()
    after = fold(hall, events)
    arrival = _called_for_arrival(after, events, now)
    for call in arrival:
        after = evolve(after, call)
    return (*arrival, *_called_by_freed(hall, after, now))


def _called_for_arrival(
    after: Hall, events: tuple[Event, ...], now: datetime
) -> tuple[TicketCalled, ...]:
    """By the idle counter with the fewest services of those that can serve who has just arrived;
    whom it calls is for its own rule to say."""
    arrived = [event for event in events if isinstance(event, Arrival)]
    if not arrived:
        return ()
    ticket = after.tickets[arrived[-1].number]
    if ticket.state is not TicketState.WAITING:
        return ()
    sender = getattr(arrived[-1], "counter", None)
    idle = (c for c in after.counters.values() if _is_idle(c, now) and c.id != sender)
    able = [counter for counter in idle if calling.may_call(after, counter, ticket)]
    if not able:
        return ()
    fewest = min(able, key=lambda counter: len(counter.services))
    choice = calling.next_ticket(after, fewest, now)
    assert choice is not None, "whoever can be served waits"
    return (called(after, fewest, choice, now, auto=True),)


def _called_by_freed(before: Hall, after: Hall, now: datetime) -> Iterator[TicketCalled]:
    """However the customer went: finished, sent on, put on hold, absent, or gone by themselves."""
    for held in before.counters.values():
        counter = after.counters.get(held.id)
        if held.ticket is None or counter is None or not _is_idle(counter, now):
            continue
        choice = calling.next_ticket(after, counter, now)
        if choice is not None and choice.number != held.ticket:
            yield called(after, counter, choice, now, auto=True)


def _is_idle(counter: Counter, now: datetime) -> bool:
    return counter.is_serving and counter.ticket is None and not has_break_now(counter, now)


def has_break_now(counter: Counter, now: datetime) -> bool:
    """A planned break has come or is about to: only the teller calls anybody then."""
    planned = counter.session.planned_break if counter.session else None
    return planned is not None and planned.at - now <= NO_CALL_BEFORE_BREAK
