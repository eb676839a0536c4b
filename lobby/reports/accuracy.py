"""Accuracy of the announced waits: what each ticket was told first, against what came."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from lobby.queueing.model.plan import Plan
from lobby.reports.measures import FEW, Rate
from lobby.store.announced_waits import AnnouncedWaitRow
from lobby.store.visits import Visit

GOAL_LATE = 0.12
"""More than this share later than told breaks the promise that nine of ten are not."""

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Case:
    """One served ticket: the first range it was told, and its wait to the start of service."""

    service: str
    hour: int
    told: AnnouncedWaitRow
    wait_s: float

    @property
    def is_late(self) -> bool:
        """Later than the upper end; over an hour has no upper end to be later than."""
        return self.told.high_min is not None and self.wait_s > self.told.high_min * 60

    @property
    def is_inside(self) -> bool:
        return not self.is_late and self.wait_s >= self.told.low_min * 60


@dataclass(frozen=True, slots=True)
class AccuracyLine:
    """`inside` and `late` of those told and served. Errors are medians of the absolute difference
    in seconds: of our middle estimate, and of people ahead times mean service over open counters.
    `naive_late` is the share that waited longer than that single figure."""

    count: int
    inside: Rate
    late: Rate
    error_s: float | None
    naive_error_s: float | None
    naive_late: Rate

    @property
    def is_few(self) -> bool:
        return self.count < FEW

    @property
    def is_too_late(self) -> bool:
        return not self.is_few and (self.late.share or 0.0) > GOAL_LATE


@dataclass(frozen=True, slots=True)
class Accuracy:
    """`untold` were served without having been told a wait, for whatever reason."""

    all: AccuracyLine
    hours: tuple[tuple[int, AccuracyLine], ...]
    services: tuple[tuple[str, AccuracyLine], ...]
    untold: int


def accuracy_of(
    plan: Plan, visits: Sequence[Visit], told: Sequence[AnnouncedWaitRow]
) -> Accuracy | None:
    """None on a day on which nobody was told anything."""
    first: dict[str, AnnouncedWaitRow] = {}
    for each in told:
        first.setdefault(each.number, each)
    if not first:
        return None
    cases = list(_cases(plan, visits, first))
    served = sum(visit.wait_s is not None for visit in visits)
    return Accuracy(
        _line(cases),
        _lines(cases, lambda case: case.hour),
        _lines(cases, lambda case: case.service),
        untold=served - len(cases),
    )


def _cases(
    plan: Plan, visits: Iterable[Visit], first: Mapping[str, AnnouncedWaitRow]
) -> Iterator[Case]:
    for visit in visits:
        told = first.get(visit.number)
        if told is not None and visit.wait_s is not None:
            yield Case(visit.service, plan.local(visit.taken_at).hour, told, visit.wait_s)


def _lines(
    cases: Sequence[Case], key: Callable[[Case], Key]
) -> tuple[tuple[Key, AccuracyLine], ...]:
    groups: dict[Key, list[Case]] = {}
    for case in cases:
        groups.setdefault(key(case), []).append(case)
    return tuple((name, _line(groups[name])) for name in sorted(groups, key=_in_order))


def _line(cases: Sequence[Case]) -> AccuracyLine:
    errors_s = [abs(case.told.p50_s - case.wait_s) for case in cases]
    naive_s = [abs(case.told.naive_s - case.wait_s) for case in cases]
    return AccuracyLine(
        count=len(cases),
        inside=Rate(sum(case.is_inside for case in cases), len(cases)),
        late=Rate(sum(case.is_late for case in cases), len(cases)),
        error_s=median(errors_s) if errors_s else None,
        naive_error_s=median(naive_s) if naive_s else None,
        naive_late=Rate(sum(case.wait_s > case.told.naive_s for case in cases), len(cases)),
    )


def _in_order(key: object) -> tuple[int, str]:
    """Hours as numbers, services by their codes."""
    return (key, "") if isinstance(key, int) else (0, str(key))
