"""Tables in XLSX: the first sheet of a workbook, unpacked with care and read row by row.

A workbook is an archive, and a small archive can hold gigabytes; a sheet can say that it is a
million rows wide and deep. So the archive is unpacked here up to a bound, and the reader is given
what was measured; and rows are taken one after the other, so that none is made up.
"""

import io
import warnings
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from lobby.spreadsheets.cells import harmless
from lobby.spreadsheets.refusals import TableProblem, TableRefusedError
from lobby.spreadsheets.table import COLUMNS_MAX, Table, table_of

UNPACKED_BYTES_MAX = 48 * 1024 * 1024
"""Ten thousand rows of sixty columns take about twenty."""

PARTS_MAX = 2_000
"""Sheets, styles, pictures: an ordinary workbook has a dozen."""

SHEET_PARTS = (".xml", ".rels")
"""Pictures and macros are not even unpacked."""

COLUMN_WIDTH = 24


def read_workbook(content: bytes) -> Table:
    """Formulas are not run: a cell that holds one reads as the formula. Raises
    `TableRefusedError`."""
    try:
        return table_of(_lines(_unpacked(content)))
    except TableRefusedError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise TableRefusedError(TableProblem.DAMAGED) from error


def workbook_of(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    """A sheet with these titles; no cell is a formula."""
    workbook = Workbook(write_only=False)
    sheet = workbook.active
    for line in (titles, *rows):
        sheet.append([harmless(cell) for cell in line])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = COLUMN_WIDTH
    sheet.freeze_panes = "A2"
    workbook.properties.created = workbook.properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001  # the same file each time
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _lines(content: io.BytesIO) -> Iterator[tuple[object, ...]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out: charts, validation, print areas
        workbook = load_workbook(content, read_only=True, keep_links=False)
        try:
            rows = workbook.worksheets[0].iter_rows(max_col=COLUMNS_MAX + 1, values_only=True)
            yield from rows
        finally:
            workbook.close()


def _unpacked(content: bytes) -> io.BytesIO:
    """The same archive, not compressed, and no larger than it may be."""
    left, out = UNPACKED_BYTES_MAX, io.BytesIO()
    with ZipFile(io.BytesIO(content)) as packed, ZipFile(out, "w") as unpacked:
        for part in islice(packed.infolist(), PARTS_MAX):
            if not part.filename.lower().endswith(SHEET_PARTS):
                continue
            with packed.open(part) as source:
                found = source.read(left + 1)
            left -= len(found)
            if left < 0:
                raise TableRefusedError(TableProblem.TOO_MUCH_INSIDE)
            unpacked.writestr(part.filename, found)
    out.seek(0)
    return out
