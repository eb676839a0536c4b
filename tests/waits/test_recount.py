"""What is counted as events come in is what a count of the whole line says, on any day."""

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from lobby.forecast.estimate import Estimate, Snapshot
from lobby.forecast.wait_range import announced
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.evolve.step import Step
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket
from lobby.queueing.refusals.refusal import Refusal
from lobby.waits.announced import AnnouncedWait, OwnActs, counters_for
from lobby.waits.ledger import AnnouncementLedger
from lobby.waits.line_order import LineOrder
from lobby.waits.unseen import UnseenTickets
from tests.app.people import MORNING, hall
from tests.queueing.people import People
from tests.queueing.shift import ALL_SERVICES, CASH, THU, WEI
from tests.waits.snapshots import between

DAYS = range(10)
ACTS = 300
SNAPSHOT_EVERY = 30


def acts(seed: int) -> Iterator[tuple[list[Step], datetime]]:
    """A day of people who do whatever they may, at two counters; each act as its steps."""
    chance, people, now, state = random.Random(seed), People(seed), MORNING, hall()
    opening = [OpenCounter("1", THU, ALL_SERVICES), OpenCounter("2", WEI, CASH)]
    for ordinal in range(ACTS):
        command = opening[ordinal] if ordinal < len(opening) else people.act(state)
        now += timedelta(seconds=chance.randrange(90) - 5)
        try:
            events = decide(state, command, now)
        except Refusal:
            continue
        steps = []
        for event in events:
            steps.append(Step(event, state, evolve(state, event)))
            state = steps[-1].after
        if steps:
            yield steps, now


def snapshot_of(state: Hall, now: datetime, chance: random.Random) -> Snapshot:
    """Most tickets are on it, and each service has a range of its own."""

    def estimate() -> Estimate:
        return between(chance.randrange(20), 20 + chance.randrange(20), ahead=chance.randrange(9))

    waiting = [ticket.number for ticket in state.waiting_tickets()]
    tickets = {number: estimate() for number in waiting if chance.random() < 0.8}
    return Snapshot(state.version, now, tickets, {code: estimate() for code in state.plan.services})


def people_before(state: Hall, ticket: Ticket) -> list[Ticket]:
    pool = state.pool(ticket.service)
    return [
        other
        for other in state.waiting_tickets()
        if state.pool(other.service) == pool and other.place < ticket.place
    ]


def served_first_after(state: Hall, ticket: Ticket) -> int:
    pool = state.pool(ticket.service)
    return sum(
        state.pool(other.service) == pool
        and other.place > ticket.place
        and other.priority is not Priority.REGULAR
        for other in state.waiting_tickets()
    )


def may_come_first(state: Hall, other: Ticket, ticket: Ticket) -> bool:
    """Of the same pool, or served by a counter that serves both."""
    both = {other.service, ticket.service}
    counters = state.counters.values()
    is_shared = any(counter.is_serving and both <= set(counter.services) for counter in counters)
    return is_shared or state.pool(other.service) == state.pool(ticket.service)


def counted_anew(
    state: Hall, ticket: Ticket, shown: Snapshot, told: AnnouncedWait, at: datetime
) -> AnnouncedWait:
    """What this new ticket has to be told, by going through everybody who waits."""
    estimate = shown.services[ticket.service]
    before = people_before(state, ticket)
    unseen = [
        other
        for other in state.waiting_tickets()
        if other.number not in shown.tickets
        and other is not ticket
        and may_come_first(state, other, ticket)
    ]
    work_min = sum(state.plan.services[other.service].minutes for other in unseen)
    more_s = work_min * 60 / estimate.counters
    wait = told.range
    if unseen:
        pool = state.pool(ticket.service)
        of_pool = sum(state.pool(other.service) == pool for other in unseen)
        why = replace(estimate.why, ahead=estimate.ahead + of_pool)
        p10_s, p25_s, p50_s, p75_s, p90_s = (value + more_s for value in estimate.quantiles_s)
        naive_s = estimate.naive_s + more_s
        estimate = Estimate(p10_s, p25_s, p50_s, p75_s, p90_s, why.ahead, 1, why, naive_s)
        fresh = announced(estimate.p25_s, estimate.p90_s)
        wait = max(wait, fresh, key=lambda each: (each and each.high_min) or math.inf)
    earlier = sum(other.place < ticket.place for other in state.waiting_tickets())
    passed = ticket.overtakes + served_first_after(state, ticket)
    own = OwnActs(ticket.postponements, ticket.service, ticket.reserved_teller)
    counters = counters_for(state, ticket)
    return AnnouncedWait(wait, at, estimate, counters, len(before), passed, earlier, own=own)


