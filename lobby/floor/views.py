"""What the lobby manager's tablet shows, as plain values: who waits how long, and where help is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lobby.floor.help_cards import HelpCards, help_cards
from lobby.floor.machine_rows import (
    MachineRow,
    Offer,
    SecondOffer,
    Slip,
    machine_rows,
    no_offer,
    offer_to,
    slips,
)
from lobby.queueing.counter import Counter
from lobby.queueing.hall import Hall
from lobby.queueing.ticket import Ticket, TicketState
from lobby.web.hall_lists import Absent, Person, absents, held, persons
from lobby.web.hall_words import counter_label, pool_name

NameOf = Callable[[str], str]
LISTED_MAX = 8
"""The longest waits of a pool; the others are a number, for nobody reads further while walking."""
SOON = 0.75
"""From this share of the target on a wait is marked: there is still time to act."""


class Wait(StrEnum):
    """How a wait stands against the branch's target."""

    FINE = "fine"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Waiting:
    person: Person
    wait: Wait
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Those who wait for the same counters, the longest first; `more` are not listed."""

    pool: str
    count: int
    listed: tuple[Waiting, ...]
    more: int
    open_counters: int


class CounterState(StrEnum):
    CLOSED = "closed"
    FREE = "free"
    CALLED = "called"
    SERVING = "serving"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter as seen from the hall. `lasting_s` is how long it has been so, whole minutes."""

    id: str
    label: str
    state: CounterState
    teller: str
    ticket: str | None
    reason: str
    lasting_s: float | None


@dataclass(frozen=True, slots=True)
class Call:
    ticket: str
    counter: str


@dataclass(frozen=True, slots=True)
class Floor:
    help: HelpCards
    waiting: int
    longest_s: float
    longest: Wait
    open_counters: int
    paused_counters: int
    lines: tuple[Line, ...]
    held: tuple[Person, ...]
    absents: tuple[Absent, ...]
    slips: tuple[Slip, ...]
    machines: tuple[MachineRow, ...]
    desks: tuple[Desk, ...]
    calls: tuple[Call, ...]


def view_of(
    hall: Hall, name_of: NameOf, now: datetime, second_offer: SecondOffer = no_offer
) -> Floor:
    lines = tuple(_lines(hall, second_offer, now))
    longest_s = max((line.listed[0].person.waited_s for line in lines), default=0.0)
    counters = hall.counters.values()
    return Floor(
        help=help_cards(hall, name_of, now),
        waiting=hall.waiting_count(),
        longest_s=longest_s,
        longest=_wait(longest_s, hall),
        open_counters=sum(counter.is_serving for counter in counters),
        paused_counters=sum(counter.is_paused for counter in counters),
        lines=lines,
        held=held(hall, now),
        absents=absents(hall, now),
        slips=slips(hall, now),
        machines=machine_rows(hall),
        desks=tuple(_desk(hall, counter, name_of, now) for counter in counters),
        calls=tuple(Call(c.ticket, counter_label(hall.plan, c.counter)) for c in hall.calls),
    )


def _lines(hall: Hall, second_offer: SecondOffer, now: datetime) -> Iterable[Line]:
    """One per pool that somebody waits for; the pool with the longest wait first."""
    pools: dict[str, list[Ticket]] = {}
    for ticket in hall.waiting_tickets():
        pools.setdefault(hall.pool(ticket.service), []).append(ticket)
    for tickets in pools.values():
        tickets.sort(key=lambda ticket: ticket.taken_at)
    for pool, tickets in sorted(pools.items(), key=lambda each: each[1][0].taken_at):
        listed = persons(hall, tickets[:LISTED_MAX], now)
        offers = (offer_to(hall, ticket, second_offer, now) for ticket in tickets)
        yield Line(
            pool=pool_name(pool),
            count=len(tickets),
            listed=tuple(
                Waiting(person, _wait(person.waited_s, hall), offer)
                for person, offer in zip(listed, offers, strict=False)
            ),
            more=len(tickets) - len(listed),
            open_counters=_open_counters(hall, pool),
        )


def _open_counters(hall: Hall, pool: str) -> int:
    """Counters that serve anything of this pool now."""
    return sum(
        counter.is_serving and any(hall.pool(code) == pool for code in counter.services)
        for counter in hall.counters.values()
    )


def _wait(waited_s: float, hall: Hall) -> Wait:
    target_s = hall.plan.target_min * 60
    if waited_s >= target_s:
        return Wait.LATE
    return Wait.SOON if waited_s >= target_s * SOON else Wait.FINE


def _desk(hall: Hall, counter: Counter, name_of: NameOf, now: datetime) -> Desk:
    state, since = _state(hall, counter)
    sitting = counter.sitting
    return Desk(
        id=counter.id,
        label=counter_label(hall.plan, counter.id),
        state=state,
        teller=name_of(counter.teller) if counter.teller else "",
        ticket=counter.ticket,
        reason=sitting.pause_reason if sitting and counter.is_paused else "",
        lasting_s=(now - since).total_seconds() // 60 * 60 if since else None,
    )


def _state(hall: Hall, counter: Counter) -> tuple[CounterState, datetime | None]:
    ticket = hall.ticket_at(counter)
    if counter.sitting is None or not counter.is_open:
        return CounterState.CLOSED, None
    if counter.is_paused:
        return CounterState.PAUSED, counter.sitting.paused_at
    if ticket is None:
        return CounterState.FREE, None
    if ticket.state is TicketState.SERVING:
        return CounterState.SERVING, ticket.servings[-1].started_at
    return CounterState.CALLED, ticket.called_at
