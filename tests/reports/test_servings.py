"""Counters and services by what was done there, segment by segment; and who forgot to sign off."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lobby.queueing.commands.command import CloseOutDay
from lobby.queueing.commands.counter import (
    CallNext,
    CloseCounter,
    Finish,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
    StartServing,
    Transfer,
)
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING
from tests.reports.hours import turn_day

DAY = "2026-03-02"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path) as app:
        yield app


def after(app: LocalApp, minutes: float, *commands: Any) -> None:
    app.clock.advance(60 * minutes)
    for command in commands:
        app.perform(command)


def figures(app: LocalApp) -> dict[str, Any]:
    told: dict[str, Any] = app.get("minh", f"/reports/days/{DAY}.json").json()
    return told


def counters(app: LocalApp) -> dict[str, dict[str, Any]]:
    return {each["counter"]: each for each in figures(app)["counters"]}


def passed_on(app: LocalApp) -> None:
    """Forty minutes for one thing at counter 1, then ten for another at counter 2."""
    app.perform(OpenCounter("1", "thu", ("A01",)))
    app.perform(OpenCounter("2", "wei", ("B01",)))
    app.take("A01")
    after(app, 0, CallNext("1"), StartServing("1", "A001"))
    after(app, 40, Transfer("1", "A001", to_service="B01"))
    after(app, 0, CallNext("2"), StartServing("2", "A001"))
    after(app, 10, Finish("2", "A001"))
    after(app, 0, CloseCounter("1"), CloseCounter("2"))


def test_each_counter_has_the_time_that_was_spent_at_it(app: LocalApp) -> None:
    passed_on(app)
    one, two = counters(app)["1"], counters(app)["2"]
    assert (one["served"], one["served_s"], one["utilisation"]) == (1, 2400, 0.8)
    assert (two["served"], two["served_s"], two["utilisation"]) == (1, 600, 0.2)


def test_each_service_that_was_done_has_a_line_and_its_own_time(app: LocalApp) -> None:
    passed_on(app)
    told = {line["service"]: line for line in figures(app)["services"]}
    assert (told["A01"]["tickets"], told["A01"]["times_done"]) == (1, 1)
    assert told["A01"]["service_median_s"] == 2400
    assert (told["B01"]["tickets"], told["B01"]["times_done"]) == (0, 1)
    assert told["B01"]["service_median_s"] == 600
    assert figures(app)["service_mean_s"] == 1500


def test_what_was_done_before_a_customer_was_lost_counts(app: LocalApp) -> None:
    """Passed on, and never seen again: the first service was done all the same."""
    app.perform(OpenCounter("1", "thu", ("A01",)))
    app.take("A01")
    after(app, 0, CallNext("1"), StartServing("1", "A001"))
    after(app, 12, Transfer("1", "A001", to_service="B01"))
    after(app, 0, CloseCounter("1"))
    after(app, 24 * 60)
    turn_day(app)
    told = {line["service"]: line for line in figures(app)["services"]}
    assert told["A01"]["service_median_s"] == 720
    assert "B01" not in told
    assert counters(app)["1"]["served_s"] == 720


def test_who_forgot_to_sign_off_was_there_until_the_last_act_and_the_grace(app: LocalApp) -> None:
    """The break ended at 9:50; a seat counts as left after a quarter of an hour."""
    app.perform(OpenCounter("1", "thu", ("A01",)))
    app.take("A01")
    after(app, 0, CallNext("1"), StartServing("1", "A001"))
    after(app, 30, Finish("1", "A001"), PauseCounter("1", "break"))
    after(app, 20, ResumeCounter("1"))
    after(app, 22 * 60)
    turn_day(app)
    use = counters(app)["1"]
    assert use["assumed"]
    assert (use["signed_in_s"], use["breaks_s"]) == (65 * 60, 20 * 60)
    assert use["utilisation"] == 30 / 45
    page = app.get("minh", f"/reports/days/{DAY}?language=en").text
    assert "Assumed: nobody signed off here." in page


def test_no_counter_stands_open_into_the_night(app: LocalApp) -> None:
    app.perform(OpenCounter("1", "thu", ("A01",)))
    after(app, 24 * 60)
    turn_day(app)
    told = figures(app)["half_hours"]
    assert [each["counters_open"] for each in told] == [0.5]


def test_a_break_that_nobody_ended_is_no_time_at_work(app: LocalApp) -> None:
    """The act is the beginning of the break; the grace after it is break, too."""
    app.perform(OpenCounter("1", "thu", ("A01",)))
    after(app, 90, PauseCounter("1", "break"))
    after(app, 22 * 60)
    turn_day(app)
    use = counters(app)["1"]
    assert (use["signed_in_s"], use["breaks_s"]) == (105 * 60, 15 * 60)


def test_who_signed_off_is_taken_at_their_word(app: LocalApp) -> None:
    """Three quiet hours at an open counter are hours signed in."""
    app.perform(OpenCounter("1", "thu", ("A01",)))
    after(app, 180, CloseCounter("1"))
    use = counters(app)["1"]
    assert (use["signed_in_s"], use["assumed"]) == (180 * 60, False)


def test_a_serving_that_only_the_night_ended_is_no_service(app: LocalApp) -> None:
    app.perform(OpenCounter("1", "thu", ("A01",)))
    app.take("A01")
    after(app, 10, CallNext("1"), StartServing("1", "A001"))
    after(app, 24 * 60)
    turn_day(app)
    use = counters(app)["1"]
    assert (use["served_s"], use["signed_in_s"]) == (0, 25 * 60)


def test_the_house_that_closes_the_day_out_signs_nobody_in_for_longer(app: LocalApp) -> None:
    app.perform(OpenCounter("1", "thu", ("A01",)))
    app.take("A01")
    after(app, 0, CallNext("1"), StartServing("1", "A001"))
    after(app, 30, Finish("1", "A001"))
    app.clock.move_to(MORNING + timedelta(hours=14))
    close_out(app)
    use = counters(app)["1"]
    assert use["assumed"]
    assert use["signed_in_s"] == 45 * 60


def close_out(app: LocalApp) -> None:
    app.perform(CloseOutDay(app.clock.now(), app.hall.version))
