"""Branches that stand out, from their own past or from their like: which, in what, and by how much.

A share is held against the middle of the others (of its own earlier periods, or of branches of the
same kind with half to twice as many people a day). It stands out where the distance is more than
`least`, more than twice the spread of the others (1.4826 times the median distance from their
middle, which is their standard deviation where they lie as usual), and more than two standard
errors of the share itself, so that chance alone seldom makes a branch stand out.
"""

import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from lobby.queueing.model.plan import Plan
from lobby.reports import span_measures as measured
from lobby.reports.measures import FEW, Rate
from lobby.store.rollups import Tally
from lobby.triage.catalogue import BranchKind

OTHERS_LEAST = 3
"""From fewer no middle is told."""

AS_LARGE = 2.0
"""Up to so many times as many people a day are of one size."""

SPREADS, ERRORS = 2.0, 2.0
TO_STANDARD = 1.4826


class Against(StrEnum):
    PAST = "past"
    LIKE = "like"


class Share(StrEnum):
    PROMISE = "promise"
    LEFT = "left"
    RETURNS = "returns"


@dataclass(frozen=True, slots=True)
class Measure:
    """`least` is the distance from which it matters to anybody, as a part of one."""

    rate: Callable[[Tally], Rate]
    least: float
    more_is_better: bool


MEASURES: Mapping[Share, Measure] = {
    Share.PROMISE: Measure(measured.kept, 0.10, more_is_better=True),
    Share.LEFT: Measure(measured.abandonments, 0.05, more_is_better=False),
    Share.RETURNS: Measure(measured.returns, 0.10, more_is_better=False),
}


class Line(Protocol):
    """What is known of a branch here."""

    @property
    def plan(self) -> Plan: ...
    @property
    def kind(self) -> BranchKind: ...
    @property
    def total(self) -> Tally: ...
    @property
    def past(self) -> tuple[Tally, ...]: ...
    @property
    def people_a_day(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Outlier:
    """`middle` is that of `of` others; all shares are parts of one."""

    plan: Plan
    share: Share
    against: Against
    value: float
    middle: float
    of: int

    @property
    def distance(self) -> float:
        return self.value - self.middle

    @property
    def is_worse(self) -> bool:
        return (self.distance > 0) is not MEASURES[self.share].more_is_better


def outliers(lines: Sequence[Line]) -> tuple[Outlier, ...]:
    """The worse before the better, the farther before the nearer."""
    found = [each for line in lines for each in _of(line, lines)]
    found.sort(key=lambda each: (not each.is_worse, -abs(each.distance)))
    return tuple(found)


def _of(line: Line, lines: Sequence[Line]) -> Iterator[Outlier]:
    like = [each.total for each in lines if each is not line and _is_like(line, each)]
    for share, measure in MEASURES.items():
        own = measure.rate(line.total)
        for against, tallies in ((Against.PAST, line.past), (Against.LIKE, like)):
            others = [rate.share for each in tallies if not (rate := measure.rate(each)).is_few]
            known = [each for each in others if each is not None]
            if own.of >= FEW and own.share is not None and stands_out(own, known, measure.least):
                middle = statistics.median(known)
                yield Outlier(line.plan, share, against, own.share, middle, len(known))


def stands_out(own: Rate, others: Sequence[float], least: float) -> bool:
    if len(others) < OTHERS_LEAST or own.share is None:
        return False
    middle = statistics.median(others)
    spread = TO_STANDARD * statistics.median(abs(each - middle) for each in others)
    error = math.sqrt(middle * (1 - middle) / own.of)
    return abs(own.share - middle) > max(least, SPREADS * spread, ERRORS * error)


def _is_like(line: Line, other: Line) -> bool:
    """Of the same kind, and neither twice as large nor half as large."""
    if line.kind is not other.kind or not line.people_a_day:
        return False
    return 1 / AS_LARGE <= other.people_a_day / line.people_a_day <= AS_LARGE
