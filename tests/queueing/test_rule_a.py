"""Rule A: promises used up, quick jobs, three passes at most, and nobody passed who was next."""

from dataclasses import replace

import pytest
from msgspec import structs

from lobby.machines import MachineState
from lobby.queueing.commands.counter import (
    CallChosen,
    CallNext,
    CloseCounter,
    Finish,
    OpenCounter,
    StartServing,
)
from lobby.queueing.commands.floor import ReportMachine
from lobby.queueing.commands.ticket import ChangePriority, TakeTicket
from lobby.queueing.events.ticket import TicketCalled
from lobby.queueing.model.choice import Rule, Score
from lobby.queueing.model.plan import CounterPlan, Plan
from lobby.queueing.model.priority import CallingRule, Order, Priority
from tests.app.people import plan
from tests.queueing.shift import ALL_SERVICES, CASH, LAN, THU, WEI, Shift


def shift(branch: Plan | None = None) -> Shift:
    return Shift(branch, order=Order.RULE_A)


def without_next() -> Plan:
    """A branch that shows nobody as next: each call is decided at its own moment."""
    return plan()


def with_next() -> Plan:
    """A branch that shows one ticket as next."""
    return replace(plan(), calling=CallingRule(keeps_next=True))


def take(hall: Shift, service: str = "A01", priority: Priority = Priority.REGULAR) -> str:
    before = set(hall.hall.tickets)
    hall.act(TakeTicket(service, "vi", f"secret-{hall.hall.version}", priority=priority))
    (number,) = set(hall.hall.tickets) - before
    return number


def call(hall: Shift, counter: str = "1") -> TicketCalled:
    (called,) = hall.act(CallNext(counter))
    assert isinstance(called, TicketCalled)
    number = called.number
    hall.act(StartServing(counter, number))
    hall.act(Finish(counter, number))
    return called


def test_it_calls_whoever_has_used_up_most_of_the_promise() -> None:
    hall = shift(without_next())
    hall.open("1", THU, CASH)
    regular = take(hall)
    hall.wait(minutes=4)
    assisted = take(hall, priority=Priority.ASSISTANCE)
    hall.wait(minutes=2)
    called = call(hall)
    assert called.number == assisted  # (2 + 5) / 10 against 6 / 20
    assert called.choice.rule is Rule.PROMISE
    assert called.choice.score == Score(2.0, 5, 10, 1.0, 0)
    assert called.choice.score.value == pytest.approx(0.7)
    assert (called.choice.passed, called.choice.passed_times) == ((regular,), (1,))
    assert hall.ticket(regular).overtakes == 1


def test_it_lets_a_quick_job_go_before_a_long_one() -> None:
    hall = shift(without_next())
    hall.open("1", THU, ALL_SERVICES)
    long = take(hall, "B01")
    hall.wait(minutes=1)
    quick = take(hall, "A01")
    hall.wait(minutes=2)
    called = call(hall)
    assert called.number == quick  # 2/20 * 4/4 against 3/20 * 4/18
    assert hall.ticket(long).overtakes == 1


def test_it_takes_measured_minutes_before_configured_ones() -> None:
    measured = CallingRule(keeps_next=False, typical_min={"B01": 4.0})
    hall = shift(replace(plan(), calling=measured))
    hall.open("1", THU, ALL_SERVICES)
    first = take(hall, "B01")
    hall.wait(minutes=1)
    take(hall, "A01")
    assert call(hall).number == first


def test_nobody_is_passed_more_than_three_times() -> None:
    hall = shift(without_next())
    hall.open("1", THU, ALL_SERVICES)
    long = take(hall, "B01")
    for _ in range(6):
        hall.wait(seconds=30)
        take(hall, "A01")
    called = [call(hall).number for _ in range(4)]
    assert called == ["A001", "A002", "A003", long]
    assert hall.ticket(long).overtakes == 3
    assert hall.ticket(long).choice is not None
    assert hall.ticket(long).choice.rule is Rule.BUDGET  # type: ignore[union-attr]


