"""Several branches as tables: the measures of each in an order that may be chosen, the course of
their promises, and who stands out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lobby.i18n.texts import mark
from lobby.reports import span_measures as measured
from lobby.reports.branch_table import BranchesReport, BranchLine, Standing
from lobby.reports.branch_words import OUTLIER_NAMES, STANDINGS, outlier_sentence
from lobby.reports.figures import Figures
from lobby.reports.measures import FEW, Rate
from lobby.reports.sheets import CellKind, Column, Row, Sheet, Value, sheet_named
from lobby.reports.spans import Span, SpanKind
from lobby.store.rollups import Tally

COUNT, MINUTES, SHARE = CellKind.COUNT, CellKind.MINUTES, CellKind.SHARE
NAME = "branch"


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the branches stand; what is not known stands last either way."""

    key: str = NAME
    is_descending: bool = False


def _counter_s_a_day(tally: Tally) -> float | None:
    of = tally.staffed_days
    return measured.seconds(tally["signed_in_us"]) / of if of else None


def _share(rate: Callable[[Tally], Rate]) -> Callable[[Tally], Value]:
    """Of fewer than five people nothing, however many came to the branch."""
    return lambda tally: told_share(rate(tally))


def told_share(rate: Rate) -> float | None:
    return None if rate.of < measured.HIDDEN_BELOW else rate.share


COLUMNS: Mapping[str, tuple[str, CellKind, Callable[[Tally], Value]]] = {
    "days": (mark("Days with visits"), COUNT, lambda t: t.days),
    "tickets": (mark("Tickets"), COUNT, lambda t: t["tickets"]),
    "within_promise": (mark("Within the promise"), SHARE, _share(measured.kept)),
    "wait_median_s": (mark("Median wait, min"), MINUTES, lambda t: measured.waits(t).median_s),
    "wait_p90_s": (mark("P90 wait, min"), MINUTES, lambda t: measured.waits(t).p90_s),
    "left": (mark("Left before service"), SHARE, _share(measured.abandonments)),
    "missed": (mark("Missed their call"), SHARE, _share(measured.no_shows)),
    "diversion_rate": (mark("Diversion rate"), SHARE, _share(measured.diversion)),
    "return_rate": (mark("Return rate"), SHARE, _share(measured.returns)),
    "open_s_a_day": (
        mark("Counters open, h:min a day"),
        CellKind.HOURS,
        _counter_s_a_day,
    ),
    "busy": (mark("Busy"), SHARE, measured.utilisation),
}
SORTED_BY = (NAME, *COLUMNS)


def branch_sheets(report: BranchesReport, order: Order, figures: Figures) -> tuple[Sheet, ...]:
    """A table without rows is left out."""
    sheets = (
        _branches(report, order, figures),
        _course(report, figures),
        _standing_out(report, figures),
    )
    return tuple(sheet for sheet in sheets if sheet.rows)


def in_order(report: BranchesReport, order: Order, figures: Figures) -> list[BranchLine]:
    """Equal ones by name."""
    language = figures.language
    lines = sorted(report.lines, key=lambda line: line.plan.name(language).casefold())
    if order.key == NAME:
        return lines[::-1] if order.is_descending else lines
    value = COLUMNS[order.key][2]
    known = {line.plan.id: _told(line, value) for line in lines}
    with_value = [line for line in lines if known[line.plan.id] is not None]
    with_value.sort(key=lambda line: _number(known[line.plan.id]), reverse=order.is_descending)
    return with_value + [line for line in lines if known[line.plan.id] is None]


def _told(line: BranchLine, value: Callable[[Tally], Value]) -> Value:
    return None if line.is_hidden else value(line.total)


def _number(value: Value) -> float:
    assert isinstance(value, int | float), "columns but the first hold numbers"
    return value


def _branches(report: BranchesReport, order: Order, figures: Figures) -> Sheet:
    say = figures.words.gettext
    columns = (
        Column(NAME, say(mark("Branch")), CellKind.NAME),
        *(Column(key, say(title), kind) for key, (title, kind, _value) in COLUMNS.items()),
    )
    rows = tuple(_row(line, figures) for line in in_order(report, order, figures))
    return Sheet("branches", say(mark("Branches")), columns, rows)


def _row(line: BranchLine, figures: Figures) -> Row:
    name, say = line.plan.name(figures.language), figures.words.gettext
    if line.standing is not Standing.VISITS:
        return Row((name, say(STANDINGS[line.standing]), *(None for _ in list(COLUMNS)[1:])))
    if line.is_hidden:
        few = say(mark("fewer than 5"))
        return Row((name, few, *(None for _ in list(COLUMNS)[1:])), is_hidden=True)
    values = (value(line.total) for _title, _kind, value in COLUMNS.values())
    return Row((name, *values), is_few=line.total["served"] < FEW)


def step_name(step: Span, figures: Figures) -> str:
    """`Mar 2026`; a week by its first day."""
    if step.kind is SpanKind.WEEK:
        return " ".join(figures.slot(step.first, SpanKind.WEEK)[1:])
    return figures.month(step.first)


def _course(report: BranchesReport, figures: Figures) -> Sheet:
    """The promise by weeks or months; of fewer than five people nothing."""
    say = figures.words.gettext
    columns = (
        Column(NAME, say(mark("Branch")), CellKind.NAME),
        *(Column(step.key, step_name(step, figures), SHARE) for step in report.steps),
    )
    lines = [line for line in report.lines if _has_course(line)]
    rows = tuple(
        Row((line.plan.name(figures.language), *map(course_share, line.course)))
        for line in sorted(lines, key=lambda line: line.plan.name(figures.language).casefold())
    )
    return Sheet("course", say(mark("Within the promise, over time")), columns, rows)


def _has_course(line: BranchLine) -> bool:
    """Nobody served in time is a share as well."""
    return any(course_share(tally) is not None for tally in line.course)


def course_share(tally: Tally) -> float | None:
    return told_share(measured.kept(tally))


def _standing_out(report: BranchesReport, figures: Figures) -> Sheet:
    say, language = figures.words.gettext, figures.language
    rows = [
        Row(
            (
                *(each.plan.name(language), say(OUTLIER_NAMES[each.share]), each.value),
                *(each.middle, each.of, outlier_sentence(each, report.span, figures)),
            )
        )
        for each in report.outliers
    ]
    columns = (
        (NAME, mark("Branch"), CellKind.NAME),
        ("measure", mark("Measure"), CellKind.NAME),
        ("value", mark("Value"), SHARE),
        ("middle", mark("Middle of the others"), SHARE),
        ("of", mark("How many others"), COUNT),
        ("sentence", mark("In words"), CellKind.NAME),
    )
    return sheet_named("outliers", mark("Standing out"), columns, rows, figures)
