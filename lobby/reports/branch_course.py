"""Small multiples: the promise of each branch over twelve weeks or months, all on one scale from
nothing to everybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lobby.queueing.model.plan import Plan
from lobby.reports.branch_sheets import course_share
from lobby.reports.branch_table import BranchLine
from lobby.reports.measures import FEW
from lobby.reports.promises import KEPT_GOAL
from lobby.reports.span_measures import kept
from lobby.store.rollups import Tally

WIDTH, HEIGHT = 240.0, 64.0
EDGE = 6.0
"""Room around for the dots."""


@dataclass(frozen=True, slots=True)
class Point:
    """`is_few` where it rests on fewer than twenty people."""

    x: float
    y: float
    is_few: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Course:
    """`lines` are the points that follow on each other, as SVG takes them; a step without people
    parts them. `first` and `last` are the shares that it begins and ends with."""

    plan: Plan
    lines: tuple[str, ...]
    points: tuple[Point, ...]
    first: float
    last: float


GOAL_Y = EDGE + (HEIGHT - 2 * EDGE) * (1 - KEPT_GOAL)


def courses(lines: Sequence[BranchLine]) -> tuple[Course, ...]:
    """Of the branches of which there is any, in the order given."""
    return tuple(each for line in lines if (each := _course(line)) is not None)


def _course(line: BranchLine) -> Course | None:
    shares = [course_share(tally) for tally in line.course]
    known = [share for share in shares if share is not None]
    if not known:
        return None
    return Course(
        line.plan,
        lines=tuple(_lines(shares)),
        points=tuple(_points(line.course, shares)),
        first=known[0],
        last=known[-1],
    )


def _lines(shares: Sequence[float | None]) -> Iterator[str]:
    run: list[str] = []
    for index, share in enumerate((*shares, None)):
        if share is not None:
            run.append(f"{_x(index, len(shares)):.1f},{_y(share):.1f}")
        else:
            if len(run) > 1:
                yield " ".join(run)
            run = []


def _points(course: Sequence[Tally], shares: Sequence[float | None]) -> Iterator[Point]:
    for index, (tally, share) in enumerate(zip(course, shares, strict=True)):
        if share is not None:
            is_last = index == len(shares) - 1
            yield Point(_x(index, len(shares)), _y(share), kept(tally).of < FEW, is_last)


def _x(index: int, of: int) -> float:
    return EDGE + (WIDTH - 2 * EDGE) * index / max(1, of - 1)


def _y(share: float) -> float:
    return EDGE + (HEIGHT - 2 * EDGE) * (1 - share)
