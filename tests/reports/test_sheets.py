"""A table of values in a workbook and for programs: nothing in it becomes a formula."""

from datetime import date
from pathlib import Path

import openpyxl

from lobby.reports.figures import Figures
from lobby.reports.sheet_csv import machine_csv
from lobby.reports.sheet_xlsx import write_workbook
from lobby.reports.sheets import CellKind, Column, Row, Sheet, as_records
from tests.app.people import plan

FIGURES = Figures("en", plan())


def sheet_of(title: str = "A table") -> Sheet:
    columns = (
        Column("day", "Day", CellKind.DAY),
        Column("wait_s", "Wait, min", CellKind.MINUTES),
        Column("share", "Share", CellKind.SHARE),
        Column("note", "Note", CellKind.NAME),
    )
    return Sheet("table", title, columns, (Row((date(2026, 3, 5), 90.0, 0.333, "=1+1")),))


def test_a_workbook_holds_numbers_dates_and_text_as_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, [sheet_of(), sheet_of("a table")], FIGURES)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["A table", "a table 2"]
    row = list(book["A table"].iter_rows())[1]
    assert [cell.data_type for cell in row] == ["d", "n", "n", "s"]
    assert (row[1].value, row[2].value, row[3].value) == (1.5, 0.333, "=1+1")


def test_programs_get_keys_and_unrounded_values() -> None:
    assert machine_csv(sheet_of()).splitlines()[1] == "2026-03-05,90.0,0.333,'=1+1"
    assert as_records(sheet_of(), FIGURES) == [
        {"day": "2026-03-05", "wait_s": 90.0, "share": 0.333, "note": "=1+1"}
    ]
