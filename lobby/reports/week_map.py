"""The map of the week: arrivals, waits and open counters of each weekday and half hour.

Arrivals and counters are the medians over the weeks, so that one odd day does not colour the map;
the wait is the mean over all who were served then, never a mean of means.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from lobby.queueing.model.plan import Plan
from lobby.reports.measures import FEW
from lobby.reports.periods import HALF_HOUR, whole_day
from lobby.reports.span_measures import HIDDEN_BELOW, MICROSECONDS
from lobby.store.rollups import HalfHour

HALF_HOURS = timedelta(days=1) // HALF_HOUR
WEEKDAYS = 7
HALF_HOUR_US = HALF_HOUR // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Cell:
    """`arrivals` and `counters_open` are medians over `weeks` days; `wait_s` is None where fewer
    than five were served."""

    weekday: int
    half_hour: int
    weeks: int
    arrivals: float
    counters_open: float
    served: int
    wait_s: float | None

    @property
    def is_few(self) -> bool:
        return self.served < FEW


@dataclass(frozen=True, slots=True)
class WeekMap:
    """`half_hours` on the branch's clock, counted from midnight, without a gap; `weekdays` from
    Monday, 0, those on which there was anything."""

    weekdays: tuple[int, ...]
    half_hours: tuple[int, ...]
    cells: dict[tuple[int, int], Cell]

    @property
    def longest(self) -> Cell | None:
        """No superlatives of few."""
        told = [each for each in self.cells.values() if not each.is_few]
        return max(told, key=lambda cell: cell.wait_s or 0.0, default=None)


def week_map(plan: Plan, half_hours: Sequence[HalfHour]) -> WeekMap:
    clock = WallClock(plan)
    gathered: dict[tuple[int, int], list[HalfHour]] = defaultdict(list)
    days: dict[int, set[object]] = defaultdict(set)
    for each in half_hours:
        weekday = each.day.weekday()
        days[weekday].add(each.day)
        gathered[weekday, clock.half_hour(each)].append(each)
    cells = {
        (weekday, index): _cell(weekday, index, own, len(days[weekday]))
        for (weekday, index), own in gathered.items()
    }
    seen = [index for _weekday, index in cells]
    indices = range(min(seen), max(seen) + 1) if seen else range(0)
    return WeekMap(tuple(sorted(days)), tuple(indices), cells)


class WallClock:
    """The branch's clock over many days; whether clocks were set on a day is looked up once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._begins: dict[date, datetime | None] = {}

    def half_hour(self, of: HalfHour) -> int:
        """Which one it began in by the wall; on most days the one that it is counted as."""
        if of.day not in self._begins:
            self._begins[of.day] = self._begin_if_set(of.day)
        begin = self._begins[of.day]
        if begin is None:
            return of.half_hour
        start = self._plan.local(begin + of.half_hour * HALF_HOUR)
        return (start.hour * 60 + start.minute) // 30

    def _begin_if_set(self, day: date) -> datetime | None:
        """When the day began, where its hours are not those of the wall; None where they are."""
        begin, end = whole_day(self._plan, day)
        return begin if end - begin != timedelta(days=1) else None


def clock_of(half_hour: int) -> str:
    """`09:30`; `00:00` for the end of the day."""
    return f"{half_hour // 2 % 24:02d}:{half_hour % 2 * 30:02d}"


def _cell(weekday: int, index: int, own: Sequence[HalfHour], weeks: int) -> Cell:
    served = sum(each.served for each in own)
    wait_us = sum(each.wait_us for each in own)
    return Cell(
        weekday,
        index,
        weeks,
        arrivals=median(_over(weeks, [each.tickets for each in own])),
        counters_open=median(_over(weeks, [each.open_us / HALF_HOUR_US for each in own])),
        served=served,
        wait_s=wait_us / served / MICROSECONDS if served >= HIDDEN_BELOW else None,
    )


def _over(weeks: int, known: Sequence[float]) -> Iterator[float]:
    """Of the days without this half hour there was nothing in it."""
    yield from known
    yield from (0.0 for _week in range(weeks - len(known)))
