"""Several branches side by side: the same measures of each for a week, a month or twelve months,
from roll-ups alone, so of the days that are over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lobby.queueing.model.plan import Plan
from lobby.reports.branch_outliers import Outlier, outliers
from lobby.reports.day_list import DayKind, kinds_of
from lobby.reports.span_measures import HIDDEN_BELOW
from lobby.reports.spans import DAY, Span, SpanKind, span_of
from lobby.store.branch_rollups import branches_rolled_up
from lobby.store.rollups import Tally, added
from lobby.triage.catalogue import BranchKind

STEPS = 12
"""Weeks or months of the course that is drawn, the period itself the last of them."""

PAST_MONTHS = 12
"""Against which twelve months are held."""


class Standing(StrEnum):
    """`CLOSED`: on every day of the period by its own set-up. `NO_DATA`: nothing is on record."""

    VISITS = "visits"
    CLOSED = "closed"
    EMPTY = "empty"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Seen:
    """A branch that somebody may see, and what it is compared with: those of its kind."""

    plan: Plan
    kind: BranchKind = BranchKind.HUB


@dataclass(frozen=True, slots=True)
class BranchLine:
    """`course` are the last `STEPS` weeks or months, `past` those before the period."""

    plan: Plan
    kind: BranchKind
    standing: Standing
    total: Tally
    course: tuple[Tally, ...]
    past: tuple[Tally, ...]

    @property
    def is_hidden(self) -> bool:
        return self.total["tickets"] < HIDDEN_BELOW

    @property
    def people_a_day(self) -> float:
        return self.total["tickets"] / self.total.days if self.total.days else 0.0


@dataclass(frozen=True, slots=True)
class BranchesReport:
    """`until` is the last day that could be over; before `span.first` where none is. `steps` are
    the weeks or months of the course."""

    span: Span
    until: date
    is_running: bool
    lines: tuple[BranchLine, ...]
    steps: tuple[Span, ...]
    outliers: tuple[Outlier, ...]

    @property
    def has_visits(self) -> bool:
        return any(line.standing is Standing.VISITS for line in self.lines)


def branches_report(
    connection: Any, seen: Sequence[Seen], span: Span, today: date
) -> BranchesReport:
    """One query for all of them; two more for each branch of which there is nothing, to say why."""
    steps = _steps(span)
    stretches = [(each.first, each.last) for each in steps]
    known = branches_rolled_up(
        connection, [each.plan.id for each in seen], stretches, waits_from=span.first
    )
    until = min(span.last, today - DAY)
    without = {
        each.plan.id: _standing(connection, each.plan.id, span, until)
        for each in seen
        if not _tickets(known.get(each.plan.id, []), steps, span)
    }
    lines = tuple(_line(each, known, steps, span, without.get(each.plan.id)) for each in seen)
    return BranchesReport(
        *(span, until, span.first <= today <= span.last, lines),
        steps=steps[-STEPS:],
        outliers=outliers(lines),
    )


def _steps(span: Span) -> tuple[Span, ...]:
    """Without a gap, oldest first: the period itself and what it is held against."""
    kind = SpanKind.WEEK if span.kind is SpanKind.WEEK else SpanKind.MONTH
    steps = [span_of(kind, span.last)]
    count = STEPS + PAST_MONTHS if span.kind is SpanKind.YEAR else STEPS
    while len(steps) < count:
        steps.append(steps[-1].earlier)
    return tuple(reversed(steps))


def _line(
    seen: Seen,
    known: Mapping[str, Sequence[Tally]],
    steps: Sequence[Span],
    span: Span,
    without: Standing | None,
) -> BranchLine:
    tallies = known.get(seen.plan.id) or [Tally() for _step in steps]
    return BranchLine(
        *(seen.plan, seen.kind, without or Standing.VISITS),
        total=added(_within(tallies, steps, span)),
        course=tuple(tallies[-STEPS:]),
        past=tuple(t for t, step in zip(tallies, steps, strict=True) if step.last < span.first),
    )


def _within(tallies: Sequence[Tally], steps: Sequence[Span], span: Span) -> Iterable[Tally]:
    return (t for t, step in zip(tallies, steps, strict=False) if step.first >= span.first)


def _tickets(tallies: Sequence[Tally], steps: Sequence[Span], span: Span) -> int:
    return sum(tally["tickets"] for tally in _within(tallies, steps, span))


def _standing(connection: Any, branch_id: str, span: Span, until: date) -> Standing:
    days = [day for day in span.days if day <= until]
    kinds = set(kinds_of(connection, branch_id, days).values())
    if DayKind.EMPTY in kinds:
        return Standing.EMPTY
    is_closed = kinds and kinds <= {DayKind.CLOSED, DayKind.HOLIDAY}
    return Standing.CLOSED if is_closed else Standing.NO_DATA
