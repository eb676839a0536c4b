"""Days off that somebody may take over: those of a country, or those of a calendar's file.

Nothing of it is kept before a person has looked at each day: a state moves its days off from year
to year, and a bank may open on some of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
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
WORKING_WORDS = ("补班", "上班", "调班", "làm bù", "working day", "workday")
OBSERVED = " (observed)"

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
    NO_DAYS = mark("There are no days to come in it.")
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


def in_calendar(content: bytes) -> list[DayOff]:
    """Each day of each event; those that come again year after year are read as the first time.
    Raises `CalendarError`."""
    if len(content) > FILE_BYTES_MAX:
        raise CalendarError(CalendarProblem.TOO_LARGE)
    try:
        calendar = icalendar.Calendar.from_ical(content)
        found = {each.day: each for event in calendar.walk("VEVENT") for each in _days(event)}
    except (ValueError, KeyError, AttributeError, TypeError, IndexError, OverflowError) as error:
        raise CalendarError(CalendarProblem.NO_CALENDAR) from error
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


def _days(event: Any) -> Iterator[DayOff]:
    """The end of an event is the day after its last."""
    first = _date(event["DTSTART"].dt)
    last = _date(event["DTEND"].dt) - timedelta(days=1) if "DTEND" in event else first
    summary = " ".join(str(event.get("SUMMARY", "")).split())[:60]
    kind = WORKING if any(word in summary.lower() for word in WORKING_WORDS) else CLOSED
    length = min(max((last - first).days, 0), EVENT_DAYS_MAX - 1)
    for count in range(length + 1):
        yield DayOff(first + timedelta(days=count), kind, _known(summary))


def _known(summary: str) -> str:
    """Our msgid where it is one of our names in any of our languages."""
    return next(
        (
            msgid
            for msgid in {*NAMES.values()}
            for code in LANGUAGES
            if texts(code).gettext(msgid).casefold() in summary.casefold()
        ),
        summary,
    )


def _date(at: Any) -> date:
    return at.date() if hasattr(at, "date") else date(at.year, at.month, at.day)