@pytest.mark.parametrize("seed", DAYS)
def test_it_counts_the_unseen_as_a_recount_does(seed: int) -> None:
    chance, counted = random.Random(seed), UnseenTickets(hall())
    seen: dict[str, Estimate] = {}
    for ordinal, (steps, now) in enumerate(acts(seed)):
        for event, _, after in steps:
            counted.follow(event, after)
        state = steps[-1].after
        anew = UnseenTickets(state, seen=seen)
        assert sorted(counted.numbers) == sorted(anew.numbers)
        assert +counted.counts == +anew.counts
        if ordinal % SNAPSHOT_EVERY == 0:
            seen = dict(snapshot_of(state, now, chance).tickets)
            counted = UnseenTickets(state, seen=seen)


@pytest.mark.parametrize("seed", DAYS)
def test_it_tells_a_new_ticket_what_a_recount_says(seed: int) -> None:
    chance, ledger, told = random.Random(seed), AnnouncementLedger(), 0
    shown = Snapshot(0, MORNING, {}, {})
    for ordinal, (steps, now) in enumerate(acts(seed)):
        ledger.welcome(steps, now)
        state = steps[-1].after
        for event, _, _ in steps:
            wait = ledger.announced.tickets.get(getattr(event, "number", ""))
            if isinstance(event, TicketTaken) and wait is not None:
                service = ledger.announced.services[event.service]
                first = replace(wait, range=service.range)
                ticket = state.tickets[event.number]
                assert wait == counted_anew(state, ticket, shown, first, now)
                told += 1
        if ordinal % SNAPSHOT_EVERY == 0:
            shown = snapshot_of(state, now, chance)
            ledger.renew(shown, state, now)
    assert told > 0


@pytest.mark.parametrize("seed", DAYS)
def test_it_counts_who_is_ahead_and_who_may_pass_as_a_recount_does(seed: int) -> None:
    for steps, _ in acts(seed):
        state = steps[-1].after
        order = LineOrder(state)
        for ticket in state.waiting_tickets():
            assert order.ahead(ticket) == len(people_before(state, ticket))
            assert order.ahead(ticket) == state.people_ahead(ticket)
            first = 0
            if ticket.priority is Priority.REGULAR:
                first = served_first_after(state, ticket)
            assert order.may_pass(ticket) == ticket.overtakes + first


@pytest.mark.parametrize("seed", DAYS)
def test_it_counts_on_after_a_gap(seed: int) -> None:
    """Acts of somebody else are missing, and a renewal takes a while: in the end all is counted."""
    chance, ledger = random.Random(seed), AnnouncementLedger()
    state, finish = hall(), None
    for steps, now in acts(seed):
        if chance.random() < 0.8:
            ledger.welcome(steps, now)
            state = steps[-1].after
        if finish is None and chance.random() < 0.1:
            finish = ledger.renewing(snapshot_of(state, now, chance), state, now)
        elif finish is not None and chance.random() < 0.3:
            ledger.take_in(finish())
            finish = None
        anew = UnseenTickets(state, seen=ledger.announced.fresh)
        if ledger._unseen.version == state.version:
            assert sorted(ledger._unseen.numbers) == sorted(anew.numbers)


@pytest.mark.parametrize("seed", DAYS)
def test_it_tells_a_new_ticket_what_a_recount_says_after_a_renewal_that_knew_it(seed: int) -> None:
    """The renewal was of a newer hall than the act that comes to be followed after it."""
    chance, told = random.Random(seed), 0
    for steps, now in acts(seed):
        before, state = steps[0].before, steps[-1].after
        if not isinstance(steps[-1].event, TicketTaken):
            continue
        ledger, shown = AnnouncementLedger(), snapshot_of(before, now, chance)
        ledger.renew(shown, state, now)
        ledger.welcome(steps, now)
        ticket = state.tickets[steps[-1].event.number]
        wait = ledger.announced.tickets.get(ticket.number)
        if wait is not None:
            service = ledger.announced.services[ticket.service]
            expected = counted_anew(state, ticket, shown, replace(wait, range=service.range), now)
            assert wait == expected
            told += 1
    assert told > 0
