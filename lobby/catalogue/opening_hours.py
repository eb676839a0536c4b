"""Reads when a branch serves: [hours] by weekday, and the days that are otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Any

from lobby.catalogue.entries import Entry
from lobby.triage.hours import WEEKDAYS, Hours, Span, Spans, SpecialDay, Weekday

CUSTOMERS = ("retail", "corporate")
COUNTERS = "counters"
"""When counters serve, where that is not all day: a branch whose tellers come at 13:30."""

WEEKDAY, WEEKEND = "weekday", "weekend"
LAST_TICKET_MIN_MAX = 240
SPECIAL_DAYS_MAX = 62
"""Days in one line; a branch that is closed longer has other hours."""

SPANS = (
    "times of a day such as [08:30, 17:00] or [[08:30, 11:30], [13:00, 17:00]], or [] for closed"
)
ONE_DAY = "two times, the earlier first; what goes on after midnight belongs to the next day"


@dataclass(frozen=True, slots=True)
class OpeningHours:
    hours: Mapping[str, Hours]
    special_days: tuple[SpecialDay, ...]
    last_ticket_min: float


def read_hours(file: Entry) -> OpeningHours:
    with file.part("hours", "the opening hours") as entry:
        named = (*CUSTOMERS, COUNTERS) if entry.has(COUNTERS) else CUSTOMERS
        last = "last_ticket_min"
        return OpeningHours(
            hours={whose: _week(entry, whose) for whose in named},
            special_days=_special_days(entry, named) if entry.has("special_days") else (),
            last_ticket_min=entry.number(last, 0, LAST_TICKET_MIN_MAX) if entry.has(last) else 0.0,
        )


def _week(hours: Entry, whose: str) -> Hours:
    """A day's own line goes before `weekday` and `weekend`; closed where there is none."""
    with hours.part(whose, f"the opening hours for {whose}") as entry:
        general = {key: _spans(entry, key) if entry.has(key) else () for key in (WEEKDAY, WEEKEND)}
        return Hours(
            tuple(
                _spans(entry, day) if entry.has(day) else general[_general(day)] for day in WEEKDAYS
            )
        )


def _general(day: Weekday) -> str:
    return WEEKEND if day in {Weekday.SATURDAY, Weekday.SUNDAY} else WEEKDAY


def _special_days(hours: Entry, named: tuple[str, ...]) -> tuple[SpecialDay, ...]:
    days: list[SpecialDay] = []
    for entry in hours.entries("special_days", "a special day"):
        day = _special_day(entry, named)
        if entry.is_right and any(_meet(day, other) for other in days):
            entry.wrong("stands there twice for the same day and the same hours", "day")
        days.append(day)
    return tuple(days)


def _special_day(entry: Entry, named: tuple[str, ...]) -> SpecialDay:
    first = entry.day("day")
    entry.what = f"the special day {first}" if entry.is_right else entry.what
    with entry:
        last = entry.day("until") if entry.has("until") else first
        if entry.is_right and not 0 <= (last - first).days < SPECIAL_DAYS_MAX:
            allowed = f"a day from {first} on, at most {SPECIAL_DAYS_MAX} in one line"
            entry.takes("until", last, allowed)
        like = entry.name("like", Weekday) if entry.has("like") else None
        if like and entry.has("open"):
            entry.wrong("has 'like' and 'open'; it takes one of them", "like")
        return SpecialDay(
            first=first,
            last=last,
            spans=() if like else _spans(entry, "open"),
            like=like,
            whose=_whose(entry, named) if entry.has("whose") else frozenset(),
            names=entry.texts("names", "name") if entry.has("names") else {},
        )


def _whose(entry: Entry, named: tuple[str, ...]) -> frozenset[str]:
    found = entry.lines("whose")
    for position, whose in enumerate(found):
        if whose not in named:
            said = f"has {whose!r} for 'whose'; it knows {', '.join(named)}"
            entry.wrong(said, "whose", position)
    return frozenset(found)


def _meet(one: SpecialDay, other: SpecialDay) -> bool:
    is_same = not one.whose or not other.whose or bool(one.whose & other.whose)
    return is_same and one.first <= other.last and other.first <= one.last


def _spans(entry: Entry, key: str) -> Spans:
    """One span, several, or none for a day on which it is closed."""
    found = entry.take(key)
    rows = [found] if isinstance(found, list) and found and isinstance(found[0], time) else found
    if not isinstance(rows, list) or not all(map(_is_pair, rows)):
        if entry.has(key):
            entry.takes(key, _clock(found), SPANS)
        return ()
    spans = tuple(Span(*row) for row in rows)
    for span in spans:
        if span.opens >= span.closes:
            entry.takes(key, _clock([span.opens, span.closes]), ONE_DAY)
    for earlier, later in pairwise(spans):
        if later.opens <= earlier.closes:
            entry.takes(key, _clock(found), "spans in their order, which do not touch")
    return spans


def _is_pair(row: Any) -> bool:
    return isinstance(row, list) and len(row) == 2 and all(isinstance(at, time) for at in row)


def _clock(found: Any) -> Any:
    """Times as they were written."""
    if isinstance(found, list):
        return [_clock(each) for each in found]
    return f"{found:%H:%M}" if isinstance(found, time) else found
