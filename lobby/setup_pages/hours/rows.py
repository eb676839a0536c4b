"""What the page of opening hours shows: each weekday, and the days that are otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lobby.catalogue.file_tree import Tree
from lobby.catalogue.opening_hours import COUNTERS
from lobby.i18n.formats import long_date, weekday_name
from lobby.i18n.texts import mark, texts
from lobby.setup.changes import ABSENT, Change, Path, name_of, value_at
from lobby.setup.typed_hours import spans_text
from lobby.triage.hours import WEEKDAYS

WHOSE: Mapping[str, str] = {
    "retail": mark("Private customers"),
    "corporate": mark("Companies"),
    "counters": mark("Counters"),
}
HOURS = "hours"
LAST: Path = (HOURS, "last_ticket_min")
CLOSED = mark("Closed all day")
AS_ON = mark("As on %(weekday)s")
UNTIL = mark("%(first)s to %(last)s")
LAST_NUMBER = mark("Last number before closing")
MINUTES = mark("%(minutes)s min")
AS_USUAL = mark("As usual")


@dataclass(frozen=True, slots=True)
class Weekday:
    """`fields` are the names of the form's fields, one for each kind of hours."""

    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Special:
    """`tick` is the name of the field that takes it away."""

    first: date
    last: date
    days: str
    hours: str
    reason: str
    whose: tuple[str, ...]
    tick: str


@dataclass(frozen=True, slots=True)
class View:
    whose: tuple[str, ...]
    week: tuple[Weekday, ...]
    special: tuple[Special, ...]


def rows(tree: Tree, language: str) -> View:
    say = texts(language).gettext
    return View(
        whose=tuple(say(label) for label in WHOSE.values()),
        week=tuple(
            Weekday(weekday_name(number, language), tuple(f"{each}_{day.value}" for each in WHOSE))
            for number, day in enumerate(WEEKDAYS)
        ),
        special=tuple(
            _special(each, language) for each in sorted(special_days(tree), key=lambda e: e["day"])
        ),
    )


def typed(tree: Tree) -> dict[str, str]:
    hours = tree[HOURS]
    found = {
        f"{whose}_{day.value}": spans_text(_spans(hours.get(whose, {}).get(day.value, [])))
        for whose in WHOSE
        for day in WEEKDAYS
    }
    found |= {tick_of(each): "" for each in special_days(tree)}
    last = hours.get("last_ticket_min", 0)
    return found | {"last_ticket_min": f"{last:g}", "new_day": "", "new_until": "", "new_open": ""}


def special_days(tree: Tree) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = tree[HOURS].get("special_days", [])
    return found


def tick_of(special: Mapping[str, Any]) -> str:
    return f"is_gone_{name_of('special_days', special)}"


def told(change: Change, before: Tree, language: str) -> str | None:
    """None where it is no change of hours."""
    match change.path:
        case ("hours", "special_days", name):
            was = value_at(before, change.path)
            now = change.value
            return _of_special(name, was, now, language)
        case ("hours", "last_ticket_min"):
            return _between(
                texts(language).gettext(LAST_NUMBER),
                *(_minutes(each, language) for each in (value_at(before, LAST), change.value)),
            )
        case ("hours", whose, day) if whose in WHOSE and day in {*WEEKDAYS}:
            who = texts(language).gettext(WHOSE[whose])
            weekday = weekday_name(WEEKDAYS.index(day), language)
            was = value_at(before, change.path)
            return _between(
                f"{weekday}, {who}", *(_day(each, language) for each in (was, change.value))
            )
        case ("hours", "counters"):
            return texts(language).gettext(WHOSE[COUNTERS])
    return None


def _between(label: str, was: str, now: str) -> str:
    return f"{label}: {was} → {now}"


def _minutes(value: Any, language: str) -> str:
    shown = 0 if value is ABSENT else value
    return texts(language).gettext(MINUTES) % {"minutes": f"{shown:g}"}


def _of_special(name: str, was: Any, now: Any, language: str) -> str:
    known = now if now is not ABSENT else was
    if not isinstance(known, Mapping):
        return name
    said = _special(known, language)
    hours = said.hours if now is not ABSENT else texts(language).gettext(AS_USUAL)
    return f"{said.days}: {hours}"


def _special(special: Mapping[str, Any], language: str) -> Special:
    say = texts(language).gettext
    first, last = special["day"], special.get("until", special["day"])
    days = {"first": long_date(first, language), "last": long_date(last, language)}
    like = special.get("like")
    hours = _day(special.get("open", []), language)
    if like is not None:
        weekday = weekday_name(WEEKDAYS.index(like), language)
        hours = say(AS_ON) % {"weekday": weekday}
    return Special(
        first=first,
        last=last,
        days=days["first"] if first == last else say(UNTIL) % days,
        hours=hours,
        reason=special.get("names", {}).get(language, ""),
        whose=tuple(say(WHOSE[each]) for each in special.get("whose", ())),
        tick=tick_of(special),
    )


def _day(spans: Any, language: str) -> str:
    found = [] if spans is ABSENT else _spans(spans)
    return spans_text(found).replace("-", "–") if found else texts(language).gettext(CLOSED)


def _spans(spans: Any) -> list[Any]:
    """One span may stand there without a list around it."""
    return [spans] if spans and not isinstance(spans[0], list) else spans
