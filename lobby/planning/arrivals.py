"""How many people will come in each half hour of a day, learned from the branch's own past days.

The mean of the same weekdays, newer ones weighing more, times a factor for each thing that the
calendar says of the day. A factor is learned from all past days of that kind: (came + 40) /
(expected + 40), so that one odd day moves it little.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lobby.planning.calendar import DayMark, IsOpen, mark_of
from lobby.planning.past import HALF_HOURS, NOTHING, Counts, PastDay

DAYS_MIN = 10
"""Two weeks of a branch that is open on five days: with fewer, a forecast is a guess."""

SAME_WEEKDAY_MIN = 2
"""With fewer of the same weekday, all days tell its shape."""

FADING = 0.8
"""Of the weight of a day stays from one week to the next: the last five weeks say most."""

STAND_IN = 40.0
"""People as expected that stand beside those who came when a factor is judged."""

FACTORS = (0.5, 2.0)
"""No day has been found busier or quieter than this because of the calendar alone."""


class Cause(StrEnum):
    """What of the calendar makes a day busier or quieter than its weekday."""

    DAY_OF_MONTH = "day_of_month"
    MONTH_END = "month_end"
    AFTER_HOLIDAY = "after_holiday"


@dataclass(frozen=True, slots=True)
class Forecast:
    """`arrivals` by half hour; `factors` of the causes that hold on the day; `learned_from` so many
    days, of which `same_weekday` were the same weekday."""

    day: date
    arrivals: Counts
    factors: Mapping[Cause, float]
    learned_from: int
    same_weekday: int

    @property
    def people(self) -> float:
        return sum(self.arrivals)


def forecast(days: Sequence[PastDay], day: date, is_open: IsOpen) -> Forecast | None:
    """None with fewer than ten past days. Days from `day` on are not looked at."""
    past = [each for each in days if each.day < day]
    if len(past) < DAYS_MIN:
        return None
    expected = _profile(past, day)
    marks = {each.day: mark_of(each.day, is_open) for each in past}
    today = mark_of(day, is_open)
    factors = {
        cause: _factor([each for each in past if alike(marks[each.day], today)], past)
        for cause, alike in _alike(today)
    }
    whole = 1.0
    for factor in factors.values():
        whole *= factor
    return Forecast(
        day,
        tuple(each * min(max(whole, FACTORS[0]), FACTORS[1]) for each in expected),
        factors,
        learned_from=len(past),
        same_weekday=len(_same_weekday(past, day)),
    )


def _alike(today: DayMark) -> Iterator[tuple[Cause, Callable[[DayMark, DayMark], bool]]]:
    yield Cause.DAY_OF_MONTH, lambda one, other: one.day_of_month == other.day_of_month
    if today.is_month_end:
        yield Cause.MONTH_END, lambda one, other: one.is_month_end
    if today.is_after_holiday:
        yield Cause.AFTER_HOLIDAY, lambda one, other: one.is_after_holiday


def _factor(alike: Sequence[PastDay], past: Sequence[PastDay]) -> float:
    """Each past day against what its weekday led to expect without it."""
    came = expected = 0.0
    for each in alike:
        others = [other for other in past if other.day != each.day]
        came += sum(each.arrivals)
        expected += sum(_profile(others, each.day))
    return (came + STAND_IN) / (expected + STAND_IN)


def _profile(past: Sequence[PastDay], day: date) -> Counts:
    """Of the same weekdays; of all days where there are not enough of them."""
    same = _same_weekday(past, day)
    alike = same if len(same) >= SAME_WEEKDAY_MIN else past
    return weighted_mean([(each.arrivals, _weight(each.day, day)) for each in alike])


def _same_weekday(past: Sequence[PastDay], day: date) -> list[PastDay]:
    return [each for each in past if each.day.weekday() == day.weekday()]


def _weight(past: date, day: date) -> float:
    return float(FADING ** (abs((day - past).days) / 7))


def weighted_mean(rows: Sequence[tuple[Counts, float]]) -> Counts:
    whole = sum(weight for _, weight in rows)
    if not whole:
        return NOTHING
    return tuple(
        sum(counts[index] * weight for counts, weight in rows) / whole
        for index in range(HALF_HOURS)
    )


def usual_counters(days: Sequence[PastDay], day: date) -> Counts:
    """At work on that weekday, as a rule."""
    past = [each for each in days if each.day < day]
    same = _same_weekday(past, day)
    alike = same if len(same) >= SAME_WEEKDAY_MIN else past
    return weighted_mean([(each.counters, _weight(each.day, day)) for each in alike])
