"""The turn of the day: what yesterday left open is ended, then the new day begins."""

from datetime import datetime, timedelta

from lobby.queueing.commands.command import CloseOutDay, Command, CorrectClock, OpenDay
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.events.counter import CounterClosed
from lobby.queueing.events.event import ClockCorrected, DayClosedOut, DayOpened
from lobby.queueing.events.ticket import TicketLapsed
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.notices import notices_now
from lobby.queueing.model.ticket import AT_COUNTER
from lobby.queueing.refusals.ticket import DayNotOver

DAY_OPENERS = (OpenDay, OpenCounter, TakeTicket)
"""What opens a new business day; everything else goes on in the one that is open."""


def _open_day(hall: Hall, _command: OpenDay, now: datetime) -> Events:
    events = new_day(hall, now)
    if not events:
        raise DayNotOver
    return events


def _correct_clock(hall: Hall, command: CorrectClock, now: datetime) -> Events:
    """The day goes where the right clock is, but never back into a day that is over."""
    if hall.day is None:
        return ()
    at = now + timedelta(seconds=command.shift_s)
    day = hall.plan.business_day(at)
    if hall.previous_day is not None and day <= hall.previous_day:
        day = hall.day
    corrected = ClockCorrected(
        at, day, command.shift_s, command.since, command.right_until, command.by
    )
    return (corrected,)


def _close_out(hall: Hall, command: CloseOutDay, now: datetime) -> Events:
    """Refused where somebody has acted meanwhile, or nothing is open."""
    if hall.version != command.version or not is_left_open(hall):
        raise DayNotOver
    left = DayClosedOut(
        at=now,
        idle_since=command.idle_since,
        counters=tuple(c.id for c in hall.counters.values() if c.is_open),
        at_counters=tuple(c.ticket for c in hall.counters.values() if c.ticket),
        others=tuple(
            ticket.number
            for ticket in hall.tickets.values_in_order()
            if not ticket.is_ended and ticket.state not in AT_COUNTER
        ),
    )
    return (*_lapses(hall, now), *_closings(hall, now), left)


def is_left_open(hall: Hall) -> bool:
    """A counter is open, or a ticket that nobody has ended."""
    some_counter = any(counter.is_open for counter in hall.counters.values())
    return some_counter or any(not ticket.is_ended for ticket in hall.tickets.values())


def new_day(hall: Hall, now: datetime) -> Events:
    """The events that open today, or none where today is open or the clock has gone back.

    A day turns at the first ticket or counter of the new date, or when `OpenDay` is asked, so
    that a customer served over midnight is finished like any other.
    """
    if not has_new_date(hall, now):
        return ()
    today = hall.plan.business_day(now)
    opened = DayOpened(
        now,
        today,
        machines=tuple(machine for machine in hall.machines.values() if machine.since),
        help_calls=hall.help_calls,
        duty=tuple(d for d in hall.duty.values() if hall.plan.business_day(d.since) == today),
        handover=hall.handover,
        notices=notices_now(hall.notices, now),
        escorts=hall.escorts,
        reserved={day: up_to for day, up_to in hall.reserved.items() if day >= (hall.day or today)},
        previous_day=hall.day,
    )
    return (*_lapses(hall, now), *_closings(hall, now), opened)


def may_open_day(hall: Hall, command: Command, now: datetime) -> bool:
    """Whether this command is one that opens a day, and a new date has come."""
    return hall.day is None or (has_new_date(hall, now) and isinstance(command, DAY_OPENERS))


def has_new_date(hall: Hall, now: datetime) -> bool:
    """Later than the day that is open, and not the one that was taken back, by a clock that has
    not been set back since."""
    today = hall.plan.business_day(now)
    if hall.day is None or hall.refused_at is None:
        return hall.day is None or today > hall.day
    is_refused = today == hall.refused_day and now >= hall.refused_at
    return today > hall.day and not is_refused


def is_quiet(hall: Hall, now: datetime) -> bool:
    """A new date has come and nobody is at a counter or waits for one that serves: the day may
    turn by itself."""
    if hall.day is None or not has_new_date(hall, now):
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


DECIDERS: Deciders = {
    OpenDay: _open_day,
    CorrectClock: _correct_clock,
    CloseOutDay: _close_out,
}
