"""The turn of the day: what yesterday left open is ended, then the new day begins."""

from datetime import datetime

from lobby.queueing.commands.command import OpenDay
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.events.counter import CounterClosed
from lobby.queueing.events.event import DayOpened
from lobby.queueing.events.ticket import TicketLapsed
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.notices import notices_now
from lobby.queueing.refusals.ticket import DayNotOver


def _open_day(hall: Hall, _command: OpenDay, now: datetime) -> Events:
    events = new_day(hall, now)
    if not events:
        raise DayNotOver
    return events


def new_day(hall: Hall, now: datetime) -> Events:
    """The events that open today, or none where today is open or the clock has gone back.

    A day turns at the first ticket or counter of the new date, or when `OpenDay` is asked, so
    that a customer served over midnight is finished like any other.
    """
    today = hall.plan.business_day(now)
    if hall.day is not None and today <= hall.day:
        return ()
    opened = DayOpened(
        now,
        today,
        machines=tuple(machine for machine in hall.machines.values() if machine.since),
        help_calls=hall.help_calls,
        duty=tuple(d for d in hall.duty.values() if hall.plan.business_day(d.since) == today),
        handover=hall.handover,
        notices=notices_now(hall.notices, now),
        escorts=hall.escorts,
    )
    return (*_lapses(hall, now), *_closings(hall, now), opened)


def is_quiet(hall: Hall, now: datetime) -> bool:
    """A new date has come and nobody is at a counter or waits for one that serves: the day may
    turn by itself."""
    if hall.day is None or hall.plan.business_day(now) <= hall.day:
        return False
    counters = hall.counters.values()
    is_waited_for = hall.waiting_count() > 0 and any(counter.is_serving for counter in counters)
    return not is_waited_for and all(counter.ticket is None for counter in counters)


def _lapses(hall: Hall, now: datetime) -> Events:
    open_tickets = (t for t in hall.tickets.values_in_order() if not t.is_ended)
    return tuple(TicketLapsed(now, ticket.number) for ticket in open_tickets)


def _closings(hall: Hall, now: datetime) -> Events:
    open_counters = (c for c in hall.counters.values() if c.is_open)
    return tuple(CounterClosed(now, counter.id) for counter in open_counters)


DECIDERS: Deciders = {OpenDay: _open_day}
