"""A wait ends at the first call, whatever comes after; minutes are said when they are full."""

from datetime import timedelta

import pytest

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import Finish, Hold, StartServing, Transfer
from lobby.queueing.commands.ticket import BringBack, CancelTicket, ReturnFromHold, TakeTicket
from lobby.queueing.model.durations import minutes_left_s, waited_s, whole_minutes_s
from tests.app.people import MORNING
from tests.queueing.shift import Shift

AT = ("1", "A001")
AFTER_THE_CALL: dict[str, tuple[Command, ...]] = {
    "called": (),
    "served": (StartServing(*AT),),
    "finished": (StartServing(*AT), Finish(*AT)),
    "on hold": (Hold(*AT, "papers missing"),),
    "waiting again after a hold": (Hold(*AT, "papers missing"), ReturnFromHold("A001")),
    "sent on": (Transfer(*AT, to_service="B01"),),
}


def minutes(shift: Shift, number: str = "A001") -> float:
    return waited_s(shift.ticket(number), shift.now) / 60


@pytest.mark.parametrize("acts", AFTER_THE_CALL.values(), ids=AFTER_THE_CALL.keys())
def test_it_counts_a_wait_up_to_the_first_call(acts: tuple[Command, ...]) -> None:
    shift = Shift()
    shift.open()
    shift.take()
    shift.wait(minutes=12, seconds=59)
    assert minutes(shift) == 12
    shift.call()
    for act in acts:
        shift.act(act)
    shift.wait(minutes=73)
    assert minutes(shift) == 12


def test_it_counts_no_second_wait_of_who_was_brought_back() -> None:
    shift = Shift()
    shift.open()
    shift.take()
    shift.wait(minutes=3)
    shift.miss()
    shift.wait(minutes=10)
    shift.act(BringBack("A001"))
    shift.wait(minutes=20)
    assert minutes(shift) == 3
    shift.call()
    choice = shift.ticket("A001").choice
    assert choice is not None and choice.waited_s == 180


def test_it_ends_the_wait_of_who_leaves_uncalled() -> None:
    shift = Shift()
    shift.take()
    shift.wait(minutes=5)
    shift.act(CancelTicket("A001"))
    shift.wait(minutes=30)
    assert minutes(shift) == 5


def test_it_begins_a_booked_wait_at_the_booked_time_where_somebody_comes_early() -> None:
    shift = Shift()
    at = MORNING + timedelta(minutes=15)
    shift.act(TakeTicket("A01", "en", "secret", booked_at=at))
    shift.act(TakeTicket("A01", "en", "late", booked_at=MORNING - timedelta(minutes=15)))
    shift.wait(minutes=10)
    assert (minutes(shift), minutes(shift, "A002")) == (0, 10)
    shift.wait(minutes=10)
    assert (minutes(shift), minutes(shift, "A002")) == (5, 20)


@pytest.mark.parametrize(("passed", "full"), [(-30, 0), (0, 0), (59.9, 0), (60, 1), (119, 1)])
def test_it_counts_full_minutes_only(passed: float, full: float) -> None:
    later = MORNING + timedelta(seconds=passed)
    assert whole_minutes_s(MORNING, later) == full * 60
    assert whole_minutes_s(None, later) == 0


@pytest.mark.parametrize(("left", "begun"), [(-30, 0), (0, 0), (0.1, 1), (60, 1), (60.1, 2)])
def test_it_never_says_that_time_is_over_before_it_is(left: float, begun: float) -> None:
    assert minutes_left_s(MORNING, MORNING + timedelta(seconds=left)) == begun * 60
