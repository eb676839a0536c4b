"""A table as it stands in a spreadsheet: a line of titles, and rows beneath."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice

from lobby.spreadsheets.refusals import TableProblem, TableRefusedError

ROWS_MAX = 10_000
"""More people than work in 300 branches; read, checked and shown within seconds."""

COLUMNS_MAX = 60
"""More titles than anybody picks from in a list."""

CELL_LETTERS_MAX = 300
"""More than any name; the rest of a longer text is not kept."""

MIDNIGHT = time()

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`number` as the spreadsheet counts, from 1 on."""

    number: int
    cells: Cells

    def cell(self, position: int | None) -> str:
        """Empty where the row is shorter, or the column was not found."""
        return self.cells[position] if position is not None and position < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    titles: Cells
    rows: tuple[Row, ...]


def table_of(lines: Iterable[Iterable[object]]) -> Table:
    """The first line that is not empty has the titles; empty lines count and are left out. Raises
    `TableRefusedError`, having taken no more than it may."""
    filled = _filled(lines)
    titles = next(filled, None)
    rows = tuple(islice(filled, ROWS_MAX + 1))
    if titles is None or not rows:
        raise TableRefusedError(TableProblem.EMPTY)
    if len(rows) > ROWS_MAX:
        raise TableRefusedError(TableProblem.TOO_MANY_ROWS, count=ROWS_MAX)
    return Table(titles.cells, rows)


def _filled(lines: Iterable[Iterable[object]]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        cells = tuple(_text(cell) for cell in line)
        while cells and not cells[-1]:
            cells = cells[:-1]
        if len(cells) > COLUMNS_MAX:
            raise TableRefusedError(TableProblem.TOO_MANY_COLUMNS, count=COLUMNS_MAX)
        if cells:
            yield Row(number, cells)


def _text(cell: object) -> str:
    """On one line. A whole number has no point, and a day no time."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == MIDNIGHT:
        return cell.date().isoformat()
    return "" if cell is None else " ".join(str(cell).split())[:CELL_LETTERS_MAX]
