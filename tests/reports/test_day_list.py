"""Days without visits are told apart: closed, a holiday, open and empty, or without any data."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from lobby.queueing.commands.counter import CloseCounter, OpenCounter
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING
from tests.reports.hours import people_with_hours, turn_day


def a_week(app: LocalApp) -> None:
    """Monday somebody comes, Tuesday nobody, Wednesday and Thursday nothing ran; then the Monday
    after a weekend on which the house was awake."""
    app.take("A01")
    app.clock.move_to(MORNING + timedelta(days=1))
    app.perform(OpenCounter("3", "thu", ("A01",)))
    app.perform(CloseCounter("3"))
    for day in (4, 5, 6, 7):
        app.clock.move_to(MORNING + timedelta(days=day))
        turn_day(app)


def listed(app: LocalApp, language: str = "en") -> list[str]:
    page = app.get("minh", f"/reports?language={language}").text
    earlier = page.split('id="earlier"')[1]
    rows = re.findall(r"<li[^>]*>(.*?)</li>", earlier, re.DOTALL)
    return [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in rows]


def test_it_says_why_a_day_has_no_visits(tmp_path: Path) -> None:
    with open_app(tmp_path, people_with_hours) as app:
        a_week(app)
        assert listed(app) == [
            "Sunday, 8 March 2026 Closed that day",
            "Saturday, 7 March 2026 Closed that day",
            "Friday, 6 March 2026 Open, and nobody came",
            "Thursday, 5 March 2026 Holiday",
            "Wednesday, 4 March 2026 No data",
            "Tuesday, 3 March 2026 Open, and nobody came",
            "Monday, 2 March 2026",
        ]


@pytest.mark.parametrize(("language", "word"), [("zh", "无数据"), ("vi", "Không có dữ liệu")])
def test_it_says_so_in_each_language(tmp_path: Path, language: str, word: str) -> None:
    with open_app(tmp_path, people_with_hours) as app:
        a_week(app)
        assert sum(word in row for row in listed(app, language)) == 1


def test_a_branch_without_hours_is_never_closed(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        a_week(app)
        assert not any("Closed" in row for row in listed(app))
