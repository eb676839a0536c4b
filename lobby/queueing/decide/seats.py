"""Counters that a teller left open, decided: marked, taken for attended again, closed by others."""

from datetime import datetime

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CloseUnattended, MarkSeats
from lobby.queueing.decide import checks
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.events.counter import CounterAttended, CounterClosed, CounterUnattended
from lobby.queueing.events.ticket import ServingFinished, TicketTransferred
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import CounterTaken


def _mark(hall: Hall, command: MarkSeats, now: datetime) -> Events:
    """What is so already is no event, nor what has changed since somebody looked."""
    left = (
        CounterUnattended(now, seat.counter, seat.since)
        for seat in command.left
        if (there := hall.counters.get(seat.counter)) is not None
        if there.is_attended and there.teller == seat.teller
    )
    back = (CounterAttended(now, at) for at in command.back if is_left(hall.counters.get(at)))
    return (*left, *back)


def _close(hall: Hall, command: CloseUnattended, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    if counter.is_attended:
        raise CounterTaken(counter.id)
    return closed_for_others(hall, counter, now)


def closed_for_others(hall: Hall, counter: Counter, now: datetime) -> Events:
    """Who was called here waits again in their own place; who was being served has been."""
    return (*_let_go(hall, counter, now), CounterClosed(now, counter.id))


def _let_go(hall: Hall, counter: Counter, now: datetime) -> Events:
    ticket = hall.ticket_at(counter)
    if ticket is None:
        return ()
    if ticket.state is TicketState.SERVING:
        done = tuple(dict.fromkeys((ticket.service, *ticket.services_done)))
        return (ServingFinished(now, ticket.number, counter.id, done),)
    again = TicketTransferred(
        at=now,
        number=ticket.number,
        counter=counter.id,
        to_service=ticket.service,
        to_counter=None,
        note=ticket.note,
        to_teller=None,
        return_to=ticket.return_to,
    )
    return (again,)


def attended_by_act(hall: Hall, command: Command, now: datetime) -> Events:
    """Whoever acts at a counter is there."""
    at = getattr(command, "counter", None)
    is_teller = not isinstance(command, CloseUnattended)
    here = hall.counters.get(at) if at and is_teller else None
    return (CounterAttended(now, here.id),) if here is not None and is_left(here) else ()


def is_left(counter: Counter | None) -> bool:
    """Open, with nobody there."""
    return counter is not None and counter.is_open and not counter.is_attended


DECIDERS: Deciders = {MarkSeats: _mark, CloseUnattended: _close}
