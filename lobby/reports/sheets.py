"""A table of a report as values, from which page, files and figures for programs are made, so that
they cannot differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from babel.dates import format_skeleton

from lobby.i18n.languages import LANGUAGES
from lobby.reports.figures import NOTHING, Figures

Value = str | int | float | date | datetime | None


class CellKind(StrEnum):
    """What a value is. `MINUTES` and `HOURS` are held in seconds, `SHARE` as a part of one."""

    NAME = "name"
    COUNT = "count"
    DECIMAL = "decimal"
    MINUTES = "minutes"
    HOURS = "hours"
    SHARE = "share"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names it for programs, with the unit last; `title` is in the reader's language."""

    key: str
    title: str
    kind: CellKind


@dataclass(frozen=True, slots=True)
class Row:
    """`kinds` where the cells are of other kinds than their columns. `is_hidden`: so few people
    that nothing is told of them. `href` leads to what the first cell names."""

    cells: tuple[Value, ...]
    is_few: bool = False
    is_hidden: bool = False
    is_total: bool = False
    kinds: tuple[CellKind, ...] = ()
    href: str = ""

    def kind(self, index: int, columns: Sequence[Column]) -> CellKind:
        return self.kinds[index] if self.kinds else columns[index].kind


@dataclass(frozen=True, slots=True)
class Sheet:
    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def has_few(self) -> bool:
        return any(row.is_few for row in self.rows)

    @property
    def has_hidden(self) -> bool:
        return any(row.is_hidden for row in self.rows)


def sheet_named(
    key: str,
    title: str,
    columns: Sequence[tuple[str, str, CellKind]],
    rows: Iterable[Row],
    figures: Figures,
) -> Sheet:
    """Its titles, and those of its columns, are marked sentences, told in the reader's language."""
    say = figures.words.gettext
    told = tuple(Column(name, say(heading), kind) for name, heading, kind in columns)
    return Sheet(key, say(title), told, tuple(rows))


def shown(value: Value, kind: CellKind, figures: Figures) -> str:
    """As it is read on the page; a dash where nothing can be said."""
    match value:
        case None:
            return NOTHING
        case datetime():
            return f"{figures.plan.local(value):%H:%M}"
        case date():
            return format_skeleton("yMEd", value, locale=LANGUAGES[figures.language].locale)
        case str():
            return value
    match kind:
        case CellKind.MINUTES:
            return figures.minutes(value)
        case CellKind.HOURS:
            return figures.hours(value)
        case CellKind.SHARE:
            return figures.percent(value)
        case CellKind.DECIMAL:
            return figures.decimal(value)
        case _:
            return figures.count(value)


def plain(value: Value, figures: Figures) -> Value:
    """For programs: days in ISO, moments in UTC, seconds and shares unrounded."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def as_records(sheet: Sheet, figures: Figures) -> list[dict[str, Value]]:
    """One object for each row, in JSON: totals are told apart, and so is what is hidden."""
    return [
        {
            **{
                column.key: plain(value, figures)
                for column, value in zip(sheet.columns, row.cells, strict=True)
            },
            **({"hidden": True} if row.is_hidden else {}),
            **({"total": True} if row.is_total else {}),
        }
        for row in sheet.rows
    ]
