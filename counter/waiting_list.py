"""Who waits, as a teller sees it who chooses by hand: the class, how much of the promise has gone,
and how often somebody was passed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import chain, islice
from operator import attrgetter

from lobby.queueing.calling.score import effective_priority
from lobby.queueing.model import overview
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.durations import waited_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket
from lobby.screens.lists import LISTED_MAX
from lobby.screens.words import pool_name, service_named


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """`waited_s` is whole minutes, in seconds; `is_own` says that this counter serves it."""

    number: str
    service: Service
    priority: Priority
    waited_s: float
    promised_min: float
    passed: int
    is_own: bool

    @property
    def is_late(self) -> bool:
        return self.waited_s >= self.promised_min * 60


@dataclass(frozen=True, slots=True)
class PoolCount:
    """How many wait in a pool; `is_own` says that this counter serves it."""

    pool: str
    count: int
    longest_s: float
    is_own: bool


def waiting_list(hall: Hall, counter: Counter, now: datetime) -> tuple[WaitingRow, ...]:
    """Whom this counter serves first, each part in the order of places."""
    lines, own = overview.lines(hall), counter.services
    tickets = chain(
        _in_order(line for service, line in lines.items() if service in own),
        _in_order(line for service, line in lines.items() if service not in own),
    )
    return tuple(_waiting_row(hall, counter, ticket, now) for ticket in islice(tickets, LISTED_MAX))


def _in_order(lines: Iterable[Iterable[Ticket]]) -> Iterator[Ticket]:
    """Each line is in order already, so no more of it is looked at than is shown."""
    return merge(*lines, key=attrgetter("place"))


def _waiting_row(hall: Hall, counter: Counter, ticket: Ticket, now: datetime) -> WaitingRow:
    return WaitingRow(
        number=ticket.number,
        service=service_named(hall.plan, ticket.service),
        priority=ticket.priority,
        waited_s=waited_s(ticket, now),
        promised_min=hall.plan.calling.promise(effective_priority(hall, ticket)).within_min,
        passed=ticket.overtakes,
        is_own=ticket.service in counter.services,
    )


def pool_counts(hall: Hall, counter: Counter, now: datetime) -> tuple[PoolCount, ...]:
    own_pools = {hall.pool(code) for code in counter.services}
    counts, longest = overview.waiting_by_pool(hall), overview.longest_waits_by_pool(hall)
    pools = dict.fromkeys(service.pool for service in hall.plan.services.values())
    return tuple(
        PoolCount(
            pool=pool_name(pool),
            count=counts.get(pool, 0),
            longest_s=max((waited_s(t, now) for t in longest.get(pool, ())), default=0.0),
            is_own=pool in own_pools,
        )
        for pool in pools | dict.fromkeys(counts)
    )
