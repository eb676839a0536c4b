"""A day to take along: the workbook and the CSV files have the figures of its page."""

import csv
import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lobby.queueing.model.plan import Service
from lobby.reports.day_sheets import day_sheets
from lobby.reports.figures import Figures
from lobby.reports.sheet_csv import SPELLINGS
from lobby.reports.sheet_xlsx import write_workbook
from lobby.reports.sheets import Sheet
from tests.reports.conftest import Desk
from tests.reports.test_day import PLAN, worked_day

DAY = "/reports/days/2026-03-05"
KEYS = [sheet.key for sheet in day_sheets(worked_day(), Figures("en", PLAN))]


def book_of(desk: Desk, path: str = f"{DAY}.xlsx", who: str = "minh") -> Any:
    """Opened by a library that has not written it."""
    answer = desk.get(path, who)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def rows(book: Any, title: str) -> list[tuple[Any, ...]]:
    return list(book[title].iter_rows(values_only=True))


def test_the_workbook_has_the_totals_of_the_page(desk: Desk) -> None:
    book, figures = book_of(desk), desk.get(f"{DAY}.json").json()
    measures = {row[0]: row[1:] for row in rows(book, "At a glance")[1:]}
    assert measures["Served within the promise"] == (pytest.approx(4 / 9), 4, 9)
    assert measures["P90 wait, min"] == (figures["wait_p90_s"] / 60, None, 8)
    assert measures["Mean wait, min"][0] == 10
    assert measures["Tickets"] == (12, 8, 12)
    assert measures["Missed their call"] == (pytest.approx(1 / 9), 1, 9)
    assert measures["Left before service"] == (pytest.approx(0.2), 2, 10)
    total = rows(book, "Counters")[-1]
    assert (total[0], total[4]) == ("Total", pytest.approx(figures["utilisation"]))
    by_service = rows(book, "Waits by service")[1:]
    assert sum(row[1] for row in by_service) == figures["tickets"]
    assert sum(row[2] for row in by_service) == figures["served"]
    assert sum(row[1] for row in rows(book, "By hour")[1:]) == figures["tickets"]
    steps = {row[0]: row[1] for row in rows(book, "From eligible to completed")[1:]}
    assert [steps[name] for name in ("Eligible", "Accepted", "Returned")] == [4, 3, 1]


def test_its_times_are_times_on_the_branchs_clock_and_titles_stay(desk: Desk) -> None:
    book = book_of(desk)
    head, first = rows(book, "Tickets")[:2]
    ticket = dict(zip(head, first, strict=True))
    assert ticket["Taken"] == datetime(2026, 3, 5, 9, 0)  # noqa: DTZ001 - a cell knows no zone
    assert ticket["Service began"] == datetime(2026, 3, 5, 9, 5)  # noqa: DTZ001 - as above
    assert (ticket["Number"], ticket["Wait, min"], ticket["Service, min"]) == ("A001", 5, 4)
    assert all(page.freeze_panes == "B2" for page in book.worksheets)


def test_it_tells_no_secret_and_nobody_by_name(desk: Desk) -> None:
    cells = {str(cell) for page in book_of(desk).worksheets for row in page.values for cell in row}
    assert not [cell for cell in cells if "teller" in cell or len(cell) > 100]
    assert not {"secret", "teller"} & {column.key for s in worked_sheets() for column in s.columns}


def worked_sheets() -> tuple[Sheet, ...]:
    return day_sheets(worked_day(), Figures("en", PLAN))


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    evil = Service("A01", "A", "cash", 5, {"en": "=1+1"})
    figures = Figures("en", replace(PLAN, services={**PLAN.services, "A01": evil}))
    path = tmp_path / "book.xlsx"
    write_workbook(path, day_sheets(worked_day(), figures), figures)
    book = openpyxl.load_workbook(path)
    assert "=1+1" in [row[0] for row in book["Waits by service"].values]
    kinds = {cell.data_type for page in book.worksheets for row in page.rows for cell in row}
    assert kinds == {"s", "n", "d"}


@pytest.mark.parametrize("key", KEYS)
def test_each_table_is_there_as_csv(desk: Desk, key: str) -> None:
    path = f"{DAY}/tables/{key}.csv"
    machine = desk.get(path).content.decode("utf-8-sig")
    (sheet,) = [sheet for sheet in worked_sheets() if sheet.key == key]
    table = list(csv.DictReader(io.StringIO(machine)))
    assert list(table[0]) == [column.key for column in sheet.columns]
    assert all(desk.get(f"{path}?form={form}").status_code == 200 for form in SPELLINGS)
    assert f'href="{path}"' in desk.get(DAY).text


def test_it_knows_no_other_table_form_or_day(desk: Desk) -> None:
    for path in (
        f"{DAY}/tables/none.csv",
        f"{DAY}/tables/services.csv?form=fr",
        "/reports/days/2026-02-30.xlsx",
        "/reports/days/yesterday/tables/services.csv",
    ):
        assert desk.get(path).status_code == 404


@pytest.mark.parametrize("ending", [".xlsx", "/tables/services.csv"])
def test_it_is_for_branch_heads_and_administrators(desk: Desk, ending: str) -> None:
    people = ("minh", "ada", "lan", "thu", "nobody")
    answers = [desk.get(DAY + ending, who).status_code for who in people]
    assert answers == [200, 200, 403, 403, 303]
    assert desk.app.post("minh", DAY + ending).status_code == 405


def test_another_head_gets_another_branch(desk: Desk) -> None:
    tickets = rows(book_of(desk, who="quan"), "Tickets")
    assert [row[0] for row in tickets[1:]] == ["F007"]


def test_a_day_without_anybody_has_a_workbook_that_says_so(desk: Desk) -> None:
    book = book_of(desk, "/reports/days/2026-03-04.xlsx")
    measures = {row[0]: row[1:] for row in rows(book, "At a glance")[1:]}
    assert measures["Tickets"] == (0, 0, 0)
    assert measures["Median wait, min"] == (None, None, 0)


@pytest.mark.parametrize(("language", "title"), [("zh", "概览"), ("vi", "Tổng quan")])
def test_its_titles_are_in_the_readers_language(desk: Desk, language: str, title: str) -> None:
    assert title in book_of(desk, f"{DAY}.xlsx?language={language}").sheetnames
