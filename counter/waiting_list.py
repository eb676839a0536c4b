"""Who waits, as a teller sees it who chooses by hand: the class, how much of the promise has gone,
and how often somebody was passed."""

from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.calling.score import effective_priority
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
    tickets = sorted(
        hall.waiting_tickets(), key=lambda t: (t.service not in counter.services, t.place)
    )
    return tuple(_waiting_row(hall, counter, ticket, now) for ticket in tickets[:LISTED_MAX])


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
    waits: dict[str, list[float]] = {s.pool: [] for s in hall.plan.services.values()}
    for ticket in hall.waiting_tickets():
        waits.setdefault(hall.pool(ticket.service), []).append(waited_s(ticket, now))
    return tuple(
        PoolCount(pool_name(pool), len(waited), max(waited, default=0.0), pool in own_pools)
        for pool, waited in waits.items()
    )
