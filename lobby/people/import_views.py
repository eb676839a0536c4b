"""What the page shows of a spreadsheet before it is imported: counts, and the first of each."""

from base64 import b64encode
from dataclasses import dataclass

from lobby.accounts.comparing import Change, Comparison
from lobby.accounts.people_columns import COLUMNS
from lobby.accounts.people_table import Mistake, Person
from lobby.i18n.texts import texts
from lobby.spreadsheets.columns import Mapped

SHOWN_MAX = 100
"""A page that can be read; the counts say how many there are in all."""

LETTERS = 26


@dataclass(frozen=True, slots=True)
class WrongCell:
    """`row` is 0 for the whole table; `place` the column's letter, where it has one."""

    row: int
    place: str
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Preview:
    new: tuple[Person, ...]
    new_count: int
    changed: tuple[Change, ...]
    changed_count: int
    unchanged_count: int
    wrong: tuple[WrongCell, ...]
    wrong_count: int
    seen: str
    is_ready: bool


def preview_of(compared: Comparison, columns: Mapped, language: str) -> Preview:
    mistakes = sorted(compared.mistakes, key=lambda mistake: mistake.row)
    return Preview(
        new=compared.new[:SHOWN_MAX],
        new_count=len(compared.new),
        changed=compared.changed[:SHOWN_MAX],
        changed_count=len(compared.changed),
        unchanged_count=compared.unchanged,
        wrong=tuple(_wrong(each, columns, language) for each in mistakes[:SHOWN_MAX]),
        wrong_count=len(mistakes),
        seen=compared.seen,
        is_ready=not mistakes and bool(compared.new or compared.changed),
    )


def data_address(text: str, media_type: str) -> str:
    """A file inside the page itself, so that it is kept nowhere else."""
    return f"data:{media_type};base64,{b64encode(text.encode()).decode()}"


def column_letters(position: int) -> str:
    """As spreadsheets call it: A, B, ... Z, AA."""
    before = column_letters(position // LETTERS - 1) if position >= LETTERS else ""
    return before + chr(ord("A") + position % LETTERS)


def _wrong(mistake: Mistake, columns: Mapped, language: str) -> WrongCell:
    titles = {column.key: column.title for column in COLUMNS}
    position = columns.get(mistake.column)
    return WrongCell(
        row=mistake.row,
        place="" if position is None else column_letters(position),
        column=texts(language).gettext(titles[mistake.column]) if mistake.column else "",
        sentence=mistake.said(language),
    )