def test_who_is_shown_as_next_is_not_passed() -> None:
    hall = shift(with_next())
    hall.open("1", THU, CASH)
    take(hall)
    shown = take(hall)
    assert call(hall).next == shown
    assert hall.ticket(shown).is_next
    take(hall, priority=Priority.APPOINTMENT)
    called = call(hall)
    assert (called.number, called.choice.rule) == (shown, Rule.NEXT)


def test_one_ticket_of_the_branch_is_shown_as_next_at_a_time() -> None:
    hall = shift(with_next())
    hall.open("1", THU, CASH)
    hall.open("2", WEI, CASH)
    for _ in range(4):
        take(hall)
    shown = call(hall, "1").next
    assert shown == "A002"
    assert call(hall, "2").next == "A003", "the one shown before has just been called"
    hall.act(CallChosen("1", "A004", "Needs help"))
    assert [ticket.number for ticket in hall.hall.waiting_tickets() if ticket.is_next] == ["A003"]
    assert not any(t.is_next for t in shift().hall.waiting_tickets())


def test_a_broken_promise_is_broken_once_and_then_quick_jobs_go_first() -> None:
    hall = shift()
    hall.open("1", THU, ALL_SERVICES)
    long = take(hall, "B01")
    hall.wait(minutes=30)
    quick = take(hall, "A01")
    hall.wait(minutes=6)
    called = call(hall)
    assert called.number == quick  # 6/20 against 1 * 4/18, although 36 of 20 minutes are used
    assert hall.ticket(long).overtakes == 1


def test_who_came_before_one_that_may_not_be_passed_still_goes_first() -> None:
    """Passing somebody later passes nobody: the earlier of two long jobs is called first."""
    hall = shift()
    hall.open("1", THU, ("A01", "B01"))
    hall.open("2", WEI, ("F01",))
    early = take(hall, "F01")
    spent = take(hall, "B01")
    for _ in range(3):
        hall.wait(seconds=30)
        take(hall, "A01")
    hall.wait(minutes=1)
    assert [call(hall).number for _ in range(3)] == ["A001", "A002", "A003"]
    assert (hall.ticket(spent).overtakes, hall.ticket(early).overtakes) == (3, 0)
    hall.act(CloseCounter("1"))
    hall.act(OpenCounter("1", THU, ALL_SERVICES))
    assert call(hall).number == early  # twelve minutes against eighteen
    assert call(hall).number == spent


def test_who_asked_for_help_at_the_kiosk_is_assisted() -> None:
    hall = shift()
    hall.open()
    intake = structs.replace(TakeTicket("A01", "vi", "s").intake, help_wanted=True)
    hall.act(TakeTicket("A01", "vi", "secret", intake=intake))
    assert hall.ticket("A001").priority is Priority.ASSISTANCE


def test_a_booking_begins_to_count_at_the_booked_time() -> None:
    hall = shift(without_next())
    hall.open("1", THU, CASH)
    regular = take(hall)
    hall.wait(minutes=12)
    booked_at = hall.now
    hall.act(
        TakeTicket("A01", "vi", "secret-b", priority=Priority.APPOINTMENT, booked_at=booked_at)
    )
    hall.wait(minutes=1)
    called = call(hall)
    assert called.number != regular  # all of (1 + 15) / 5 against 13 / 20
    assert called.choice.score == Score(1.0, 15, 5, 1.0, 0)


def test_premium_never_goes_before_assistance_at_a_shared_counter() -> None:
    hall = shift(without_next())
    hall.open("1", THU, CASH)
    hall.open("2", WEI, CASH)
    take(hall, priority=Priority.PREMIUM)
    hall.wait(minutes=9)
    assisted = take(hall, priority=Priority.ASSISTANCE)
    assert call(hall).number == assisted


def test_a_premium_counter_calls_its_own_pool_first_and_helps_when_idle() -> None:
    counters = {"1": CounterPlan("1", "1", premium=True), "2": CounterPlan("2", "2")}
    hall = shift(replace(without_next(), counters=counters))
    hall.open("1", THU, CASH)
    hall.open("2", WEI, CASH)
    regular = take(hall)
    hall.wait(minutes=15)
    premium = take(hall, priority=Priority.PREMIUM)
    called = call(hall, "1")
    assert (called.number, called.choice.passed) == (premium, (regular,))
    assert hall.ticket(regular).overtakes == 1
    assert call(hall, "1").number == regular


