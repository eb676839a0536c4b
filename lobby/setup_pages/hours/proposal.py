"""Days off that somebody may take over: those of a country, or those of a calendar's file.

Nothing of it is kept before a person has looked at each day: a state moves its days off from year
to year, and a bank may open on some of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum
from functools import cache
from typing import Any

import holidays
import icalendar

from lobby.catalogue.file_tree import Tree
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.setup_pages.days import day_in
from lobby.setup_pages.hours.rows import special_days
from lobby.triage.hours import Weekday

DAYS_MAX = 80
"""On one page: as many as a form has room for."""
EVENT_DAYS_MAX = 62
FILE_BYTES_MAX = 1024 * 1024
COUNTRIES: Mapping[str, str] = {"CN": mark("China"), "VN": mark("Vietnam")}
CLOSED = "closed"
WORKING = Weekday.MONDAY.value
"""On a day that is worked in return, a branch is open as on any Monday."""
IN_RETURN_WORDS = ("补班", "调休上班")
"""These are worked, whatever else stands beside them."""
REST_WORDS = ("不上班", "放假", "休", "nghỉ", "non-work", "nonwork", "not a work")
WORKING_WORDS = ("上班", "调班", "làm bù", "working day", "workday")
OBSERVED = " (observed)"
UNREADABLE = (ValueError, KeyError, AttributeError, TypeError, IndexError, OverflowError)

LUNAR_NEW_YEAR = mark("Lunar New Year")
"""In Vietnam each of its days has a number."""

NAMES: Mapping[str, str] = {
    "New Year's Day": mark("New Year's Day"),
    "Chinese New Year's Eve": LUNAR_NEW_YEAR,
    "Chinese New Year (Spring Festival)": LUNAR_NEW_YEAR,
    "Tomb-Sweeping Day": mark("Tomb-Sweeping Day"),
    "Labor Day": mark("Labour Day"),
    "Dragon Boat Festival": mark("Dragon Boat Festival"),
    "Mid-Autumn Festival": mark("Mid-Autumn Festival"),
    "National Day": mark("National Day"),
    "Hung Kings' Commemoration Day": mark("Hung Kings' Commemoration Day"),
    "Liberation Day/Reunification Day": mark("Reunification Day"),
    "International Labor Day": mark("Labour Day"),
    "Vietnam Cultural Day": mark("Vietnam Culture Day"),
}
"""What the package calls them, and the words that we have in every language."""

OF_THE_YEAR = mark("Public holiday")
IN_RETURN = mark("Working day in return")


class CalendarProblem(Enum):
    """The value is the sentence's msgid."""

    NO_CALENDAR = mark("This file is no calendar (.ics).")
    NO_DAYS = mark("There are no days to come in it that are not in the list.")
    TOO_LARGE = mark("This file is too large; a calendar has at most 1 megabyte.")


class CalendarError(Exception):
    def __init__(self, problem: CalendarProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True)
class DayOff:
    """`kind` is `closed`, or the weekday as on which it is open; `name` a msgid, or free text."""

    day: date
    kind: str
    name: str

    @property
    def sent(self) -> str:
        """As a form carries it."""
        return f"{self.day} {self.kind} {self.name}"


def of_country(country: str, year: int) -> list[DayOff]:
    """Raises `KeyError` for another country than ours."""
    if country not in COUNTRIES:
        raise KeyError(country)
    found = holidays.country_holidays(country, years=[year], language="en_US")
    named = [DayOff(day, CLOSED, _msgid(name)) for day, name in found.items()]
    worked = getattr(found, "weekend_workdays", ())
    return sorted(
        [*named, *(DayOff(day, WORKING, IN_RETURN) for day in worked if day.year == year)],
        key=lambda each: each.day,
    )


