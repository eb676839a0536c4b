"""A table as CSV: for programs, or as the reader's own spreadsheet program reads it."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lobby.reports.figures import Figures
from lobby.reports.sheets import CellKind, Row, Sheet, Value
from lobby.spreadsheets.cells import harmless
from lobby.spreadsheets.csv_file import BYTE_ORDER_MARK

MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Spelling:
    """How spreadsheet programs of a country read a file: separator, decimal sign, and dates."""

    delimiter: str
    decimal: str
    day: str


SPELLINGS: Mapping[str, Spelling] = {
    "en": Spelling(",", ".", "%Y-%m-%d"),
    "zh": Spelling(",", ".", "%Y/%m/%d"),
    "vi": Spelling(";", ",", "%d/%m/%Y"),
    "de": Spelling(";", ",", "%d.%m.%Y"),
}
"""By language; German readers have no pages of their own, but their spreadsheets are common."""


def machine_csv(sheet: Sheet) -> str:
    """Keys for titles, ISO days, seconds and shares unrounded, commas, points."""
    rows = [[_for_machines(value) for value in row.cells] for row in sheet.rows]
    return _written([column.key for column in sheet.columns], rows, ",")


def readers_csv(sheet: Sheet, figures: Figures, spelling: Spelling) -> str:
    """Titles in words; minutes and per cent, as on the page but not rounded away."""
    rows = [
        [_spelled(row, index, sheet, figures, spelling) for index in range(len(row.cells))]
        for row in sheet.rows
    ]
    return _written([column.title for column in sheet.columns], rows, spelling.delimiter)


def _written(titles: list[str], rows: list[list[str]], delimiter: str) -> str:
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(titles)
    writer.writerows(rows)
    return out.getvalue()


def _for_machines(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(harmless(value)) if isinstance(value, str) else str(value)


def _spelled(row: Row, index: int, sheet: Sheet, figures: Figures, spelling: Spelling) -> str:
    value, kind = row.cells[index], row.kind(index, sheet.columns)
    match value:
        case None:
            return ""
        case str():
            return str(harmless(value))
        case datetime():
            return f"{figures.plan.local(value):{spelling.day} %H:%M:%S}"
        case date():
            return f"{value:{spelling.day}}"
        case int() if kind is CellKind.COUNT:
            return str(value)
    return f"{in_unit(value, kind):.4f}".replace(".", spelling.decimal)


def in_unit(value: float, kind: CellKind) -> float:
    """In the unit that its column is titled in: minutes, hours, or per cent."""
    match kind:
        case CellKind.MINUTES:
            return value / 60
        case CellKind.HOURS:
            return value / 3600
        case CellKind.SHARE:
            return value * 100
        case _:
            return value
