"""Who is called has time to come: two calls, and a while after the second."""

from dataclasses import replace

import pytest
from msgspec import structs

from lobby.queueing.commands.counter import CallAgain, Hold, MarkAbsent, Undo
from lobby.queueing.commands.ticket import GiveLongerGrace, ReturnFromHold
from lobby.queueing.decide.absence import absent_from, grace_s
from lobby.queueing.model.plan import CounterPolicy
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import TooSoonForAbsent
from tests.queueing.shift import Shift

ABSENT = MarkAbsent("1", "A001")


@pytest.fixture
def shift() -> Shift:
    """Counter 1 has called A001 once; A002 waits."""
    shift = Shift(policy=CounterPolicy())
    shift.open()
    shift.take()
    shift.take()
    shift.call()
    return shift


def test_it_takes_nobody_for_absent_after_one_call(shift: Shift) -> None:
    shift.wait(minutes=10)
    assert shift.refusal(ABSENT) == TooSoonForAbsent("A001", 45, calls_left=1)
    assert absent_from(shift.hall.plan, shift.ticket("A001")) is None


def test_it_waits_for_the_grace_after_the_second_call(shift: Shift) -> None:
    shift.wait(seconds=20)
    shift.act(CallAgain("1", "A001"))
    again_at = shift.now
    shift.wait(seconds=44.5)
    assert shift.refusal(ABSENT) == TooSoonForAbsent("A001", 1)
    begins = absent_from(shift.hall.plan, shift.ticket("A001"))
    assert begins is not None and (begins - again_at).total_seconds() == 45
    shift.wait(seconds=0.5)
    shift.act(ABSENT)
    assert shift.ticket("A001").state is TicketState.ABSENT


def test_it_gives_twice_the_time_to_who_walks_slowly(shift: Shift) -> None:
    shift.act(GiveLongerGrace("A001"))
    assert shift.act(GiveLongerGrace("A001")) == ()
    shift.act(CallAgain("1", "A001"))
    shift.wait(seconds=46)
    assert grace_s(shift.hall.plan, shift.ticket("A001")) == 90
    assert shift.refusal(ABSENT) == TooSoonForAbsent("A001", 44)
    shift.wait(seconds=44)
    shift.act(ABSENT)
    assert shift.ticket("A001").absences == 1


def test_it_begins_the_grace_anew_with_every_call(shift: Shift) -> None:
    shift.act(CallAgain("1", "A001"))
    shift.wait(seconds=40)
    shift.act(CallAgain("1", "A001"))
    shift.wait(seconds=10)
    assert shift.refusal(ABSENT) == TooSoonForAbsent("A001", 35)


def test_it_counts_the_calls_from_the_line_anew(shift: Shift) -> None:
    """Two calls before a hold are none of those after it."""
    shift.act(CallAgain("1", "A001"))
    shift.act(Hold("1", "A001", "papers missing"))
    shift.act(ReturnFromHold("A001"))
    assert shift.call() == "A001"
    assert (shift.ticket("A001").calls, shift.ticket("A001").calls_here) == (3, 1)
    shift.wait(seconds=60)
    assert shift.refusal(ABSENT) == TooSoonForAbsent("A001", 45, calls_left=1)


def test_it_needs_no_more_calls_after_an_undo(shift: Shift) -> None:
    shift.act(CallAgain("1", "A001"))
    shift.wait(seconds=45)
    shift.act(ABSENT)
    shift.act(Undo("1"))
    shift.act(ABSENT)
    assert shift.ticket("A001").absences == 1


def test_it_asks_for_another_call_where_the_clock_went_back(shift: Shift) -> None:
    shift.act(CallAgain("1", "A001"))
    shift.wait(hours=-1)
    assert shift.refusal(ABSENT) == TooSoonForAbsent("A001", 45)
    shift.act(CallAgain("1", "A001"))
    shift.wait(seconds=45)
    shift.act(ABSENT)
    assert shift.ticket("A001").state is TicketState.ABSENT


def test_it_keeps_the_policy_of_the_branch(shift: Shift) -> None:
    lenient = replace(
        shift.hall.plan, counter_policy=CounterPolicy(grace_s=0, calls_before_absent=1)
    )
    shift.hall = structs.replace(shift.hall, plan=lenient)
    shift.act(ABSENT)
    assert shift.ticket("A001").state is TicketState.ABSENT
