"""A forgotten counter and a customer who left without a word keep no day open over the night."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lobby.queueing.commands.command import CloseOutDay
from lobby.queueing.commands.counter import CallNext, Finish, OpenCounter, StartServing
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import DayNotOver
from lobby.store.visits import visits_of
from tests.app.app import LocalApp

TODAY = date(2026, 3, 2)
LATE = datetime(2026, 3, 2, 15, 50, tzinfo=UTC)
"""Ten minutes to midnight at Riverside."""


def check(door: LocalApp) -> None:
    door.run(door.services.days.check, door.riverside)


def left_open(door: LocalApp) -> None:
    """One at a counter, one in the line; the teller has gone home."""
    door.clock.move_to(LATE)
    door.perform(OpenCounter("1", "thu", ("A01",)))
    door.take()
    door.take()
    door.perform(CallNext("1"))


def test_it_ends_what_was_left_open_and_the_next_morning_is_clean(door: LocalApp) -> None:
    left_open(door)
    door.clock.advance(2 * 3600)
    check(door)
    assert door.hall.day == TODAY + timedelta(days=1)
    assert (len(door.hall.tickets), door.hall.calls) == (0, ())
    assert not any(counter.is_open for counter in door.hall.counters.values())
    visits = door.services.store.read_now(lambda c: visits_of(c, "riverside", TODAY))
    assert {visit.state for visit in visits} == {TicketState.LAPSED}
    door.clock.advance(9 * 3600)
    assert door.take() == "A001"


def test_the_report_of_the_day_says_what_was_left_open(door: LocalApp) -> None:
    left_open(door)
    door.clock.advance(2 * 3600)
    check(door)
    page = door.get("minh", f"/reports/days/{TODAY}").text
    assert "since 23:50 nothing had been done" in page
    assert "Counters that nobody closed: 1." in page
    assert "Numbers at a counter, not finished: A001." in page
    assert "Numbers that nobody ended, 1: A002." in page


def test_who_is_really_served_over_midnight_is_finished_like_anybody(door: LocalApp) -> None:
    left_open(door)
    door.perform(StartServing("1", "A001"))
    door.clock.advance(3600)
    check(door)
    assert door.hall.day == TODAY
    door.perform(Finish("1", "A001"))
    assert door.ticket("A001").state is TicketState.FINISHED


def test_it_waits_for_two_hours_without_an_act(door: LocalApp) -> None:
    left_open(door)
    door.clock.advance(3600)
    door.perform(StartServing("1", "A001"))
    door.clock.advance(2 * 3600 - 1)
    check(door)
    assert not door.ticket("A001").is_ended
    door.clock.advance(1)
    check(door)
    assert door.hall.ticket("A001") is None


def test_nothing_is_closed_out_where_somebody_has_acted_meanwhile(door: LocalApp) -> None:
    left_open(door)
    with pytest.raises(DayNotOver):
        door.perform(CloseOutDay(LATE, door.hall.version - 1))
    assert door.hall.counters["1"].is_open
