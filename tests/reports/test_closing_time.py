"""Who stands in line when the branch closes waited until then, and is counted apart."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lobby.queueing.commands.counter import (
    CallNext,
    CloseCounter,
    Finish,
    OpenCounter,
    StartServing,
)
from lobby.store.catalogue import save_plan
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING, plan
from tests.reports.hours import keep_hours, people_with_hours, turn_day

DAY = "2026-03-02"
CLOSES = MORNING + timedelta(hours=8)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, people_with_hours) as app:
        yield app


def figures(app: LocalApp) -> dict[str, Any]:
    told: dict[str, Any] = app.get("minh", f"/reports/days/{DAY}.json").json()
    return told


def late_customer(app: LocalApp) -> None:
    """One is served in the afternoon; one comes at 16:59, and nobody calls them."""
    app.clock.move_to(CLOSES - timedelta(minutes=61))
    app.perform(OpenCounter("3", "thu", ("A01",)))
    app.take("A01")
    for command in (CallNext("3"), StartServing("3", "A001")):
        app.perform(command)
    app.clock.move_to(CLOSES - timedelta(minutes=1))
    app.take("A01")
    app.perform(Finish("3", "A001"))
    app.clock.move_to(CLOSES)
    app.perform(CloseCounter("3"))


def test_who_came_at_the_last_minute_is_closed_out_and_no_late_leaver(app: LocalApp) -> None:
    late_customer(app)
    app.clock.move_to(MORNING + timedelta(days=1))
    turn_day(app)
    told = figures(app)
    assert told["closed_out"] == 1
    assert told["within_target"] == {"count": 1, "of": 1, "share": 1.0}
    assert told["abandonments"]["count"] == 0
    assert [each["most_waiting"] for each in told["half_hours"]] == [0, 0, 1]
    assert told["half_hours"][-1]["end"].startswith("2026-03-02T09:00")


def test_the_visits_say_that_the_wait_ended_at_closing(app: LocalApp) -> None:
    late_customer(app)
    app.clock.move_to(MORNING + timedelta(days=1))
    turn_day(app)
    sheet = app.get("minh", f"/reports/days/{DAY}.csv?language=en").text
    row = next(line for line in sheet.splitlines() if line.startswith("A002"))
    assert "lapsed" in row and "2026-03-02 17:00:00" in row and "2026-03-03" not in row


def test_in_the_evening_nobody_waits_any_more(app: LocalApp) -> None:
    late_customer(app)
    app.clock.move_to(CLOSES + timedelta(hours=3))
    told = figures(app)
    assert (told["waiting_now"], told["longest_now_s"], told["closed_out"]) == (0, None, 1)


def test_while_a_counter_works_on_after_hours_people_wait(app: LocalApp) -> None:
    late_customer(app)
    app.perform(OpenCounter("3", "thu", ("A01",)))
    app.clock.move_to(CLOSES + timedelta(minutes=20))
    assert (figures(app)["waiting_now"], figures(app)["closed_out"]) == (1, 0)


def test_the_hours_of_the_day_count_and_not_those_set_since(app: LocalApp) -> None:
    late_customer(app)
    app.clock.move_to(MORNING + timedelta(days=1))
    turn_day(app)
    before = figures(app)
    longer = {"retail": {"weekday": {"opens": "08:30:00", "closes": "21:00:00"}, "weekend": None}}
    write = app.services.store.write
    app.run(write, lambda c: keep_hours(c, longer, "longer", date(2026, 2, 1)))
    app.run(write, lambda c: save_plan(c, plan()))
    assert figures(app) == before


def test_without_hours_the_last_sign_off_is_the_end(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        late_customer(app)
        app.clock.move_to(MORNING + timedelta(days=1))
        turn_day(app)
        told = figures(app)
        assert told["closed_out"] == 1
        assert [each["most_waiting"] for each in told["half_hours"]] == [0, 0, 1]
