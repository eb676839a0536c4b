"""A file that somebody chose, read as a table: CSV or XLSX, by what it holds, not by its name."""

from lobby.spreadsheets.refusals import TableProblem, TableRefusedError
from lobby.spreadsheets.table import Table
from lobby.spreadsheets.text import read_text
from lobby.spreadsheets.workbook import read_workbook

MEGABYTE = 1024 * 1024
FILE_MEGABYTES_MAX = 4
FILE_BYTES_MAX = FILE_MEGABYTES_MAX * MEGABYTE
"""Ten thousand people are less than one as CSV, and half of one as XLSX."""

ARCHIVE = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0"
"""XLS of before 2007, and any workbook that has a password."""


def read_table(content: bytes) -> Table:
    """Raises `TableRefusedError`."""
    if len(content) > FILE_BYTES_MAX:
        raise too_large()
    if content.startswith(COMPOUND):
        raise TableRefusedError(TableProblem.OLD_OR_LOCKED)
    return read_workbook(content) if content.startswith(ARCHIVE) else read_text(content)


def too_large() -> TableRefusedError:
    return TableRefusedError(TableProblem.TOO_LARGE, megabytes=FILE_MEGABYTES_MAX)
