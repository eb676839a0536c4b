"""Weeks, months and twelve months: pages, tables and files say the same."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from lobby.queueing.commands.command import OpenDay
from lobby.queueing.commands.counter import (
    CallNext,
    CloseCounter,
    Finish,
    OpenCounter,
    StartServing,
)
from lobby.reports.sheet_csv import SPELLINGS, readers_csv
from lobby.reports.spans import SpanKind, span_named, span_of
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING
from tests.reports.test_sheets import FIGURES, sheet_of

WEEK = "/reports/weeks/2026-W10"
PAGES = (WEEK, "/reports/months/2026-03", "/reports/years/2026-03")
ENDINGS = ("", ".json", ".xlsx", "/tables/summary.csv")


def serve(app: LocalApp, people: int) -> None:
    app.perform(OpenCounter("3", "thu", ("A01",)))
    for _person in range(people):
        number = app.take("A01")
        app.clock.advance(120)
        app.perform(CallNext("3"))
        app.perform(StartServing("3", number))
        app.clock.advance(60)
        app.perform(Finish("3", number))
    app.perform(CloseCounter("3"))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalApp]:
    """Monday 6, Tuesday 3 people, and Wednesday 2 so far; nothing here changes it."""
    with open_app(tmp_path_factory.mktemp("spans")) as app:
        for day, people in enumerate((6, 3, 2)):
            app.clock.move_to(MORNING + timedelta(days=day))
            app.perform(OpenDay())
            serve(app, people)
        yield app


@pytest.mark.parametrize(
    ("kind", "key", "first", "last"),
    [
        (SpanKind.WEEK, "2026-W10", date(2026, 3, 2), date(2026, 3, 8)),
        (SpanKind.WEEK, "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (SpanKind.MONTH, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (SpanKind.YEAR, "2026-03", date(2025, 4, 1), date(2026, 3, 31)),
    ],
)
def test_it_knows_each_span_by_its_address(
    kind: SpanKind, key: str, first: date, last: date
) -> None:
    span = span_named(kind, key)
    assert span is not None
    assert (span.first, span.last, span.key) == (first, last, key)
    assert span.earlier.later == span == span_of(kind, last)
    assert span.earlier.last == first - timedelta(days=1)


@pytest.mark.parametrize("key", ["2026-W54", "2026-13", "2026-3", "now", "0000-W01", "9999-12"])
def test_it_knows_no_other_address(app: LocalApp, key: str) -> None:
    for plural in ("weeks", "months", "years"):
        assert app.get("minh", f"/reports/{plural}/{key}").status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("path", PAGES)
def test_it_is_for_branch_heads_and_administrators(app: LocalApp, path: str, ending: str) -> None:
    people = ("minh", "ada", "lan", "thu", "nobody")
    answers = [app.get(who, path + ending).status_code for who in people]
    assert answers == [200, 200, 403, 403, 303]
    assert app.post("minh", path + ending).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_today_and_days_that_are_over_count_together(app: LocalApp, path: str) -> None:
    figures = app.get("minh", f"{path}.json").json()
    by = figures["days"] if "days" in figures else figures["months"]
    total = by[-1]
    assert total["total"] is True
    assert (total["tickets"], total["served"]) == (11, 11)
    assert sum(row["tickets"] or 0 for row in by[:-1] if isinstance(row["tickets"], int)) == 11
    assert figures["counters"][-1]["times_done"] == 11
    assert figures["running"] is True
    asked = app.get("minh", path, headers={"accept": "application/json"}).json()
    assert asked == figures


def test_another_branch_tells_nothing_of_this_one(app: LocalApp) -> None:
    assert "Nobody took a number in this period." in app.get("quan", WEEK).text


def test_of_few_there_is_no_superlative(app: LocalApp) -> None:
    page = app.get("minh", WEEK).text
    assert "The hardest day" not in page
    assert "few data" in page
    assert "11 of 11 people were served within the promise" in page


def test_a_group_of_fewer_than_five_is_hidden(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        serve(app, 4)
        figures = app.get("minh", f"{WEEK}.json").json()
        assert figures["services"][0]["hidden"] is True
        assert figures["services"][0]["served"] is None
        assert "Of fewer than 5 people no figures are shown" in app.get("minh", WEEK).text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "11 of 11 people were served within the promise made to them: 100%."),
        ("zh", "11 位客户中有 11 位在承诺时间内开始办理：100%。"),
        ("vi", "11 trong 11 khách được phục vụ trong thời hạn đã cam kết với họ: 100%."),
    ],
)
def test_it_speaks_three_languages(app: LocalApp, language: str, words: str) -> None:
    for path in PAGES:
        assert words in app.get("minh", f"{path}?language={language}").text


def test_the_workbook_has_the_totals_of_the_page(app: LocalApp) -> None:
    """Opened again by a library that has not written it."""
    answer = app.get("minh", f"{WEEK}.xlsx")
    assert "report-riverside-2026-W10.xlsx" in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    page = book["By day"]
    rows = list(page.iter_rows(values_only=True))
    assert page.freeze_panes == "B2"
    assert rows[1][0].date() == date(2026, 3, 2)
    assert rows[1][1:3] == (6, 6)
    assert rows[-1][:3] == ("Total", 11, 11)
    total = app.get("minh", f"{WEEK}.json").json()["days"][-1]
    assert rows[-1][4] == pytest.approx(total["wait_median_s"] / 60)
    assert rows[-1][3] == pytest.approx(total["within_promise"])
    assert total["tickets"] == rows[-1][1]


@pytest.mark.parametrize("path", PAGES)
def test_each_table_is_there_as_csv(app: LocalApp, path: str) -> None:
    figures = app.get("minh", f"{path}.json").json()
    for key in [name for name, value in figures.items() if isinstance(value, list)]:
        machine = app.get("minh", f"{path}/tables/{key}.csv").content.decode("utf-8-sig")
        assert len(list(csv.DictReader(io.StringIO(machine)))) == len(figures[key])
        for form in SPELLINGS:
            assert app.get("minh", f"{path}/tables/{key}.csv?form={form}").status_code == 200
    assert app.get("minh", f"{path}/tables/none.csv").status_code == 404
    assert app.get("minh", f"{path}/tables/summary.csv?form=fr").status_code == 404


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("en", "2026-03-05,1.5000,33.3000,'=1+1"),
        ("zh", "2026/03/05,1.5000,33.3000,'=1+1"),
        ("vi", "05/03/2026;1,5000;33,3000;'=1+1"),
        ("de", "05.03.2026;1,5000;33,3000;'=1+1"),
    ],
)
def test_csv_is_spelled_as_the_readers_program_reads_it(form: str, line: str) -> None:
    assert readers_csv(sheet_of(), FIGURES, SPELLINGS[form]).splitlines()[1] == line
