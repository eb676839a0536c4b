"""Why a table of somebody's spreadsheet cannot be read: a closed set, each with its sentence."""

from enum import Enum

from lobby.i18n.texts import mark


class TableProblem(Enum):
    """The value is the sentence's msgid; blanks are filled from the refusal."""

    TOO_LARGE = mark(
        "This file is larger than %(megabytes)s MB, so it was not read. Please save only the "
        "table, as CSV or XLSX."
    )
    TOO_MUCH_INSIDE = mark(
        "This file holds far more than a table once it is unpacked, so it was not read. Please "
        "save only the table, as CSV or XLSX."
    )
    TOO_MANY_ROWS = mark(
        "This table has more than %(count)s rows, so it was not read. Please split it into several "
        "files."
    )
    TOO_MANY_COLUMNS = mark(
        "This table has more than %(count)s columns, so it was not read. Please delete those that "
        "are not needed."
    )
    EMPTY = mark("There is no row in this table. Please choose a file with a line of titles first.")
    OLD_OR_LOCKED = mark(
        "This file is of an old kind or has a password. Please save it as XLSX or CSV, without a "
        "password."
    )
    NO_TABLE = mark("This file is no table. Please choose a CSV or XLSX file.")
    DAMAGED = mark("This XLSX file is damaged. Please save it once more.")


class TableRefusedError(Exception):
    """Nothing was read; `blanks` fill the sentence."""

    def __init__(self, problem: TableProblem, **blanks: str | int) -> None:
        self.problem, self.blanks = problem, blanks
        super().__init__(problem.value % blanks)