def test_a_premium_counter_passes_nobody_more_often_than_was_promised() -> None:
    counters = {"1": CounterPlan("1", "1", premium=True), "2": CounterPlan("2", "2")}
    hall = shift(replace(without_next(), counters=counters))
    hall.open("1", THU, CASH)
    hall.open("2", WEI, CASH)
    first, second = take(hall), take(hall)
    premium = [take(hall, priority=Priority.PREMIUM) for _ in range(5)]
    assert [call(hall, "1").number for _ in range(3)] == premium[:3]
    due = call(hall, "1")
    assert (due.number, due.choice.rule) == (first, Rule.BUDGET)
    assert call(hall, "1").number == second
    assert [call(hall, "1").number for _ in range(2)] == premium[3:]


def test_a_premium_counter_passes_nobody_who_was_shown_as_next() -> None:
    counters = {"1": CounterPlan("1", "1", premium=True), "2": CounterPlan("2", "2")}
    hall = shift(replace(with_next(), counters=counters))
    hall.open("1", THU, CASH)
    hall.open("2", WEI, CASH)
    take(hall)
    shown = take(hall)
    assert call(hall, "2").next == shown
    premium = take(hall, priority=Priority.PREMIUM)
    assert [call(hall, "1").number for _ in range(2)] == [shown, premium]


@pytest.mark.parametrize("cause", ["one counter", "machines down"])
def test_premium_passing_switches_itself_off(cause: str) -> None:
    hall = shift(without_next())
    hall.open("1", THU, CASH)
    if cause == "machines down":
        hall.open("2", WEI, CASH)
        hall.act(ReportMachine("atm-1", MachineState.DOWN))
    regular = take(hall)
    hall.wait(minutes=1)
    take(hall, priority=Priority.PREMIUM)
    assert call(hall).number == regular


def test_a_choice_by_hand_counts_as_passing() -> None:
    hall = shift(without_next())
    hall.open("1", THU, CASH)
    first, second = take(hall), take(hall)
    hall.act(CallChosen("1", second, "with a baby"))
    assert hall.ticket(first).overtakes == 1
    choice = hall.ticket(second).choice
    assert choice is not None
    assert (choice.rule, choice.reason, choice.passed) == (Rule.CHOSEN, "with a baby", (first,))


def test_strict_priority_serves_class_before_class() -> None:
    hall = Shift(order=Order.STRICT)
    hall.open("1", THU, CASH)
    hall.open("2", WEI, CASH)
    regular = take(hall)
    hall.wait(minutes=30)
    premium = take(hall, priority=Priority.PREMIUM)
    assisted = take(hall, priority=Priority.ASSISTANCE)
    assert [call(hall).number for _ in range(3)] == [assisted, premium, regular]


def test_a_colleague_may_change_who_somebody_is_to_the_rule() -> None:
    hall = shift(without_next())
    hall.open("1", THU, CASH)
    take(hall)
    second = take(hall)
    hall.act(ChangePriority(second, Priority.ASSISTANCE))
    assert call(hall).number == second


def test_a_customer_who_waits_for_one_teller_is_called_by_nobody_else() -> None:
    hall = shift(without_next())
    hall.open("1", THU, CASH)
    hall.open("2", WEI, CASH)
    wanted = take(hall)
    other = take(hall)
    ticket = structs.replace(hall.ticket(wanted), reserved_teller=WEI)
    hall.hall = structs.replace(hall.hall, tickets=hall.hall.tickets.put(ticket))
    assert call(hall, "1").number == other
    assert call(hall, "2").number == wanted
    gone = structs.replace(hall.ticket(take(hall)), reserved_teller=LAN)
    hall.hall = structs.replace(hall.hall, tickets=hall.hall.tickets.put(gone))
    assert call(hall, "1").number == gone.number
