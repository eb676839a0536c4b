"""Tables as a workbook: numbers and dates as what they are, titles that stay, one row at a time, so
that a long file takes no more memory than a short one."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from lobby.reports.figures import Figures
from lobby.reports.sheets import CellKind, Column, Sheet

FORMATS = {
    CellKind.NAME: "@",
    CellKind.COUNT: "#,##0",
    CellKind.DECIMAL: "#,##0.0",
    CellKind.MINUTES: "#,##0.0",
    CellKind.HOURS: "[h]:mm",
    CellKind.SHARE: "0.0%",
    CellKind.DAY: "yyyy-mm-dd",
    CellKind.MOMENT: "yyyy-mm-dd hh:mm:ss",
}
NAME_MAX = 31
"""What a sheet may be called at most, and without these."""
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
WIDTHS = {CellKind.NAME: 28, CellKind.DAY: 12, CellKind.MOMENT: 20}
NARROW = 12
SECONDS_PER_DAY = 86_400


def write_workbook(path: Path, sheets: Iterable[Sheet], figures: Figures) -> None:
    """Text is written as text whatever it begins with: nothing in it is a formula or a link."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(path, options) as book:
        formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
        totals = {
            kind: book.add_format({"num_format": code, "bold": True, "top": 1})
            for kind, code in FORMATS.items()
        }
        title = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1})
        taken: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_name(sheet.title, taken))
            _write(page, sheet, figures, title, (formats, totals))


def _write(page: Any, sheet: Sheet, figures: Figures, title: Any, formats: tuple[Any, Any]) -> None:
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, _width(column))
    page.write_row(0, 0, [column.title for column in sheet.columns], title)
    for number, row in enumerate(sheet.rows, start=1):
        own = formats[row.is_total]
        for index, value in enumerate(row.cells):
            place = (number, index)
            match value:
                case None:
                    page.write_blank(*place, None, own[CellKind.NAME])
                case str():
                    page.write_string(*place, value, own[CellKind.NAME])
                case datetime():
                    local = figures.plan.local(value).replace(tzinfo=None)
                    page.write_datetime(*place, local, own[CellKind.MOMENT])
                case date():
                    page.write_datetime(*place, value, own[CellKind.DAY])
                case _:
                    kind = row.kind(index, sheet.columns)
                    page.write_number(*place, _in_sheet(value, kind), own[kind])


def _in_sheet(value: float, kind: CellKind) -> float:
    """Minutes as minutes; hours as the part of a day that spreadsheets count times in."""
    if kind is CellKind.MINUTES:
        return value / 60
    return value / SECONDS_PER_DAY if kind is CellKind.HOURS else value


def _width(column: Column) -> float:
    """Of so many letters; Chinese ones are twice as wide, and long titles break."""
    letters = sum(1 + (east_asian_width(sign) in "WF") for sign in column.title)
    return max(WIDTHS.get(column.kind, NARROW), min(24, letters / 2))


def _name(title: str, taken: set[str]) -> str:
    """Not twice the same, in any case of letters."""
    plain = title.translate(FORBIDDEN).strip("' ")[:NAME_MAX] or "-"
    name, count = plain, 1
    while name.casefold() in taken:
        count += 1
        name = f"{plain[: NAME_MAX - 3]} {count}"
    taken.add(name.casefold())
    return name
