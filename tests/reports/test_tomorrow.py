"""Tomorrow: what to change, the counters needed, a roster tried, and what became of the advice."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from lobby.planning.service import Planning
from tests.app.app import LocalApp, open_app, people
from tests.app.people import MORNING
from tests.reports.past_days import busy_branch, young_branch

TOMORROW = "2026-03-03"
WORKING = "looks again by itself|自动刷新|tự tải lại"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalApp]:
    with open_app(tmp_path_factory.mktemp("busy"), busy_branch) as app:
        yield app


def page(app: LocalApp, query: str = "", language: str = "en", who: str = "minh") -> str:
    """As it stands once what was asked has been worked out."""
    path = f"/reports/tomorrow?language={language}{query}"
    for _ in range(60):
        answer = app.get(who, path)
        assert answer.status_code == 200
        if not re.search(WORKING, answer.text):
            return answer.text
    raise AssertionError(re.findall(r"report-lead[^<]*<", answer.text))


def fields(text: str) -> dict[str, int]:
    found = re.findall(r'name="(at\d{4})" value="(\d+)"', text)
    return {name: int(value) for name, value in found}


def test_it_says_when_to_open_how_many_counters_and_what_that_gains(app: LocalApp) -> None:
    told = page(app)
    assert "Tomorrow · Tuesday, 3 March 2026" in told
    found = re.search(
        r"Open 4 counters from (\d\d:\d\d) to (\d\d:\d\d), one more than usual: (\d+) of the (\d+) "
        r"people who would wait longer than promised are then served in time\.",
        told,
    )
    assert found, "no counter is advised on a busy morning"
    start, end, gain, late = found.groups()
    assert start < "10:00" < end
    assert 2 <= int(gain) <= int(late)
    assert 1 <= told.count("report-lead") <= 3
    assert "About 150 people are expected" in told or re.search(r"About 1[45]\d people", told)


def test_the_fields_begin_with_what_is_advised(app: LocalApp) -> None:
    counters = fields(page(app))
    assert next(iter(counters)) == "at0830"
    assert counters["at0930"] == 4
    assert len(counters) == 17


def test_a_roster_is_tried_on_the_page_and_more_counters_serve_more_in_time(app: LocalApp) -> None:
    names = fields(page(app))
    few = page(app, "".join(f"&{name}=2" for name in names))
    many = page(app, "".join(f"&{name}=4" for name in names))
    assert kept(few) < kept(many)
    assert "Counter hours: 34, as usual 25.5." in many
    assert "the longest wait about" in many


def kept(told: str) -> int:
    found = re.search(r"About (\d+) of \d+ people within the promise", told)
    assert found
    return int(found[1])


@pytest.mark.parametrize("typed", ["-1", "five", "4.5", "99", "", "%00", "٣"])
def test_what_is_no_number_of_counters_is_told_and_stands_as_it_was_typed(
    app: LocalApp, typed: str
) -> None:
    page(app)
    answer = app.get("minh", f"/reports/tomorrow?language=en&at0900={typed}&at0930=2")
    assert answer.status_code == 422
    assert "a whole number of counters from 0 to 4" in answer.text
    assert 'name="at0930" value="2"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1


def test_digits_of_full_width_are_the_same_roster(app: LocalApp) -> None:
    names = fields(page(app))
    narrow, wide = (
        page(app, "".join(f"&{name}={three}" for name in names)) for three in ("3", "３")
    )
    assert kept(narrow) == kept(wide)
    assert 'value="３"' in wide


def test_a_roster_without_any_counter_is_refused(app: LocalApp) -> None:
    none = "".join(f"&{name}=0" for name in fields(page(app)))
    assert app.get("minh", f"/reports/tomorrow?language=en{none}").status_code == 422


def test_the_coming_week_shows_what_each_open_day_needs(app: LocalApp) -> None:
    told = page(app)
    for _ in range(60):
        if "…" not in told:
            break
        told = page(app)
    week = told.split('id="week-heading"')[1]
    days = re.findall(r"/reports/tomorrow\?day=([\d-]+)", week)
    assert days == [TOMORROW, "2026-03-04", "2026-03-06", "2026-03-09"], "5 March is a holiday"
    assert "more than usual" in week


def test_pay_day_is_known_from_the_past(app: LocalApp) -> None:
    told = page(app, "&day=2026-03-10")
    assert re.search(r"This day of the month is \d\d% busier than its weekday\.", told)


def test_a_closed_day_is_told_as_one(app: LocalApp) -> None:
    told = page(app, "&day=2026-03-05")
    assert "The branch is closed on this day." in told
    assert fields(told) == {}


@pytest.mark.parametrize(
    "day", ["2026-03-02", "2026-02-27", "2026-05-01", "tomorrow", "2026-13-01"]
)
def test_only_the_next_two_weeks_are_planned(app: LocalApp, day: str) -> None:
    assert app.get("minh", f"/reports/tomorrow?day={day}").status_code == 404


def test_only_who_reads_reports_sees_it(app: LocalApp) -> None:
    who = ("minh", "ada", "lan", "thu")
    assert [app.get(each, "/reports/tomorrow").status_code for each in who] == [200, 200, 403, 403]


@pytest.mark.parametrize(("language", "word"), [("zh", "窗口"), ("vi", "quầy")])
def test_it_is_told_in_each_language(app: LocalApp, language: str, word: str) -> None:
    page(app)
    assert word in page(app, language=language)


def test_a_branch_without_enough_of_a_past_says_so(tmp_path: Path) -> None:
    with open_app(tmp_path, young_branch) as app:
        told = page(app)
    assert "Only 3 days with customers are on record. From 10 on" in told
    assert fields(told) == {}


def test_a_new_branch_says_so_too(tmp_path: Path) -> None:
    with open_app(tmp_path, people) as app:
        assert "Only 0 days with customers are on record." in page(app)


def test_what_cannot_be_worked_out_is_told_and_may_be_tried_again(tmp_path: Path) -> None:
    with open_app(tmp_path, busy_branch) as app:
        app.services.planning = Planning(app.services.store, app.services.clock, patience_s=0.01)
        told = page(app)
    assert "The day could not be worked out. Nothing else is affected." in told
    assert "Try again" in told


def test_what_became_of_the_advice_is_told_the_day_after(tmp_path: Path) -> None:
    with open_app(tmp_path, busy_branch) as app:
        page(app)
        app.clock.move_to(MORNING + timedelta(days=2))
        told = page(app)
    became = told.split('id="became-heading"')[1]
    assert f"/reports/days/{TOMORROW}" in became
    assert "Open 4 counters from" in became
    assert "Not done: on average 0.0 counters were open, and 0 of 0 people" in became


def test_the_past_of_a_day_does_not_know_that_day(app: LocalApp) -> None:
    """What is told of a day is learned from days before it."""
    past = app.run(app.services.planning._past, app.riverside.plan)
    assert max(each.day for each in past.days) == date(2026, 2, 27)
