"""The branch's calendar as arrivals follow it: weekday, day of the month, month end, after a rest.

Pay-days and pension-days are days of the month; nobody has to name them: how busy each is, the
branch's own past tells.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

IsOpen = Callable[[date], bool]

LONGEST_REST = 14
"""Days that a branch is closed at a stretch; where it is longer, nothing is known of the return."""


@dataclass(frozen=True, slots=True)
class DayMark:
    """`month_end`: the last open day of its month; `after_rest`: how many days more than usual the
    branch was closed before it, 0 on an ordinary day."""

    weekday: int
    day_of_month: int
    is_month_end: bool
    is_after_holiday: bool


def mark_of(day: date, is_open: IsOpen) -> DayMark:
    return DayMark(
        weekday=day.weekday(),
        day_of_month=day.day,
        is_month_end=not any(map(is_open, _rest_of_month(day))),
        is_after_holiday=_is_after_holiday(day, is_open),
    )


def _rest_of_month(day: date) -> Iterator[date]:
    following = day + timedelta(days=1)
    while following.month == day.month:
        yield following
        following += timedelta(days=1)


def _is_after_holiday(day: date, is_open: IsOpen) -> bool:
    """The day before was closed, and the same weekday a week before that one was not."""
    before = day - timedelta(days=1)
    return not is_open(before) and any(is_open(before - timedelta(weeks=weeks)) for weeks in (1, 2))
