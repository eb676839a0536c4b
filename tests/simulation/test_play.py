from dataclasses import replace

import pytest

from lobby.queueing.events.counter import BreakPlanned, CounterClosed, CounterPaused
from lobby.queueing.events.ticket import (
    CustomerAbsent,
    CustomerReturned,
    ServingFinished,
    ServingStarted,
    TicketCalled,
    TicketCalledAgain,
    TicketCancelled,
    TicketHeld,
    TicketTaken,
    TicketTransferred,
    TicketUnheld,
)
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.plan import CounterPolicy, Plan
from lobby.queueing.model.priority import CallingRule, Priority
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.simulation.customer import Interruption, Onward
from lobby.simulation.day import Day
from lobby.simulation.play import play_day, run_day
from lobby.simulation.record import DayRecord
from lobby.simulation.sampling import draw_day
from lobby.simulation.staffing import Break
from tests.app.people import plan
from tests.queueing.shift import CASH
from tests.simulation.days import (
    FIRST_COME,
    NINE_S,
    RULE_A,
    STRICT,
    Witness,
    customer,
    day,
    seat,
    world,
)

RULES = [FIRST_COME, STRICT, RULE_A, replace(RULE_A, keeps_next=False)]


def play(which: Day, rule: CallingRule = FIRST_COME) -> tuple[DayRecord, Witness]:
    witness = Witness()
    return play_day(plan(), which, rule, witness), witness


def started_after_s(record: DayRecord) -> list[float | None]:
    return [None if v.started_s is None else v.started_s - NINE_S for v in record.visits]


def test_it_serves_one_after_the_other() -> None:
    three = [customer(at_s, walk_s=10, tidy_s=20) for at_s in (0, 60, 120)]
    record, _ = play(day(*three))
    assert started_after_s(record) == [10, 340, 670]
    assert record.waits_s == [10, 280, 550]


def test_it_takes_longer_with_a_slow_teller() -> None:
    record, _ = play(day(customer(0), customer(1), seats=(seat(pace=1.5),)))
    assert started_after_s(record) == [0, 450]


def test_it_gives_an_arrival_to_the_idle_counter_with_the_fewest_skills() -> None:
    seats = (seat("1"), seat("2", CASH))
    _, witness = play(day(customer(0), customer(1, "B01"), seats=seats))
    called = [event.counter for event in witness.events if isinstance(event, TicketCalled)]
    assert called == ["2", "1"]


def test_it_lets_people_leave_and_calls_those_in_vain_who_did_not_say_so() -> None:
    who = (
        customer(0, job_s=1200),
        customer(1, patience_s=300),
        customer(2, patience_s=300, leaves_silently=True),
        customer(3),
    )
    record, witness = play(day(*who))
    assert witness.count(TicketCancelled) == 1
    assert witness.count(CustomerAbsent) == 1
    assert [v.left_s and v.left_s - NINE_S for v in record.visits] == [None, 301, 302, None]
    assert started_after_s(record) == [0, None, None, 1260]  # one call in vain costs a minute


def test_it_brings_some_back_who_missed_their_call() -> None:
    late = customer(0, comes=False, returns_after_s=100)
    record, witness = play(day(late, customer(1), customer(2)))
    assert witness.count(CustomerReturned) == 1
    assert started_after_s(record) == [660, 60, 360]


def test_it_holds_those_who_lack_something_and_ends_their_job_later() -> None:
    lacking = customer(0, interruption=Interruption(after_share=0.5, away_s=400))
    record, witness = play(day(lacking, customer(1)))
    assert (witness.count(TicketHeld), witness.count(TicketUnheld)) == (1, 1)
    assert started_after_s(record) == [0, 150]
    ends = [event.at for event in witness.events if isinstance(event, ServingFinished)]
    assert (ends[1] - ends[0]).total_seconds() == 250  # back at 550, half of 300 s left


def test_it_sends_some_on_to_another_service() -> None:
    seats = (seat("1", CASH), seat("2", ("B01",)))
    going_on = customer(0, onward=Onward("B01", 600))
    _, witness = play(day(going_on, seats=seats))
    assert witness.count(TicketTransferred) == 1
    served = [event.counter for event in witness.events if isinstance(event, ServingStarted)]
    assert served == ["1", "2"]


def test_it_takes_breaks_between_customers_and_says_planned_ones_before() -> None:
    lunch = Break(NINE_S + 100, 600, is_planned=True)
    record, witness = play(day(customer(1), customer(2), seats=(seat(breaks=(lunch,)),)))
    assert started_after_s(record) == [1, 901]
    kinds = [type(event) for event in witness.events]
    assert kinds.index(BreakPlanned) < kinds.index(TicketTaken)
    paused = next(event for event in witness.events if isinstance(event, CounterPaused))
    assert paused.until is not None and (paused.until - paused.at).total_seconds() == 600


