"""Opening hours of the demo's branch, and its next working day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from lobby.queueing.model.plan import Plan

OPENS, GIVES_NO_MORE, CLOSES, EMPTIES = time(8, 30), time(16, 45), time(17, 0), time(18, 30)
"""Kiosks give numbers from the first to the second; tellers stay for who waits, till the last."""

DARK = time(23)
"""Nobody is in the house any more, and it is still the same day."""

VISITORS_COME = time(9, 20)
"""When the demo begins: the morning has its history by then."""

SATURDAY = 5


def at(plan: Plan, day: date, local: time) -> datetime:
    """An instant of the branch's own clock."""
    return datetime.combine(day, local, plan.time_zone)


def last_working_day(today: date) -> date:
    while today.weekday() >= SATURDAY:
        today -= timedelta(days=1)
    return today


def working_days(first: date) -> Iterator[date]:
    """`first` and what follows, without weekends."""
    day = first
    while True:
        if day.weekday() < SATURDAY:
            yield day
        day += timedelta(days=1)
