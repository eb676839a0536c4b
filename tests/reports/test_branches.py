"""Several branches side by side: the same measures of each, and who stands out."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from sqlalchemy import event

from lobby.reports.branch_outliers import stands_out
from lobby.reports.branch_sheets import COLUMNS, SORTED_BY
from lobby.reports.branch_table import Seen, branches_report
from lobby.reports.measures import Rate
from lobby.reports.sheet_csv import SPELLINGS
from lobby.reports.spans import SpanKind, span_of
from lobby.store.engine import reading_engine
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING
from tests.reports.many_branches import FEBRUARY, LAST, PASTS, many_branches

PAGES = (FEBRUARY, "/reports/branches/weeks/2026-W09", "/reports/branches/years/2026-02")
ENDINGS = ("", ".json", ".xlsx", "/tables/branches.csv")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalApp]:
    """Nothing here changes it."""
    with open_app(tmp_path_factory.mktemp("branches"), many_branches) as app:
        yield app


def figures(app: LocalApp, path: str = FEBRUARY, more: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = app.get("ada", f"{path}.json{more}").json()
    return answer


def by_id(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return dict(zip(told["ids"], told["branches"], strict=True))


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("path", PAGES)
def test_it_is_for_whoever_may_see_several_branches(app: LocalApp, path: str, ending: str) -> None:
    people = ("ada", "minh", "quan", "lan", "thu", "nobody")
    answers = [app.get(who, path + ending).status_code for who in people]
    assert answers == [200, 403, 403, 403, 403, 303]
    assert app.post("ada", path + ending).status_code == 405


def test_it_is_reached_from_the_reports_of_administrators_alone(app: LocalApp) -> None:
    link = 'href="/reports/branches"'
    assert link in app.get("ada", "/reports").text
    assert link not in app.get("minh", "/reports").text
    home = app.get("ada", "/reports/branches")
    assert (home.status_code, home.headers["location"]) == (
        303,
        "/reports/branches/months/2026-03",
    )


def test_each_branch_has_the_same_measures(app: LocalApp) -> None:
    branches = by_id(figures(app))
    riverside = branches["riverside"]
    assert (riverside["days"], riverside["tickets"]) == (20, 20 * 110)
    assert riverside["within_promise"] == 0.6
    assert riverside["wait_median_s"] == pytest.approx(300, rel=0.03)
    assert riverside["wait_p90_s"] == pytest.approx(1800, rel=0.03)
    assert (riverside["left"], riverside["missed"]) == (
        pytest.approx(1 / 11),
        pytest.approx(1 / 11),
    )
    assert (riverside["open_s_a_day"], riverside["busy"]) == (9 * 3600, 0.75)
    assert riverside["diversion_rate"] is None


def test_it_reads_roll_ups_by_one_query_for_all_branches(app: LocalApp) -> None:
    seen = [Seen(app.services.branches[name].plan) for name in PASTS]
    asked: list[str] = []
    engine = reading_engine(app.services.settings.database)
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    with engine.connect() as connection:
        asked.clear()
        for kind in SpanKind:
            report = branches_report(connection, seen, span_of(kind, LAST), MORNING.date())
            assert len(report.lines) == len(PASTS)
    engine.dispose()
    assert len(asked) == len(SpanKind)
    assert all("FROM rollups" in query for query in asked)


def test_why_a_branch_has_no_figures_is_told_apart(app: LocalApp) -> None:
    branches = by_id(figures(app))
    assert branches["shut"]["days"] == "Closed all the time"
    assert branches["lost"]["days"] == "No data"
    assert branches["quiet"]["hidden"] is True
    assert branches["quiet"]["tickets"] is None
    page = app.get("ada", FEBRUARY).text
    assert "Of fewer than 5 people no figures are shown" in page
    assert page.count('<svg class="course"') == 5


def test_fewer_than_twenty_people_are_marked(app: LocalApp) -> None:
    assert "few data" not in app.get("ada", FEBRUARY).text


def test_a_bad_month_stands_out_from_the_past_and_from_the_like(app: LocalApp) -> None:
    told = figures(app)["outliers"]
    assert [row["branch"] for row in told] == ["Riverside Branch", "Riverside Branch"]
    past, like = told
    assert past["sentence"] == (
        "Riverside Branch: 60% served within the promise. That is 30 points below its own middle"
        " of the 11 months before (90%)."
    )
    assert like["sentence"] == (
        "Riverside Branch: 60% served within the promise. That is 28 points below the middle"
        " of 3 branches like it (88%)."
    )
    assert (like["value"], like["middle"], like["of"]) == (0.6, 0.88, 3)
    page = app.get("ada", FEBRUARY).text
    assert past["sentence"] in page


def test_a_branch_of_another_size_is_not_held_against_the_large(app: LocalApp) -> None:
    """East serves half of its people in time, as always, and nobody is like it."""
    assert "East Branch" not in {row["branch"] for row in figures(app)["outliers"]}


@pytest.mark.parametrize(
    ("own", "others", "stands"),
    [
        (Rate(60, 100), [0.9, 0.9, 0.9], True),
        (Rate(60, 100), [0.9, 0.9], False),  # of two there is no middle
        (Rate(85, 100), [0.9, 0.9, 0.9], False),  # nobody would mind
        (Rate(60, 100), [0.5, 0.7, 0.9], False),  # they differ as much among themselves
        (Rate(12, 20), [0.75, 0.75, 0.75], False),  # so few people may be chance
        (Rate(1200, 2000), [0.75, 0.75, 0.75], True),
    ],
)
def test_it_takes_more_than_chance_to_stand_out(
    own: Rate,
    others: list[float],
    stands: bool,
) -> None:
    assert stands_out(own, others, 0.10) is stands


@pytest.mark.parametrize("key", SORTED_BY)
def test_it_stands_in_the_order_of_each_column(app: LocalApp, key: str) -> None:
    for order in ("up", "down"):
        rows = figures(app, more=f"?sort={key}&order={order}")["branches"]
        known = [row[key] for row in rows if isinstance(row[key], int | float)]
        assert known == sorted(known, reverse=order == "down")
        if key == "branch":
            names = [row[key] for row in rows]
            assert names == sorted(names, reverse=order == "down")
        else:
            assert [row[key] for row in rows][: len(known)] == known


def test_its_titles_are_links_that_sort(app: LocalApp) -> None:
    page = app.get("ada", FEBRUARY).text
    for key in COLUMNS:
        assert f'href="{FEBRUARY}?sort={key}&amp;order=down"' in page
    assert f'href="{FEBRUARY}?sort=branch&amp;order=down"' in page
    turned = app.get("ada", f"{FEBRUARY}?sort=left&order=down").text
    assert f'aria-sort="descending"><a href="{FEBRUARY}?sort=left&amp;order=up"' in turned


@pytest.mark.parametrize(
    "path",
    [
        *("/reports/branches/months/2026-13", "/reports/branches/weeks/2026-W54"),
        *("/reports/branches/days/2026-02-02", "/reports/branches/years/now"),
        *(f"{FEBRUARY}?sort=name", f"{FEBRUARY}?sort=left&order=best"),
        *(f"{FEBRUARY}/tables/none.csv", f"{FEBRUARY}/tables/branches.csv?form=fr"),
    ],
)
def test_it_knows_no_other_period_column_or_table(app: LocalApp, path: str) -> None:
    assert app.get("ada", path).status_code == 404


def test_a_period_without_anybody_says_so(app: LocalApp) -> None:
    page = app.get("ada", "/reports/branches/months/2020-01").text
    assert "In none of the branches did anybody take a number in this period." in page
    assert "Standing out" not in page
    future = app.get("ada", "/reports/branches/months/2027-01").text
    assert "No day of this period is over yet." in future
    assert "<table" not in future


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "In 5 branches, 6,680 of 8,400 people were served within the promise: 80%."),
        ("zh", "5 家网点的 8,400 位客户中，有 6,680 位在承诺时间内开始办理：80%。"),
        ("vi", "Tại 5 chi nhánh, 6.680 trong 8.400 khách được phục vụ trong thời hạn đã cam kết"),
    ],
)
def test_it_speaks_three_languages(app: LocalApp, language: str, words: str) -> None:
    assert words in app.get("ada", f"{FEBRUARY}?language={language}").text


def test_the_workbook_has_the_figures_of_the_page(app: LocalApp) -> None:
    """Opened by a library that has not written it."""
    answer = app.get("ada", f"{FEBRUARY}.xlsx")
    assert "branches-2026-02.xlsx" in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Branches", "Within the promise, over time", "Standing out"]
    page = book["Branches"]
    rows = {row[0]: row[1:] for row in page.iter_rows(values_only=True, min_row=2)}
    assert page.freeze_panes == "B2"
    assert rows["Riverside Branch"][1:3] == (2200, 0.6)
    assert rows["Riverside Branch"][4] == pytest.approx(30, rel=0.03)
    course = {row[0]: row[1:] for row in book.worksheets[1].iter_rows(values_only=True, min_row=2)}
    assert course["Riverside Branch"] == (*[0.9] * 11, 0.6)


@pytest.mark.parametrize("path", PAGES)
def test_each_table_is_there_as_csv(app: LocalApp, path: str) -> None:
    told = figures(app, path)
    for key in [name for name, value in told.items() if isinstance(value, list) and name != "ids"]:
        machine = app.get("ada", f"{path}/tables/{key}.csv").content.decode("utf-8-sig")
        assert len(list(csv.DictReader(io.StringIO(machine)))) == len(told[key])
        for form in SPELLINGS:
            assert app.get("ada", f"{path}/tables/{key}.csv?form={form}").status_code == 200
