"""What people are told of their wait: immutable values that every screen reads, never a guess of
its own. Whatever shows a wait takes it from here, so paper, screens and store say the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from lobby.forecast.estimate import Cause, Estimate
from lobby.forecast.wait_range import STEP_MIN, WaitRange
from lobby.queueing.calling.surely_next import is_surely_next
from lobby.queueing.model import overview
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.waits.newcomers import newcomer_wait

STALE_AFTER = timedelta(minutes=5)
"""By the branch's clock. An older snapshot is no longer believed, whatever keeps a new one away."""


SOON_MIN = 2 * STEP_MIN
"""Whoever is told to wait longer is not told that it is soon."""


class ChangeReason(StrEnum):
    """Why a range is another one than before: nobody's wait grows without a word."""

    PAUSED = "paused"
    CLOSED = "closed"
    OTHERS_FIRST = "others_first"
    SLOWER = "slower"
    OPENED = "opened"
    MORE_TIME = "more_time"
    SERVICE = "service"
    ADVISER = "adviser"
    ANEW = "anew"


class OwnActs(NamedTuple):
    """What a customer's own wishes have made of a ticket, to know them by when its wait moves."""

    postponements: int = 0
    service: str = ""
    adviser: str | None = None

    @classmethod
    def of(cls, ticket: Ticket) -> "OwnActs":
        return cls(ticket.postponements, ticket.service, ticket.reserved_teller)


NO_OWN_ACTS = OwnActs()


@dataclass(frozen=True, slots=True)
class AnnouncedWait:
    """One range as it was announced at `at`, and what stood behind it: the estimate, the counters
    that served, people `ahead` in the pool and `before` in the whole hall, and how many later ones
    `may_pass` or have passed."""

    range: WaitRange | None
    at: datetime
    estimate: Estimate | None
    counters: frozenset[str]
    ahead: int = 0
    may_pass: int = 0
    before: int = 0
    moved: ChangeReason | None = None
    own: OwnActs = NO_OWN_ACTS


@dataclass(frozen=True, slots=True)
class Announced:
    """All that is announced in a branch, and the estimates of the last snapshot, made at `at`;
    `unseen` are those, by service, who began to wait since. Empty while nobody can say: then
    people ahead count."""

    tickets: Mapping[str, AnnouncedWait] = field(default_factory=dict)
    services: Mapping[str, AnnouncedWait] = field(default_factory=dict)
    fresh: Mapping[str, Estimate] = field(default_factory=dict)
    fresh_services: Mapping[str, Estimate] = field(default_factory=dict)
    at: datetime | None = None
    unseen: Mapping[str, int] = field(default_factory=dict)

    def is_stale(self, now: datetime) -> bool:
        return self.at is not None and now - self.at > STALE_AFTER

    def says_the_same(self, other: "Announced") -> bool:
        return self.tickets == other.tickets and self.services == other.services


NO_ANNOUNCEMENT = Announced()


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a wait is as long as it is: `job_min` is one customer's time at a counter; `counter`
    the number of one that rests, `at` until when or from when, as the branch's clock says it."""

    cause: Cause
    job_min: int
    counter: str | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """What is said to one customer, or of one service. `ahead` and `counters` are those of this
    moment; `range` None: no counter serves it, or nobody can say how long; `is_next`: whoever
    comes meanwhile, they are called first."""

    ahead: int
    counters: int
    range: WaitRange | None = None
    cause: Basis | None = None
    moved: ChangeReason | None = None
    is_next: bool = False

    @property
    def is_served(self) -> bool:
        return self.counters > 0

    @property
    def is_soon(self) -> bool:
        """Nobody is before them, and nine of ten are called within the next minutes."""
        high_min = self.range.high_min if self.range and not self.is_busy else None
        return not self.ahead and high_min is not None and high_min <= SOON_MIN

    @property
    def is_busy(self) -> bool:
        """Nobody is before them, and yet they wait longer than the next few minutes."""
        return not self.ahead and self.range is not None and self.range.low_min >= STEP_MIN


def wait_for_service(hall: Hall, service: str, announced: Announced) -> Wait:
    """Of a ticket that would be taken now."""
    first = first_announced(hall, service, announced, announced.unseen)
    return Wait(
        ahead=overview.waiting_by_pool(hall).get(hall.pool(service), 0),
        counters=len(counters_of(hall, service)),
        range=first[0] if first and is_attended(hall, service) else None,
        cause=_grounds(hall, announced.fresh_services.get(service)),
    )


def first_announced(
    hall: Hall, service: str, announced: Announced, unseen: Mapping[str, int]
) -> tuple[WaitRange, Estimate] | None:
    """What a ticket is told that is taken behind these; None where nobody can say."""
    told, estimate = announced.services.get(service), announced.fresh_services.get(service)
    if told is None or told.range is None or estimate is None:
        return None
    return newcomer_wait(hall, service, told.range, estimate, unseen)


def is_attended(hall: Hall, service: str) -> bool:
    """Whether somebody sits at a counter for it, on a pause or not."""
    return any(c.is_attended and service in c.services for c in hall.counters.values())


def wait_for_ticket(hall: Hall, ticket: Ticket, announced: Announced) -> Wait:
    """Of somebody who waits already; a ticket that does not wait is told nothing."""
    counters = len(counters_for(hall, ticket))
    if ticket.state is not TicketState.WAITING:
        return Wait(0, counters)
    told = announced.tickets.get(ticket.number)
    return Wait(
        ahead=hall.people_ahead(ticket),
        counters=counters,
        range=told.range if told else None,
        cause=_grounds(hall, announced.fresh.get(ticket.number)),
        moved=told.moved if told else None,
        is_next=is_surely_next(hall, ticket),
    )


def counters_for(hall: Hall, ticket: Ticket) -> frozenset[str]:
    """The counters that can call this ticket now; a ticket sent to one of them is that one's."""
    counters = counters_of(hall, ticket.service)
    mine = hall.counters.get(ticket.reserved_counter) if ticket.reserved_counter else None
    return counters | {mine.id} if mine is not None and mine.is_serving else counters


def counters_of(hall: Hall, service: str) -> frozenset[str]:
    return overview.counters_by_service(hall).get(service, frozenset())


def _grounds(hall: Hall, estimate: Estimate | None) -> Basis | None:
    if estimate is None or not estimate.is_known:
        return None
    why = estimate.why
    known = hall.plan.counters.get(why.counter or "")
    return Basis(
        cause=why.cause,
        job_min=max(1, round(why.mean_job_min)),
        counter=known.label if known else None,
        at=f"{hall.plan.local(why.at):%H:%M}" if why.at else "",
    )
