"""When a branch serves: several spans a day, each weekday its own, and days that are otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import TypeAlias

DAYS = 7
SATURDAY = 5


class Weekday(StrEnum):
    """In the order of `date.weekday`."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


WEEKDAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class Span:
    """Within one day; both ends belong to it."""

    opens: time
    closes: time


Spans: TypeAlias = tuple[Span, ...]
"""Of one day, in their order; none where it is closed all day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """`days` from Monday to Sunday."""

    days: tuple[Spans, ...]

    @classmethod
    def of(cls, weekday: Span | None, weekend: Span | None) -> "Hours":
        """The same on five days, and on two; None means closed."""
        five, two = ((each,) if each else () for each in (weekday, weekend))
        return cls((five,) * SATURDAY + (two,) * (DAYS - SATURDAY))


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """From `first` to `last` it is otherwise: open in `spans`, or as on the weekday `like`. `whose`
    hours it changes, all where it names none; `names` say why, where the bank wants to."""

    first: date
    last: date
    spans: Spans = ()
    like: Weekday | None = None
    whose: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    def holds(self, day: date, whose: str) -> bool:
        return self.first <= day <= self.last and (not self.whose or whose in self.whose)


def spans_on(hours: Hours, special_days: Sequence[SpecialDay], day: date, whose: str) -> Spans:
    """Of those hours on that day; of two special days the one that stands last in the file."""
    special = special_day(special_days, day, whose)
    if special is None:
        return hours.days[day.weekday()]
    return hours.days[WEEKDAYS.index(special.like)] if special.like else special.spans


def special_day(special_days: Sequence[SpecialDay], day: date, whose: str) -> SpecialDay | None:
    return next((each for each in reversed(special_days) if each.holds(day, whose)), None)


def overlap(ours: Spans, theirs: Spans) -> Spans:
    """When both hold."""
    pairs = ((one, other) for one in ours for other in theirs)
    both = (Span(max(a.opens, b.opens), min(a.closes, b.closes)) for a, b in pairs)
    return tuple(span for span in both if span.opens < span.closes)