def in_calendar(content: bytes, zone: tzinfo) -> list[DayOff]:
    """Each day of each event, by the clock of `zone`; those that come again year after year are
    read as the first time. What is no event is passed over. Raises `CalendarError`."""
    if len(content) > FILE_BYTES_MAX:
        raise CalendarError(CalendarProblem.TOO_LARGE)
    try:
        calendar = icalendar.Calendar.from_ical(content)
        events = calendar.walk("VEVENT")
    except UNREADABLE as error:
        raise CalendarError(CalendarProblem.NO_CALENDAR) from error
    found: dict[date, DayOff] = {}
    read = 0
    for event in events:
        with suppress(*UNREADABLE):
            found |= {each.day: each for each in _days(event, zone)}
            read += 1
    if events and not read:
        raise CalendarError(CalendarProblem.NO_CALENDAR)
    return [found[day] for day in sorted(found)]


def to_come(days: Iterable[DayOff], tree: Tree, today: date) -> Sequence[DayOff]:
    """Without days that are over, and those about which the branch has decided already."""
    known = [(each["day"], each.get("until", each["day"])) for each in special_days(tree)]
    return [
        each
        for each in days
        if each.day >= today and not any(first <= each.day <= last for first, last in known)
    ]


def in_form(sent: Sequence[str]) -> list[DayOff] | None:
    """Those that were ticked; None where one is nothing that a page has shown."""
    found = []
    for text in sent:
        day, kind, name = (*text.split(" ", 2), "", "")[:3]
        known = day_in(day)
        if known is None or kind not in {CLOSED, WORKING}:
            return None
        found.append(DayOff(known, kind, name))
    return found


def special_day(day_off: DayOff) -> dict[str, Any]:
    """As the set-up has it; with its name where we have it in every language."""
    how: dict[str, Any] = {"open": []} if day_off.kind == CLOSED else {"like": day_off.kind}
    found = {"day": day_off.day, "until": day_off.day, **how}
    if day_off.name in {*NAMES.values(), OF_THE_YEAR, IN_RETURN}:
        found["names"] = {code: texts(code).gettext(day_off.name) for code in LANGUAGES}
    return found


def _msgid(name: str) -> str:
    """`A; B` where two fall on one day; a day that moves one is a public holiday like others."""
    first = name.partition(";")[0].removesuffix(OBSERVED)
    return LUNAR_NEW_YEAR if LUNAR_NEW_YEAR in first else NAMES.get(first, OF_THE_YEAR)


def _days(event: Any, zone: tzinfo) -> list[DayOff]:
    """None of an event that was cancelled."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return []
    first, last = _first_and_last(event, zone)
    summary = " ".join(str(event.get("SUMMARY", "")).split())[:60]
    kind, name = _kind(summary.lower()), _known(summary)
    length = min(max((last - first).days, 0), EVENT_DAYS_MAX - 1)
    return [DayOff(first + timedelta(days=count), kind, name) for count in range(length + 1)]


def _first_and_last(event: Any, zone: tzinfo) -> tuple[date, date]:
    """The end is the day, or the instant, after the last (RFC 5545, 3.6.1)."""
    start = event["DTSTART"].dt
    if "DTEND" in event:
        end = event["DTEND"].dt
    elif "DURATION" in event:
        end = start + event["DURATION"].dt
    else:
        return _date(start, zone), _date(start, zone)
    just_before = timedelta(microseconds=1) if isinstance(end, datetime) else timedelta(days=1)
    return _date(start, zone), _date(end - just_before, zone)


def _date(at: date, zone: tzinfo) -> date:
    """A time without a zone is one of the branch's clock."""
    if not isinstance(at, datetime):
        return at
    return (at.astimezone(zone) if at.tzinfo else at).date()


def _kind(summary: str) -> str:
    if any(word in summary for word in IN_RETURN_WORDS):
        return WORKING
    if any(word in summary for word in REST_WORDS):
        return CLOSED
    return WORKING if any(word in summary for word in WORKING_WORDS) else CLOSED


def _known(summary: str) -> str:
    """Our msgid where it is one of our names in any of our languages."""
    folded = summary.casefold()
    return next((msgid for name, msgid in _names() if name in folded), summary)


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """In every language, with their msgids."""
    known = dict.fromkeys(NAMES.values())
    return tuple(
        (texts(code).gettext(each).casefold(), each) for each in known for code in LANGUAGES
    )
