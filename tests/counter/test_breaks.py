"""Pauses with a reason and a length, and breaks that are planned, near, due, taken or dropped."""

from datetime import UTC, datetime, timedelta

import pytest

from lobby.queueing.model.counter import Break
from tests.app.app import LocalApp

TEN_PAST_TWELVE = datetime(2026, 3, 2, 4, 10, tzinfo=UTC)
"""On the branch's clock."""


def plan(door: LocalApp, at: str = "12:10", minutes: str = "30") -> None:
    answer = door.post("thu", "/counter/breaks", counter="1", at=at, minutes=minutes)
    assert answer.status_code == 303


def planned(door: LocalApp) -> Break | None:
    session = door.hall.counters["1"].session
    return session.planned_break if session else None


def test_it_plans_a_break_by_the_branchs_clock(at_counter: LocalApp) -> None:
    plan(at_counter)
    assert planned(at_counter) == Break(TEN_PAST_TWELVE, 30)


def test_it_shows_the_break_at_the_tellers_own_terminal(at_counter: LocalApp) -> None:
    plan(at_counter)
    html = at_counter.get("thu", "/counter").text
    assert "Break planned" in html and "12:10" in html


def test_it_reminds_when_the_break_is_near_and_when_it_is_due(at_counter: LocalApp) -> None:
    plan(at_counter)
    at_counter.clock.move_to(TEN_PAST_TWELVE - timedelta(minutes=4))
    assert "Your break is soon" in at_counter.get("thu", "/counter").text
    at_counter.clock.move_to(TEN_PAST_TWELVE)
    html = at_counter.get("thu", "/counter").text
    assert "Time for your break" in html and "Take it now" in html


def test_it_uses_the_break_up_when_it_is_taken(at_counter: LocalApp) -> None:
    plan(at_counter)
    at_counter.clock.move_to(TEN_PAST_TWELVE)
    at_counter.post("thu", "/counter/pauses", counter="1", reason="Lunch", minutes="30")
    assert planned(at_counter) is None
    html = at_counter.get("thu", "/counter").text
    assert "since 12:10" in html and "until 12:40" in html


def test_it_drops_a_break(at_counter: LocalApp) -> None:
    plan(at_counter)
    at_counter.post("thu", "/counter/breaks/cancellations", counter="1")
    assert planned(at_counter) is None


def test_it_drops_no_break_that_nobody_planned(at_counter: LocalApp) -> None:
    answer = at_counter.ask("thu", "/counter/breaks/cancellations", counter="1")
    assert answer.json()["refusal"] == "NoBreakPlanned"


@pytest.mark.parametrize("at", ["08:59", "", "noon", "25:10"])
def test_it_plans_no_break_in_the_past(at_counter: LocalApp, at: str) -> None:
    answer = at_counter.ask("thu", "/counter/breaks", counter="1", at=at, minutes="30")
    assert answer.json()["sentence"] == "Please choose a time later today."
    assert planned(at_counter) is None


@pytest.mark.parametrize("minutes", ["0", "", "-5", "9999", "ten", "99999999"])
def test_it_plans_no_break_of_a_length_that_is_none(at_counter: LocalApp, minutes: str) -> None:
    answer = at_counter.ask("thu", "/counter/breaks", counter="1", at="12:10", minutes=minutes)
    assert answer.json()["refusal"] == "OutOfRange"
    assert planned(at_counter) is None


def test_it_pauses_without_saying_how_long(at_counter: LocalApp) -> None:
    at_counter.post("thu", "/counter/pauses", counter="1", reason="Consultation", minutes="")
    html = at_counter.get("thu", "/counter").text
    assert "Consultation" in html and "until" not in html
