"""A table given out as CSV that opens in a spreadsheet as it is."""

import csv
import io
from collections.abc import Iterable

from lobby.spreadsheets.cells import harmless

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets read Chinese and Vietnamese as something else."""


def csv_of(lines: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    for line in lines:
        writer.writerow([harmless(cell) for cell in line])
    return out.getvalue()
