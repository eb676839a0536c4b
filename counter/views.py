"""What a teller's terminal shows, as plain values: equal values are never painted twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from lobby.queueing import calling
from lobby.queueing.choice import Choice
from lobby.queueing.counter import Counter, LastAct
from lobby.queueing.hall import Hall
from lobby.queueing.plan import Plan, Service
from lobby.queueing.ticket import Ticket, TicketState
from lobby.web.hall_lists import Absent, Person, absents, held, waited_s, waiting
from lobby.web.hall_words import counter_label, pool_name, service_named

NameOf = Callable[[str], str]
"""From a teller's id, as the hall keeps it, to the name colleagues know."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A counter to choose; `teller` is the name of who sits there."""

    id: str
    label: str
    teller: str | None


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    pool: str
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The terminal of somebody who sits at no counter; `last_...` is where they sat today."""

    seats: tuple[Seat, ...]
    groups: tuple[ServiceGroup, ...]
    last_counter: str = ""
    last_services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Customer:
    """The ticket at this counter. Durations are whole minutes, in seconds."""

    number: str
    is_serving: bool
    service: Service
    asked: Service
    language: str
    note: str
    choice: Choice | None
    calls: int
    waited_s: float
    taken_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    serving_s: float


@dataclass(frozen=True, slots=True)
class PoolCount:
    """How many wait in a pool; `mine` says that this counter serves it."""

    pool: str
    count: int
    longest_s: float
    mine: bool


@dataclass(frozen=True, slots=True)
class Terminal:
    """The terminal of a teller at a counter. `eligible` can be called from here now."""

    counter: str
    label: str
    services: tuple[Service, ...]
    paused_for: str | None
    paused_at: datetime | None
    customer: Customer | None
    undo: LastAct | None
    eligible: int
    pools: tuple[PoolCount, ...]
    waiting: tuple[Person, ...]
    held: tuple[Person, ...]
    absents: tuple[Absent, ...]
    groups: tuple[ServiceGroup, ...]
    others: tuple[Seat, ...]

    @property
    def longest_s(self) -> float:
        return max((pool.longest_s for pool in self.pools if pool.mine), default=0)


def view_of(hall: Hall, teller: str, name_of: NameOf, now: datetime) -> Opening | Terminal:
    counter = hall.counter_of(teller)
    if counter is None or counter.sitting is None:
        return _opening(hall, teller, name_of)
    return Terminal(
        counter=counter.id,
        label=counter_label(hall.plan, counter.id),
        services=tuple(service_named(hall.plan, code) for code in counter.services),
        paused_for=counter.sitting.pause_reason if counter.is_paused else None,
        paused_at=counter.sitting.paused_at,
        customer=_customer(hall, counter, now),
        undo=_undoable(hall, counter),
        eligible=calling.eligible_count(hall, counter),
        pools=_pool_counts(hall, counter, now),
        waiting=waiting(hall, now),
        held=held(hall, now),
        absents=absents(hall, now),
        groups=service_groups(hall.plan),
        others=tuple(s for s in _seats(hall, name_of) if s.teller and s.id != counter.id),
    )


def _opening(hall: Hall, teller: str, name_of: NameOf) -> Opening:
    """After lunch a teller mostly sits down where they sat before."""
    mine = [(c.sitting, c.id) for c in hall.counters.values() if c.sitting]
    mine = [(sitting, counter) for sitting, counter in mine if sitting.teller == teller]
    sitting, counter = max(mine, key=lambda each: each[0].opened_at, default=(None, ""))
    seats, groups = tuple(_seats(hall, name_of)), service_groups(hall.plan)
    return Opening(seats, groups, counter, sitting.services if sitting else ())


def service_groups(plan: Plan) -> tuple[ServiceGroup, ...]:
    """The services of each pool, pools in the order of the catalogue."""
    pools = dict.fromkeys(service.pool for service in plan.services.values())
    return tuple(
        ServiceGroup(pool_name(pool), tuple(s for s in plan.services.values() if s.pool == pool))
        for pool in pools
    )


def _seats(hall: Hall, name_of: NameOf) -> Iterator[Seat]:
    for planned in hall.plan.counters.values():
        teller = hall.counters[planned.id].teller if planned.id in hall.counters else None
        yield Seat(planned.id, str(planned.number), name_of(teller) if teller else None)


def _pool_counts(hall: Hall, counter: Counter, now: datetime) -> tuple[PoolCount, ...]:
    mine = {hall.pool(code) for code in counter.services}
    waits: dict[str, list[float]] = {s.pool: [] for s in hall.plan.services.values()}
    for ticket in hall.waiting_tickets():
        waits.setdefault(hall.pool(ticket.service), []).append(waited_s(ticket, now))
    return tuple(
        PoolCount(pool_name(pool), len(waited), max(waited, default=0.0), pool in mine)
        for pool, waited in waits.items()
    )


def _customer(hall: Hall, counter: Counter, now: datetime) -> Customer | None:
    ticket = hall.ticket_at(counter)
    if ticket is None:
        return None
    serving = ticket.servings[-1] if ticket.state is TicketState.SERVING else None
    started_at = serving.started_at if serving else None
    return Customer(
        number=ticket.number,
        is_serving=serving is not None,
        service=service_named(hall.plan, ticket.service),
        asked=service_named(hall.plan, ticket.asked_service),
        language=ticket.language,
        note=ticket.note,
        choice=ticket.choice,
        calls=ticket.calls,
        waited_s=whole_minutes(ticket.taken_at, ticket.first_called_at or now),
        taken_at=ticket.taken_at,
        called_at=ticket.called_at,
        started_at=started_at,
        serving_s=whole_minutes(started_at, now),
    )


def _undoable(hall: Hall, counter: Counter) -> LastAct | None:
    """What the core would take back now; nothing in a pause or with a customer."""
    last = counter.last_act
    if last is None or counter.ticket is not None or counter.is_paused:
        return None
    ticket: Ticket | None = hall.ticket(last.before.number)
    return last if ticket and ticket.touched == last.version else None


def whole_minutes(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds() // 60 * 60) if since else 0.0
