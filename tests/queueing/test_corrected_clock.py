"""A clock that is set right keeps the order of those who wait, and who may still come back."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from lobby.queueing.commands.command import CorrectClock, OpenDay, ReserveNumbers, TakeBackDay
from lobby.queueing.commands.ticket import BringBack, ChangePriority
from lobby.queueing.events.event import DayTakenBack, Event
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import DayNotOver
from tests.queueing.shift import Shift

DAY_S = 86_400.0


def set_right(shift: Shift, shift_s: float, since: int, right_until: int = 0) -> None:
    shift.act(CorrectClock(shift_s, since, right_until, "minh"))
    shift.wait(seconds=shift_s)


def take_back(shift: Shift, before: Hall) -> tuple[Event, ...]:
    """As the program asks: beside the hall stands the one before the newest turn."""
    day = shift.hall.day
    assert day is not None
    shift.hall = replace(shift.hall, before_turn=before)
    try:
        return shift.act(TakeBackDay(day, "minh"))
    finally:
        shift.hall = replace(shift.hall, before_turn=None)


def test_nobody_passes_anybody_by_an_act_between_start_and_correction() -> None:
    """The machine starts two days behind; somebody looks after A001 before the clock is right."""
    shift = Shift()
    shift.open()
    for _ in range(3):
        shift.take()
    began_at = shift.hall.version
    shift.wait(seconds=-2 * DAY_S)
    shift.act(ChangePriority("A001", Priority.ASSISTANCE))
    assert shift.take() == "A004"
    set_right(shift, 2 * DAY_S, began_at, right_until=began_at)
    assert shift.order() == ["A001", "A002", "A003", "A004"]


def test_who_missed_a_call_just_before_the_start_may_come_back_after_the_correction() -> None:
    shift = Shift()
    shift.open()
    shift.take()
    shift.miss()
    set_right(shift, 3_600, since=shift.hall.version)
    shift.act(BringBack("A001"))
    assert shift.ticket("A001").state is TicketState.WAITING
    assert shift.ticket("A001").day == shift.hall.day


def test_only_numbers_that_somebody_had_are_told_as_new() -> None:
    """Those kept free on the false day are nobody's."""
    shift = Shift()
    shift.take()
    before = shift.hall
    shift.wait(days=1)
    shift.act(OpenDay())
    assert shift.hall.day is not None
    shift.act(ReserveNumbers(shift.hall.day, {"A": 3}))
    assert shift.take() == "A004"
    (taken_back,) = take_back(shift, before)
    assert isinstance(taken_back, DayTakenBack)
    assert dict(taken_back.renumbered) == {}
    assert set(shift.hall.tickets) == {"A001", "A004"}


def test_the_day_that_goes_on_is_not_taken_back_itself() -> None:
    shift = Shift()
    shift.take()
    before = shift.hall
    shift.wait(days=1)
    shift.act(OpenDay())
    take_back(shift, before)
    with pytest.raises(DayNotOver):
        take_back(shift, before)


def test_who_came_on_the_false_day_waits_behind_also_by_a_clock_gone_back() -> None:
    """A call out of hours was missed by a clock far ahead, and its customer waits behind all."""
    shift = Shift()
    shift.open()
    shift.take()
    shift.wait(days=9)
    shift.miss()
    shift.act(BringBack("A001"))
    before = shift.hall
    shift.wait(days=-8)
    assert shift.take() == "A001"
    take_back(shift, before)
    assert shift.order() == ["A001", "A002"]


def test_numbers_that_were_kept_free_stay_so_when_the_next_turn_is_taken_back() -> None:
    """Kept free for the date that the clock showed first; it shows the next one by then."""
    shift = Shift()
    shift.take()
    assert shift.hall.day is not None
    shift.act(ReserveNumbers(shift.hall.day, {"A": 25}))
    set_right(shift, DAY_S, since=0)
    before = shift.hall
    shift.wait(days=1)
    shift.act(OpenDay())
    take_back(shift, before)
    assert shift.take() == "A026"


def test_a_day_that_becomes_another_gives_none_of_the_numbers_that_are_kept_free_there() -> None:
    shift = Shift()
    shift.take()
    assert shift.hall.day is not None
    shift.act(ReserveNumbers(shift.hall.day + timedelta(days=1), {"A": 25}))
    set_right(shift, DAY_S, since=0)
    assert shift.take() == "A026"


def test_nobody_passes_anybody_whose_places_come_together_at_now() -> None:
    """The first ticket of the day was left out of a correction and brought back behind two who
    came later; then the machine starts days behind, and all their places lie ahead of now."""
    shift = Shift()
    shift.open()
    shift.take()
    shift.miss()
    began_at = shift.hall.version
    shift.wait(minutes=20)
    set_right(shift, -9 * 3600.0, since=began_at)
    shift.take()
    shift.take()
    shift.wait(hours=8, minutes=42)
    shift.act(BringBack("A001"))
    shift.take()
    before = shift.order()
    assert before == ["A002", "A003", "A001", "A004"]
    shift.wait(days=-3)
    set_right(shift, 60.0, since=0)
    assert shift.order() == before


def test_a_place_ahead_of_now_keeps_nobody_behind_those_who_come_later() -> None:
    """Who left before the clock was corrected keeps the old times, and is brought back."""
    shift = Shift()
    shift.open()
    shift.take()
    shift.miss()
    began_at = shift.hall.version
    shift.wait(hours=3)
    set_right(shift, -5 * 3600.0, since=began_at)
    for _ in range(3):
        shift.take()
    shift.act(BringBack("A001"))
    shift.take()
    assert shift.order() == ["A002", "A003", "A001", "A004", "A005"]
