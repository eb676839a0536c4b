"""Who is next at this counter, and why: the one place that orders the people who wait."""

from collections.abc import Iterator
from datetime import datetime

from lobby.queueing.choice import Choice, Rule
from lobby.queueing.counter import Counter
from lobby.queueing.hall import Hall
from lobby.queueing.ticket import Ticket


def next_ticket(hall: Hall, counter: Counter, now: datetime) -> Choice | None:
    """First come within the counter's services; a ticket sent to this very counter counts too.

    None when nobody waits whom this counter can serve.
    """
    heads = (next(line, None) for line in _lines(hall, counter))
    candidates = [ticket for ticket in heads if ticket is not None]
    if not candidates:
        return None
    first = min(candidates, key=lambda ticket: ticket.place)
    rule = Rule.RESERVED if first.reserved_counter == counter.id else Rule.FIRST_COME
    return Choice(first.number, rule, _waited_s(first, now))


def chosen_ticket(
    hall: Hall, counter: Counter, ticket: Ticket, reason: str, now: datetime
) -> Choice:
    """A ticket that the teller picked, with those whom it passes."""
    passed = tuple(
        other.number
        for line in _lines(hall, counter)
        for other in line
        if other.place < ticket.place
    )
    return Choice(ticket.number, Rule.CHOSEN, _waited_s(ticket, now), passed, reason)


def eligible_count(hall: Hall, counter: Counter) -> int:
    """How many wait whom this counter could call now: the same people as `next_ticket` sees."""
    return sum(1 for line in _lines(hall, counter) for _ in line)


def _lines(hall: Hall, counter: Counter) -> Iterator[Iterator[Ticket]]:
    for line in hall.lines.values():
        tickets = (hall.tickets[number] for number in line)
        yield (ticket for ticket in tickets if _may_call(hall, counter, ticket))


def _may_call(hall: Hall, counter: Counter, ticket: Ticket) -> bool:
    """A ticket sent to one counter is that counter's, unless nobody sits there any more."""
    if ticket.reserved_counter == counter.id:
        return True
    if ticket.reserved_counter and hall.counters[ticket.reserved_counter].is_open:
        return False
    return ticket.service in counter.services


def _waited_s(ticket: Ticket, now: datetime) -> float:
    return max(0.0, (now - ticket.taken_at).total_seconds())
