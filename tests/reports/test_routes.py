import csv
import io

import pytest

from lobby.queueing.commands.counter import (
    CallNext,
    CloseCounter,
    Finish,
    OpenCounter,
    StartServing,
)
from lobby.queueing.commands.ticket import TakeTicket
from tests.reports.conftest import Desk
from tests.reports.kpi_day import at

PAGES = ("/reports", "/reports/days/2026-03-05")
FILES = ("/reports/days/2026-03-05.csv", "/reports/days/2026-03-05.json")
TELLER = "1"


def test_it_tells_the_branch_head_how_the_day_went(desk: Desk) -> None:
    page = desk.get("/reports/days/2026-03-05")
    assert page.status_code == 200
    assert "Thursday, 5 March 2026" in page.text
    assert "Today until 17:00, 4 of 9 people were served within the promised 10 min." in page.text
    assert "Show the data" in page.text
    assert page.text.count('role="img"') == 3
    assert page.headers["cache-control"] == "no-store"


def test_it_tells_an_older_day_as_over(desk: Desk) -> None:
    desk.clock.advance(24 * 3600)
    page = desk.get("/reports/days/2026-03-05").text
    assert "4 of 9 people were served within the promised 10 min." in page
    assert "Today" not in page


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "4 of 9 people were served within the promised 10 min."),
        ("zh", "9 位客户中有 4 位在承诺的 10 分钟内开始办理。"),
        ("vi", "4 trong 9 khách được phục vụ trong thời hạn cam kết 10 phút."),
    ],
)
def test_it_speaks_three_languages(desk: Desk, language: str, sentence: str) -> None:
    for path in PAGES:
        assert sentence in desk.get(f"{path}?language={language}").text


def test_it_marks_figures_that_rest_on_few(desk: Desk) -> None:
    page = desk.get("/reports/days/2026-03-05").text
    assert "few data" in page
    assert "†" in page


def test_it_lists_the_days_with_today_on_top(desk: Desk) -> None:
    desk.clock.advance(24 * 3600)
    page = desk.get("/reports").text
    assert page.index("Nobody has taken a number yet today.") < page.index("March 2026</a></h3>")
    assert page.index('href="/reports/days/2026-03-06"') < page.index(
        'href="/reports/days/2026-03-05"'
    )


def test_it_says_that_there_is_no_earlier_day(desk: Desk) -> None:
    assert "There is no earlier day yet." in desk.get("/reports").text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-03-04", "Nobody took a number on this day."),
        ("2026-03-06", "This day has not come yet."),
        ("9999-12-31", "This day has not come yet."),
        ("0001-01-01", "Nobody took a number on this day."),
    ],
)
def test_it_says_in_words_that_a_day_is_empty(desk: Desk, day: str, sentence: str) -> None:
    page = desk.get(f"/reports/days/{day}")
    assert page.status_code == 200
    assert sentence in page.text
    assert '<svg class="chart"' not in page.text
    assert desk.get(f"/reports/days/{day}.json").json()["tickets"] == 0


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "20260305", "2026-3-5", "٢٠٢٦-03-05"])
@pytest.mark.parametrize("ending", ["", ".csv", ".json"])
def test_it_knows_no_day_that_is_no_date(desk: Desk, day: str, ending: str) -> None:
    assert desk.get(f"/reports/days/{day}{ending}").status_code == 404


def test_it_gives_machines_the_exact_figures_either_way(desk: Desk) -> None:
    asked = desk.get("/reports/days/2026-03-05", accept="application/json")
    assert asked.headers["content-type"] == "application/json"
    figures = asked.json()
    assert figures == desk.get("/reports/days/2026-03-05.json").json()
    assert (figures["wait_mean_s"], figures["wait_p90_s"]) == (600, 1080)
    assert figures["utilisation"] == 55 / 75


def test_it_gives_spreadsheets_the_visits(desk: Desk) -> None:
    sheet = desk.get("/reports/days/2026-03-05.csv")
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert "visits-riverside-2026-03-05.csv" in sheet.headers["content-disposition"]
    assert sheet.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert [row["number"] for row in rows][:3] == ["A001", "A002", "P001"]


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_it_is_for_branch_heads_and_administrators(desk: Desk, path: str) -> None:
    answers = {who: desk.get(path, who).status_code for who in ("minh", "ada", "lan", "thu")}
    assert answers == {"minh": 200, "ada": 200, "lan": 403, "thu": 403}


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_it_asks_strangers_to_sign_in(desk: Desk, path: str) -> None:
    answer = desk.get(path, "nobody")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next={path}"


def test_it_tells_each_branch_head_of_their_own_branch_only(desk: Desk) -> None:
    figures = desk.get("/reports/days/2026-03-05.json", "quan").json()
    assert (figures["branch"], figures["tickets"]) == ("harbour", 1)
    assert "A001" not in desk.get("/reports/days/2026-03-05.csv", "quan").text
    assert "F007" not in desk.get("/reports/days/2026-03-05.csv", "minh").text


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_it_only_answers_questions(desk: Desk, path: str) -> None:
    assert desk.app.post("minh", path).status_code == 405


def test_it_says_the_same_when_asked_twice(desk: Desk) -> None:
    first, second = (desk.get("/reports/days/2026-03-05.json").json() for _ in range(2))
    assert first == second


def test_it_tells_what_was_done_at_the_counter(desk: Desk) -> None:
    """A whole visit on the next day, through the commands of the counter."""
    desk.clock.move_to(at(24 * 60))
    desk.perform(OpenCounter("1", "thu", ("A01",)), TELLER)
    desk.perform(TakeTicket("A01", "vi", "a" * 22), TELLER)
    for minutes, command in (
        (3, CallNext("1")),
        (1, StartServing("1", "A001")),
        (6, Finish("1", "A001")),
        (10, CloseCounter("1")),
    ):
        desk.clock.advance(60 * minutes)
        desk.perform(command, TELLER)
    figures = desk.get("/reports/days/2026-03-06.json").json()
    assert figures["waits"] == [
        {"number": "A001", "taken_at": "2026-03-06T01:00:00.000000+00:00", "wait_s": 240.0}
    ]
    assert (figures["to_call_mean_s"], figures["service_mean_s"]) == (180, 360)
    assert figures["utilisation"] == 6 / 20
    assert "1 of 1 people were served" in desk.get("/reports/days/2026-03-06").text
