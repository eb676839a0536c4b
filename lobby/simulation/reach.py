"""Whom a counter could call and whom a call passes, counted apart from the calling rule."""

from lobby.queueing.counter import Counter
from lobby.queueing.hall import Hall
from lobby.queueing.ticket import Ticket


def reachable(hall: Hall, counter: Counter) -> list[Ticket]:
    """Everybody who waits and whom this counter may call."""
    return [ticket for ticket in hall.waiting_tickets() if _may_call(hall, counter, ticket)]


def passed(hall: Hall, counter: Counter, number: str) -> list[Ticket]:
    """Who came before this ticket and could have been served here in its place."""
    place = hall.tickets[number].place
    return [ticket for ticket in reachable(hall, counter) if ticket.place < place]


def _may_call(hall: Hall, counter: Counter, ticket: Ticket) -> bool:
    reserved = ticket.reserved_counter
    if reserved is not None and hall.counters[reserved].is_open:
        return reserved == counter.id
    return ticket.service in counter.services or reserved == counter.id