def test_it_closes_late_rather_than_leave_anybody_waiting() -> None:
    last = NINE_S + 8 * 3600
    record, witness = play(day(customer(0), seats=(seat(until_s=NINE_S + 100),)))
    assert started_after_s(record) == [0]
    assert witness.count(CounterClosed) == 1
    record, _ = play(day(*(customer(8 * 3600 - 1) for _ in range(3))))
    assert [v.started_s and v.started_s >= last for v in record.visits] == [False, True, True]


def test_it_picks_by_hand_as_often_as_asked() -> None:
    here = replace(world(), by_hand_share=0.15)
    witness = Witness()
    run_day(here, 1, 0, FIRST_COME, witness)
    called = [event for event in witness.events if isinstance(event, TicketCalled)]
    by_hand = [event for event in called if event.choice.reason]
    assert 0.05 < len(by_hand) / len(called) < 0.25


@pytest.mark.parametrize("rule", RULES)
def test_it_meets_the_same_people_under_every_rule(rule: CallingRule) -> None:
    record = run_day(world(), 3, 1, rule)
    drawn = draw_day(world(), 3, 1)
    assert tuple(visit.customer for visit in record.visits) == drawn.customers
    assert record == run_day(world(), 3, 1, rule)


@pytest.mark.parametrize("rule", RULES)
def test_it_counts_the_overtakes_that_the_core_counts(rule: CallingRule) -> None:
    """Twice counted: by the rule as it calls, and by somebody who only looks on."""
    witness = Witness()
    record = run_day(replace(world(), by_hand_share=0.1), 2, 0, rule, witness)
    tickets = tickets_of(witness)
    assert {v.number: v.overtakes for v in record.visits} == {
        number: ticket.overtakes for number, ticket in tickets.items()
    }


@pytest.mark.parametrize("ordinal", range(3))
def test_it_never_lets_rule_a_pass_anybody_more_often_than_allowed(ordinal: int) -> None:
    record = run_day(world(load=0.95), 1, ordinal, RULE_A)
    assert max(visit.overtakes for visit in record.visits) == RULE_A.overtakes_max


def test_it_passes_nobody_where_the_first_comes_first() -> None:
    record = run_day(world(), 1, 0, FIRST_COME)
    assert {visit.overtakes for visit in record.visits} == {0}


@pytest.mark.parametrize("rule", RULES)
def test_it_ends_every_visit(rule: CallingRule) -> None:
    witness = Witness()
    record = run_day(world(), 5, 2, rule, witness)
    tickets = tickets_of(witness)
    assert all(ticket.is_ended for ticket in tickets.values())
    finished = {n for n, t in tickets.items() if t.state is TicketState.FINISHED}
    assert finished == {v.number for v in record.visits if v.started_s is not None}
    assert all(not counter.is_open for counter in hall_counters(witness))


def tickets_of(witness: Witness) -> dict[str, Ticket]:
    assert witness.hall is not None
    return dict(witness.hall.tickets)


def hall_counters(witness: Witness) -> list[Counter]:
    assert witness.hall is not None
    return list(witness.hall.counters.values())


def test_it_leaves_premium_counters_to_premium() -> None:
    whole = plan()
    counters = {**whole.counters, "1": replace(whole.counters["1"], premium=True)}
    branch: Plan = replace(whole, counters=counters)
    who = (customer(0), customer(1), customer(2, priority=Priority.PREMIUM))
    seats = (seat("1"), seat("2", from_s=NINE_S + 3600))
    record = play_day(branch, day(*who, seats=seats), replace(RULE_A, premium_needs_counters=1))
    assert started_after_s(record) == [0, 600, 300]
    assert [visit.overtakes for visit in record.visits] == [0, 1, 0]


def test_it_keeps_to_the_policy_of_the_branch() -> None:
    """Three calls and a longer grace; where counters are given customers, tellers take them."""
    branch = replace(
        plan(), counter_policy=CounterPolicy(grace_s=90, calls_before_absent=3, auto_call=True)
    )
    who = (customer(1, comes=False), customer(2))
    witness = Witness()
    record = play_day(branch, day(*who), FIRST_COME, witness)
    assert witness.count(TicketCalledAgain) == 2
    assert started_after_s(record) == [None, 1 + 2 * 15 + 90]
