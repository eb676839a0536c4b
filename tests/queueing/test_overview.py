"""What is found once for each hall is what walking the hall finds, whatever happens in it."""

from collections import Counter
from datetime import timedelta

import pytest

from counter.waiting_list import pool_counts, waiting_list
from lobby.floor.alerts.promise_use import promise_use, promise_uses
from lobby.queueing.calling.select import eligible_count, may_call
from lobby.queueing.model import overview
from lobby.queueing.model.durations import waited_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.refusal import Refusal
from lobby.screens.words import pool_name
from tests.queueing.people import People
from tests.queueing.shift import Shift

ACTS = 150


@pytest.mark.parametrize("seed", range(6))
def test_it_finds_what_walking_the_hall_finds(seed: int) -> None:
    shift, people = Shift(), People(seed)
    shift.open("1"), shift.open("2", "wei"), shift.open("3", "lan")
    for _ in range(ACTS):
        shift.wait(seconds=25)
        try:
            shift.act(people.act(shift.hall))
        except Refusal:
            continue
        agrees_with_the_hall(shift.hall)
        agrees_with_the_lists(shift.hall, shift)


def agrees_with_the_hall(hall: Hall) -> None:
    waiting = list(hall.waiting_tickets())
    everybody = list(hall.tickets.values_in_order())
    counters = overview.counters_by_service(hall)
    for service in hall.plan.services:
        assert len(counters.get(service, ())) == hall.open_counters(service)
        line = overview.lines(hall).get(service, ())
        assert [ticket.number for ticket in line] == list(hall.waiting(service))
    assert overview.waiting_by_pool(hall) == Counter(hall.pool(t.service) for t in waiting)
    assert list(overview.on_hold(hall)) == [t for t in everybody if t.state is TicketState.ON_HOLD]
    assert list(overview.absent(hall)) == [t for t in everybody if t.state is TicketState.ABSENT]
    for counter in hall.counters.values():
        able = [ticket for ticket in waiting if may_call(hall, counter, ticket)]
        assert eligible_count(hall, counter) == len(able)


def agrees_with_the_lists(hall: Hall, shift: Shift) -> None:
    waiting = list(hall.waiting_tickets())
    for counter in hall.counters.values():
        own = counter.services
        in_order = sorted(waiting, key=lambda t: (t.service not in own, t.place))
        rows = waiting_list(hall, counter, shift.now)
        assert [row.number for row in rows] == [ticket.number for ticket in in_order[: len(rows)]]
        assert len(rows) == min(20, len(waiting))
    for now in (shift.now, shift.now + timedelta(minutes=45)):
        uses = promise_uses(hall, now)
        assert uses == tuple((ticket, promise_use(hall, ticket, now)) for ticket in waiting)
        waits: dict[str, list[float]] = {}
        for ticket in waiting:
            waits.setdefault(pool_name(hall.pool(ticket.service)), []).append(waited_s(ticket, now))
        counts = pool_counts(hall, hall.counters["1"], now)
        assert {c.pool: (c.count, c.longest_s) for c in counts if c.count} == {
            pool: (len(some), max(some)) for pool, some in waits.items()
        }


def test_it_is_found_once_for_each_hall() -> None:
    found: list[int] = []

    @overview.once_for_each_hall
    def version(hall: Hall) -> int:
        found.append(hall.version)
        return hall.version

    shift = Shift()
    shift.take()
    before = shift.hall
    assert [version(before), version(before)] == [before.version] * 2
    shift.take()
    assert version(shift.hall) == shift.hall.version
    assert version(before) == before.version
    assert found == [before.version, shift.hall.version, before.version]
