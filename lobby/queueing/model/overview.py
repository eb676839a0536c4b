"""What every screen asks of a hall: found once for each hall, however many screens ask.

A hall is a value, so what has been found of it stays true. Of each branch only what was found of
the newest hall is kept.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import TypeVar

from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket, TicketState

T = TypeVar("T")


def once_for_each_hall(find: Callable[[Hall], T]) -> Callable[[Hall], T]:
    """Threads that ask of different halls get what is true of theirs, and may find it twice."""
    newest: dict[str, tuple[Hall, T]] = {}

    @wraps(find)
    def found(hall: Hall) -> T:
        known = newest.get(hall.plan.id)
        if known is None or known[0] is not hall:
            known = newest[hall.plan.id] = hall, find(hall)
        return known[1]

    return found


@once_for_each_hall
def counters_by_service(hall: Hall) -> Mapping[str, frozenset[str]]:
    """The counters that serve each service now; a service that none serves is left out."""
    found: dict[str, set[str]] = {}
    for counter in hall.counters.values():
        for service in counter.services if counter.is_serving else ():
            found.setdefault(service, set()).add(counter.id)
    return {service: frozenset(counters) for service, counters in found.items()}


@once_for_each_hall
def lines(hall: Hall) -> Mapping[str, tuple[Ticket, ...]]:
    """The tickets that wait for each service, in the order of places; none that is empty."""
    tickets = hall.tickets
    return {
        service: tuple(tickets[number] for number in numbers)
        for service, numbers in hall.lines.items()
        if numbers
    }


@once_for_each_hall
def waiting_by_pool(hall: Hall) -> Mapping[str, int]:
    """How many wait for the counters of each pool; a pool that nobody waits for is left out."""
    counts: Counter[str] = Counter()
    for service, numbers in hall.lines.items():
        if numbers:
            counts[hall.pool(service)] += len(numbers)
    return counts


@once_for_each_hall
def longest_waits_by_pool(hall: Hall) -> Mapping[str, tuple[Ticket, ...]]:
    """Of each pool those of whom one has waited longest, whatever the time is: the first of those
    whose wait goes on, and all whose wait has ended though they wait again."""
    first: dict[str, Ticket] = {}
    again: dict[str, list[Ticket]] = {}
    for service, line in lines(hall).items():
        pool = hall.pool(service)
        for ticket in line:
            if ticket.first_called_at or ticket.ended_at:
                again.setdefault(pool, []).append(ticket)
            elif pool not in first or ticket.waits_from < first[pool].waits_from:
                first[pool] = ticket
    return {
        pool: (*([first[pool]] if pool in first else ()), *again.get(pool, ()))
        for pool in first.keys() | again.keys()
    }


@once_for_each_hall
def reserved(hall: Hall) -> tuple[Ticket, ...]:
    """Those who wait for one counter or one teller."""
    return tuple(
        ticket
        for line in lines(hall).values()
        for ticket in line
        if ticket.reserved_counter or ticket.reserved_teller
    )


def on_hold(hall: Hall) -> tuple[Ticket, ...]:
    return _in_lists(hall)[TicketState.ON_HOLD]


def absent(hall: Hall) -> tuple[Ticket, ...]:
    return _in_lists(hall)[TicketState.ABSENT]


def resting(hall: Hall) -> tuple[Ticket, ...]:
    return _in_lists(hall)[TicketState.RESTING]


def left(hall: Hall) -> tuple[Ticket, ...]:
    """Who left the line themselves."""
    return _in_lists(hall)[TicketState.CANCELLED]


def at_machine(hall: Hall) -> tuple[Ticket, ...]:
    return _in_lists(hall)[TicketState.AT_MACHINE]


def keep_their_place(hall: Hall) -> tuple[Ticket, ...]:
    """Who waits in no line now, and will again where they were: on hold, away, or at a machine."""
    return (*on_hold(hall), *resting(hall), *at_machine(hall))


def over_now(hall: Hall, now: datetime) -> tuple[str, ...]:
    """The numbers of those whose rest is over and has not ended yet."""
    ends = ((ticket.number, ticket.rests_until) for ticket in resting(hall))
    return tuple(number for number, until in ends if until is not None and until <= now)


LISTED = (
    *(TicketState.ON_HOLD, TicketState.RESTING, TicketState.AT_MACHINE),
    *(TicketState.ABSENT, TicketState.CANCELLED),
)


@once_for_each_hall
def _in_lists(hall: Hall) -> Mapping[TicketState, tuple[Ticket, ...]]:
    """Of the whole day, in the order of numbers, those who are in no line and not at a counter."""
    found: dict[TicketState, list[Ticket]] = {state: [] for state in LISTED}
    for ticket in hall.tickets.values_in_order():
        if ticket.state in found:
            found[ticket.state].append(ticket)
    return {state: tuple(tickets) for state, tickets in found.items()}
