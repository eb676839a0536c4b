"""What a teller's terminal shows, as plain values: equal values are never painted twice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from counter.absence_timer import Absence, absence_view
from counter.customers import Customer, customer_view
from counter.side_panel import (
    CalledColleague,
    HoldRow,
    PlannedBreak,
    SentCustomer,
    called_colleagues,
    hold_rows,
    planned_break,
    sent_customers,
)
from counter.waiting_list import PoolCount, WaitingRow, pool_counts, waiting_list
from counter.words import place_of
from lobby.forecast.wait_range import WaitRange
from lobby.queueing.calling import select as calling
from lobby.queueing.decide.auto_call import has_break_now
from lobby.queueing.model.counter import Counter, LastAct
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan, Service
from lobby.queueing.model.ticket import Ticket
from lobby.screens.lists import Absent, Away, absents, resting
from lobby.screens.service_change import AskedQuestions, wants_help
from lobby.screens.words import counter_label, pool_name, service_named
from lobby.triage.catalogue import Catalogue
from lobby.triage.questions import Question

RangeFor = Callable[[str], WaitRange | None]
"""From a service to how long somebody waits who begins to wait for it now; None: nobody knows."""

NameOf = Callable[[str], str]
"""From a teller's id, as the hall keeps it, to the name colleagues know."""


@dataclass(frozen=True, slots=True)
class CounterChoice:
    """`teller` is the name of who sits there, `staff` that person's id; `left_since` where they are
    not there although the counter is open."""

    id: str
    label: str
    teller: str | None
    staff: str = ""
    left_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    pool: str
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class OpeningView:
    """The terminal of somebody who sits at no counter; `last_...` is where they sat today."""

    seats: tuple[CounterChoice, ...]
    groups: tuple[ServiceGroup, ...]
    last_counter: str = ""
    last_services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pause:
    """Of the counter, between two customers; `until` where the teller said how long."""

    reason: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class TerminalView:
    """The terminal of a teller at a counter. `eligible` can be called from here now;
    `calls_by_itself`: whoever comes while the counter is idle is called without a key; `ranges`
    by service are how long a customer may be told before being sent elsewhere, `questions` what
    must be answered before a change to it."""

    counter: str
    label: str
    services: tuple[Service, ...]
    pause: Pause | None
    customer: Customer | None
    absence: Absence | None
    undo: LastAct | None
    eligible: int
    pools: tuple[PoolCount, ...]
    waiting: tuple[WaitingRow, ...]
    held: tuple[HoldRow, ...]
    absents: tuple[Absent, ...]
    resting: tuple[Away, ...]
    colleagues: tuple[CalledColleague, ...]
    sent: tuple[SentCustomer, ...]
    planned: PlannedBreak | None
    calls_by_itself: bool
    groups: tuple[ServiceGroup, ...]
    others: tuple[CounterChoice, ...]
    ranges: Mapping[str, WaitRange] = field(default_factory=dict)
    questions: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)

    @property
    def longest_s(self) -> float:
        return max((pool.longest_s for pool in self.pools if pool.is_own), default=0)


@dataclass(frozen=True, slots=True)
class OutsideHall:
    """What a terminal shows besides its hall: people's names, the catalogue of the day, the waits
    announced."""

    name_of: NameOf
    catalogue: Catalogue | None = None
    range_for: RangeFor | None = None
    questions: AskedQuestions = field(default_factory=AskedQuestions)


def terminal_view(
    hall: Hall, teller: str, outside: OutsideHall, now: datetime
) -> OpeningView | TerminalView:
    counter = hall.counter_of(teller)
    if counter is None or counter.session is None:
        return _opening_view(hall, teller, outside.name_of)
    session = counter.session
    return TerminalView(
        counter=counter.id,
        label=counter_label(hall.plan, counter.id),
        services=tuple(service_named(hall.plan, code) for code in counter.services),
        pause=Pause(session.pause_reason, session.paused_at, session.paused_until)
        if counter.is_paused
        else None,
        customer=customer_view(hall, counter, outside.catalogue, now),
        absence=absence_view(hall, counter, now),
        undo=_undoable(hall, counter),
        eligible=calling.eligible_count(hall, counter),
        pools=pool_counts(hall, counter, now),
        waiting=waiting_list(hall, counter, now),
        held=hold_rows(hall, now),
        absents=absents(hall, now),
        resting=resting(hall),
        colleagues=called_colleagues(hall, place_of(counter.id), outside.name_of, now),
        sent=sent_customers(hall, counter, outside.name_of),
        planned=planned_break(counter, now),
        calls_by_itself=hall.plan.counter_policy.auto_call and not has_break_now(counter, now),
        groups=service_groups(hall.plan),
        others=tuple(
            s
            for s in _counter_choices(hall, outside.name_of)
            if s.teller and not s.left_since and s.id != counter.id
        ),
        ranges=_ranges(hall, counter, outside.range_for),
        questions=_questions(hall, counter, outside),
    )


def _questions(
    hall: Hall, counter: Counter, outside: OutsideHall
) -> Mapping[str, tuple[Question, ...]]:
    """Of the other services, while somebody is there who could come for one."""
    ticket = hall.ticket(counter.ticket) if counter.ticket else None
    if ticket is None:
        return {}
    asked = outside.questions.about(outside.catalogue, ticket.day, helped=wants_help(ticket))
    others = (code for code in hall.plan.services if code != ticket.service)
    return {code: asked[code] for code in others if code in asked}


def _ranges(hall: Hall, counter: Counter, range_for: RangeFor | None) -> Mapping[str, WaitRange]:
    """Only while somebody is there who could be sent on."""
    if counter.ticket is None or range_for is None:
        return {}
    ranges = ((code, range_for(code)) for code in hall.plan.services)
    return {code: told for code, told in ranges if told is not None}


def _opening_view(hall: Hall, teller: str, name_of: NameOf) -> OpeningView:
    """After lunch a teller mostly sits down where they sat before."""
    mine = [(c.session, c.id) for c in hall.counters.values() if c.session]
    mine = [(session, counter) for session, counter in mine if session.teller == teller]
    session, counter = max(mine, key=lambda session: session[0].opened_at, default=(None, ""))
    seats, groups = tuple(_counter_choices(hall, name_of)), service_groups(hall.plan)
    return OpeningView(seats, groups, counter, session.services if session else ())


def service_groups(plan: Plan) -> tuple[ServiceGroup, ...]:
    """The services of each pool, pools in the order of the catalogue."""
    pools = dict.fromkeys(service.pool for service in plan.services.values())
    return tuple(
        ServiceGroup(pool_name(pool), tuple(s for s in plan.services.values() if s.pool == pool))
        for pool in pools
    )


def _counter_choices(hall: Hall, name_of: NameOf) -> Iterator[CounterChoice]:
    for planned in hall.plan.counters.values():
        there = hall.counters.get(planned.id) or Counter(planned.id)
        teller, session = there.teller, there.session
        name = name_of(teller) if teller else None
        left_since = session.unattended_since if session and there.is_open else None
        yield CounterChoice(planned.id, planned.label, name, teller or "", left_since)


def _undoable(hall: Hall, counter: Counter) -> LastAct | None:
    """What the core would take back now; nothing in a pause or with a customer."""
    last = counter.last_act
    if last is None or counter.ticket is not None or counter.is_paused:
        return None
    ticket: Ticket | None = hall.ticket(last.before.number)
    return last if ticket and ticket.touched == last.version else None
