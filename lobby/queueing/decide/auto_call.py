"""Idle counters that need not press: whoever arrives is given to one of them at once."""

from datetime import datetime

from lobby.queueing.calling import select as calling
from lobby.queueing.decide.counter import called
from lobby.queueing.events.care import AdviserAsked, ReturnedFromMachine
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import (
    CustomerReturned,
    ServiceChanged,
    TicketCalled,
    TicketSentBack,
    TicketTaken,
    TicketTransferred,
    TicketUnheld,
)
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState

Arrival = (
    TicketTaken
    | CustomerReturned
    | TicketUnheld
    | ReturnedFromMachine
    | TicketTransferred
    | TicketSentBack
    | ServiceChanged
    | AdviserAsked
)


def auto_called(hall: Hall, events: tuple[Event, ...], now: datetime) -> tuple[TicketCalled, ...]:
    """At most one call: by the idle counter with the fewest services of those that can serve who
    has just arrived; whom it calls is for its own rule to say."""
    if not hall.plan.counter_policy.auto_call:
        return ()
    arrived = [event for event in events if isinstance(event, Arrival)]
    if not arrived:
        return ()
    after = fold(hall, events)
    ticket = after.tickets[arrived[-1].number]
    if ticket.state is not TicketState.WAITING:
        return ()
    sender = getattr(arrived[-1], "counter", None)
    idle = (c for c in after.counters.values() if _is_idle(c) and c.id != sender)
    able = [counter for counter in idle if calling.may_call(after, counter, ticket)]
    if not able:
        return ()
    fewest = min(able, key=lambda counter: len(counter.services))
    choice = calling.next_ticket(after, fewest, now)
    assert choice is not None, "whoever can be served waits"
    return (called(after, fewest, choice, now, auto=True),)


def _is_idle(counter: Counter) -> bool:
    return counter.is_serving and counter.ticket is None
