"""What is told to whom, when it changes, why, and what is kept of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lobby.forecast.estimate import Estimate
from lobby.forecast.wait_range import WaitRange
from lobby.queueing.commands.counter import CallNext, Hold
from lobby.queueing.commands.ticket import (
    CancelTicket,
    ReturnFromHold,
)
from lobby.queueing.model.hall import Hall
from lobby.waits.announced import ChangeReason, wait_for_service, wait_for_ticket
from lobby.waits.ledger import AnnouncementLedger
from tests.app.people import MORNING
from tests.waits.snapshots import OPEN_ONE, OPEN_TWO, after, between, snapshot, steps, take

TWO_WAIT = after(OPEN_ONE, OPEN_TWO, *take("one", "two"))
WAITING = after(*take("three"), before=TWO_WAIT)
SECOND = "A002"
LATER = MORNING + timedelta(minutes=2)


def told(estimate: Estimate, state: Hall = TWO_WAIT) -> AnnouncementLedger:
    """A ledger that has told the second ticket this."""
    ledger = AnnouncementLedger()
    ledger.renew(snapshot(state, {SECOND: estimate}), state, MORNING)
    return ledger


def shown(ledger: AnnouncementLedger, state: Hall = TWO_WAIT) -> WaitRange | None:
    return wait_for_ticket(state, state.tickets[SECOND], ledger.announced).range


def moved(ledger: AnnouncementLedger, state: Hall = TWO_WAIT) -> ChangeReason | None:
    return wait_for_ticket(state, state.tickets[SECOND], ledger.announced).moved


def test_it_announces_in_steps_of_five_minutes() -> None:
    assert shown(told(between(7, 13))) == WaitRange(5, 15)


def test_it_keeps_a_range_that_moves_by_one_step_only() -> None:
    ledger = told(between(7, 13))
    assert not ledger.renew(snapshot(TWO_WAIT, {SECOND: between(9, 19)}), TWO_WAIT, LATER)
    assert shown(ledger) == WaitRange(5, 15)
    assert len(ledger.unkept) == 1


def test_it_lets_a_range_fall_without_many_words() -> None:
    ledger = told(between(12, 28))
    state = after(CallNext("1"), before=TWO_WAIT)
    assert ledger.renew(snapshot(state, {SECOND: between(2, 9)}), state, LATER)
    assert (shown(ledger, state), moved(ledger, state)) == (WaitRange(0, 10), None)


def test_it_tells_nobody_two_steps_more_seconds_after_the_slip() -> None:
    ledger = told(between(12, 28))
    for seconds, high_min in ((2, 30), (59, 30), (60, 40)):
        at = MORNING + timedelta(seconds=seconds)
        ledger.renew(snapshot(TWO_WAIT, {SECOND: between(12, 38)}), TWO_WAIT, at)
        said = shown(ledger)
        assert said is not None
        assert said.high_min == high_min, seconds


def test_it_lets_no_range_fall_faster_than_time_goes_by_while_nobody_before_goes() -> None:
    ledger = told(between(12, 28))
    joined = after(*take("three"), before=TWO_WAIT)
    for minutes, high_min in ((2, 30), (14, 30), (16, 10)):
        at = MORNING + timedelta(minutes=minutes)
        ledger.renew(snapshot(joined, {SECOND: between(2, 9)}), joined, at)
        said = shown(ledger, joined)
        assert said is not None
        assert said.high_min == high_min, minutes


def test_it_tells_a_new_ticket_what_its_service_was_said_to_be() -> None:
    ledger = AnnouncementLedger()
    service = between(11, 18, ahead=2)
    both = {"A001": between(1, 4), SECOND: between(3, 9)}
    ledger.renew(snapshot(TWO_WAIT, both, {"A01": service}), TWO_WAIT, MORNING)
    kiosk = wait_for_service(TWO_WAIT, "A01", ledger.announced)
    came = steps(*take("three"), before=TWO_WAIT)
    state = came[-1].after
    ledger.welcome(came, LATER)
    paper = wait_for_ticket(state, state.tickets["A003"], ledger.announced)
    assert kiosk.range == paper.range == WaitRange(10, 20)
    (row,) = (row for row in ledger.unkept if row.number == "A003")
    assert (row.low_min, row.high_min, row.at, row.reason) == (10, 20, LATER, "")
    assert (row.p25_s, row.p90_s, row.naive_s, row.ahead) == (660, 1080, 480, 2)
    first_words = [word for word in ledger.first_words if word.number == "A003"]
    assert [word.estimate for word in first_words] == [service]


def test_it_counts_those_who_came_since_the_last_board() -> None:
    ledger = AnnouncementLedger()
    both = {"A001": between(1, 4), "A002": between(3, 9)}
    ledger.renew(snapshot(TWO_WAIT, both, {"A01": between(6, 13)}), TWO_WAIT, MORNING)
    for step in steps(*take("three", "four", "five"), before=TWO_WAIT):
        ledger.welcome([step], MORNING)
    said = [ledger.announced.tickets[number].range for number in ("A003", "A004", "A005")]
    assert said == [WaitRange(5, 15), WaitRange(10, 20), WaitRange(10, 25)]
    assert [word.estimate.ahead for word in ledger.first_words] == [1, 2, 3]


def test_it_tells_a_ticket_its_first_range_once() -> None:
    ledger = AnnouncementLedger()
    ledger.renew(snapshot(TWO_WAIT, {}, {"A01": between(11, 18)}), TWO_WAIT, MORNING)
    came = steps(*take("three"), before=TWO_WAIT)
    for _again in range(3):
        ledger.welcome(came, LATER)
    assert [row.number for row in ledger.unkept].count("A003") == 1


def test_it_tells_who_comes_back_only_what_the_next_board_says() -> None:
    ledger = AnnouncementLedger()
    ledger.renew(snapshot(TWO_WAIT, {}, {"A01": between(11, 18)}), TWO_WAIT, MORNING)
    held = (CallNext("1"), Hold("1", "A001", "a form"))
    called = after(*held, before=TWO_WAIT)
    ledger.renew(snapshot(called, {}, {"A01": between(11, 18)}), called, MORNING)
    came = steps(ReturnFromHold("A001"), before=called)
    state = came[-1].after
    ledger.welcome(came, LATER)
    assert wait_for_ticket(state, state.tickets["A001"], ledger.announced).range is None


def test_it_says_nothing_from_a_board_that_is_too_old() -> None:
    ledger = AnnouncementLedger()
    ledger.renew(snapshot(TWO_WAIT, {}, {"A01": between(11, 18)}), TWO_WAIT, MORNING)
    ledger.welcome(steps(*take("three"), before=TWO_WAIT), MORNING + timedelta(minutes=6))
    assert "A003" not in ledger.announced.tickets


def test_it_never_keeps_two_ranges_of_one_ticket_at_one_moment() -> None:
    ledger = told(between(7, 13))
    ledger.renew(snapshot(TWO_WAIT, {SECOND: between(20, 38)}), TWO_WAIT, MORNING)
    first, second = (row.at for row in ledger.unkept)
    assert first < second


def test_it_raises_a_services_range_at_once_and_lets_it_fall_calmly() -> None:
    ledger = AnnouncementLedger()
    both = {"A001": between(1, 4), SECOND: between(3, 9)}
    ledger.renew(snapshot(TWO_WAIT, both, {"A01": between(6, 19)}), TWO_WAIT, MORNING)

    def renewed(estimate: Estimate, seconds: int) -> WaitRange | None:
        at = MORNING + timedelta(seconds=seconds)
        ledger.renew(snapshot(TWO_WAIT, both, {"A01": estimate}), TWO_WAIT, at)
        return wait_for_service(TWO_WAIT, "A01", ledger.announced).range

    assert renewed(between(6, 14), 30) == WaitRange(5, 20)
    assert renewed(between(6, 14), 61) == WaitRange(5, 15)
    assert renewed(between(6, 19), 62) == WaitRange(5, 20)
    assert renewed(between(1, 8), 63) == WaitRange(0, 10), "much shorter is said at once"


def test_it_remembers_over_a_restart_what_was_told() -> None:
    rows = told(between(7, 13)).unkept
    ledger = AnnouncementLedger()
    ledger.read_back(TWO_WAIT, rows)
    assert shown(ledger) == WaitRange(5, 15)
    ledger.renew(snapshot(TWO_WAIT, {SECOND: between(9, 19)}), TWO_WAIT, LATER)
    assert shown(ledger) == WaitRange(5, 15), "the range holds as if nothing had happened"
    assert ledger.unkept == []


def test_it_remembers_why_a_range_was_raised() -> None:
    ledger = told(between(7, 13))
    ledger.renew(snapshot(TWO_WAIT, {SECOND: between(12, 24)}), TWO_WAIT, LATER)
    again = AnnouncementLedger()
    again.read_back(TWO_WAIT, ledger.unkept)
    assert (shown(again), moved(again)) == (WaitRange(10, 25), ChangeReason.ANEW)


def test_it_does_not_remember_yesterdays_numbers() -> None:
    rows = [
        replace(r, business_day=r.business_day - timedelta(days=1))
        for r in told(between(7, 13)).unkept
    ]
    ledger = AnnouncementLedger()
    ledger.read_back(TWO_WAIT, rows)
    assert shown(ledger) is None


def test_it_falls_silent_without_forgetting() -> None:
    ledger = told(between(7, 13))
    assert ledger.fall_silent()
    assert not ledger.fall_silent(), "there is nothing new to show"
    assert shown(ledger) is None
    ledger.renew(snapshot(TWO_WAIT, {SECOND: between(9, 19)}), TWO_WAIT, LATER)
    assert shown(ledger) == WaitRange(5, 15)


def test_it_forgets_who_no_longer_waits() -> None:
    ledger = told(between(7, 13))
    state = after(CancelTicket(SECOND), before=TWO_WAIT)
    ledger.renew(snapshot(state, {SECOND: between(7, 13)}), state, LATER)
    assert ledger.announced.tickets == {}


def test_it_drops_the_oldest_where_the_database_takes_nothing_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lobby.waits.ledger.UNSAVED_MAX", 2)
    ledger = told(between(7, 13))
    for minutes in (30, 50, 60):
        at = MORNING + timedelta(minutes=minutes)
        ledger.renew(snapshot(TWO_WAIT, {SECOND: between(2, minutes)}), TWO_WAIT, at)
    assert [row.high_min for row in ledger.unkept] == [50, 60]
