"""Whom a counter could call and whom a call passes, counted apart from the calling rule."""

from lobby.queueing.calling.score import effective_priority
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket


def reachable(hall: Hall, counter: Counter) -> list[Ticket]:
    """Everybody who waits and whom this counter may call; a counter of premium's own pool is for
    premium alone while any waits."""
    found = [ticket for ticket in hall.waiting_tickets() if _may_call(hall, counter, ticket)]
    if not hall.plan.counters[counter.id].premium:
        return found
    premium = [ticket for ticket in found if _is_premium(hall, ticket)]
    return premium or found


def passed(hall: Hall, counter: Counter, number: str) -> list[Ticket]:
    """Who came before this ticket and could have been served here in its place."""
    place = hall.tickets[number].place
    return [ticket for ticket in reachable(hall, counter) if ticket.place < place]


def _may_call(hall: Hall, counter: Counter, ticket: Ticket) -> bool:
    reserved = ticket.reserved_counter
    if reserved is not None and hall.counters[reserved].is_open:
        return reserved == counter.id
    return ticket.service in counter.services or reserved == counter.id


def _is_premium(hall: Hall, ticket: Ticket) -> bool:
    return effective_priority(hall, ticket) is Priority.PREMIUM
