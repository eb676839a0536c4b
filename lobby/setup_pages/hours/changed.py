"""Opening hours as they were typed, made into the tree that is wished."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from lobby import typed_text
from lobby.catalogue.file_tree import Tree
from lobby.catalogue.opening_hours import COUNTERS, LAST_TICKET_MIN_MAX, SPECIAL_DAYS_MAX
from lobby.i18n.texts import mark
from lobby.setup.changes import Path
from lobby.setup.typed_hours import follow, spans_in
from lobby.setup_pages.days import day_in
from lobby.setup_pages.hours.rows import HOURS, WHOSE, special_days, tick_of, typed
from lobby.setup_pages.section import ON, Fields, Mistake, Mistakes
from lobby.triage.hours import WEEKDAYS

NO_TIMES = mark(
    "Please type times such as 08:30-11:30, 13:30-17:00; leave it empty where it is closed."
)
NOT_IN_ORDER = mark("Each span ends after it begins, and the next one begins later than that.")
NO_MINUTES = mark("Please type a whole number from 0 to %(most)s.")
ALWAYS_CLOSED = mark("Please give the hours of at least one day.")
NO_DAY = mark("Please choose a day.")
NO_LAST_DAY = mark("Please choose a last day from %(first)s on, at most %(most)s days in all.")
DAY_TAKEN = mark("This day is in the list already. Take it out of the list first.")


def changed(tree: Tree, fields: Fields) -> Tree | Mistakes:
    """What was left as it was shown stays as it is in the tree, in its own form."""
    mistakes: dict[str, Mistake] = {}
    hours = {
        **tree[HOURS],
        **_weeks(tree, fields, mistakes),
        "special_days": _special_days(tree, fields, mistakes),
    }
    last = typed_text.whole_number(fields["last_ticket_min"], digits_max=3)
    if last is None or last > LAST_TICKET_MIN_MAX:
        mistakes["last_ticket_min"] = Mistake(NO_MINUTES, {"most": LAST_TICKET_MIN_MAX})
    elif last != hours.get("last_ticket_min", 0):
        hours["last_ticket_min"] = last
    if not hours.get(COUNTERS, True):
        del hours[COUNTERS]
    if not any(span for whose in WHOSE if whose != COUNTERS for span in hours[whose].values()):
        mistakes.setdefault("retail_monday", Mistake(ALWAYS_CLOSED))
    return Mistakes(mistakes) if mistakes else {**tree, HOURS: hours}


def field_of(path: Path) -> str:
    match path:
        case ("hours", whose, day, *_) if whose in WHOSE and day in {*WEEKDAYS}:
            return f"{whose}_{day}"
        case ("hours", "last_ticket_min", *_):
            return "last_ticket_min"
        case ("hours", "special_days", *_):
            return "new_day"
    return ""


def _weeks(tree: Tree, fields: Fields, mistakes: dict[str, Mistake]) -> dict[str, Any]:
    """Those of counters are none at all where no line of theirs is filled in."""
    shown = typed(tree)
    weeks = {}
    for whose in WHOSE:
        week = dict(tree[HOURS].get(whose, {}))
        for day in WEEKDAYS:
            name = f"{whose}_{day.value}"
            if fields[name] != shown[name]:
                week[day.value] = _spans(name, fields[name], mistakes)
        if whose == COUNTERS and not any(week.values()):
            week = {}
        weeks[whose] = week
    return weeks if COUNTERS in tree[HOURS] or weeks[COUNTERS] else _without_counters(weeks)


def _without_counters(weeks: Mapping[str, Any]) -> dict[str, Any]:
    return {whose: week for whose, week in weeks.items() if whose != COUNTERS}


def _spans(name: str, text: str, mistakes: dict[str, Mistake]) -> list[list[time]]:
    spans = spans_in(text)
    if spans is None:
        mistakes[name] = Mistake(NO_TIMES)
    elif not follow(spans):
        mistakes[name] = Mistake(NOT_IN_ORDER)
    return spans or []


def _special_days(tree: Tree, fields: Fields, mistakes: dict[str, Mistake]) -> list[Any]:
    stay = [each for each in special_days(tree) if fields.get(tick_of(each)) != ON]
    if not any(fields[name].strip() for name in ("new_day", "new_until", "new_open")):
        return stay
    new = _new_day(fields, mistakes)
    if new is None:
        return stay
    if any(_meet(new, each) for each in stay):
        mistakes["new_day"] = Mistake(DAY_TAKEN)
    return [*stay, new]


def _new_day(fields: Fields, mistakes: dict[str, Mistake]) -> dict[str, Any] | None:
    first = day_in(fields["new_day"])
    if first is None:
        mistakes["new_day"] = Mistake(NO_DAY)
        return None
    last = day_in(fields["new_until"]) if fields["new_until"] else first
    if last is None or not 0 <= (last - first).days < SPECIAL_DAYS_MAX:
        blanks = {"first": f"{first}", "most": SPECIAL_DAYS_MAX}
        mistakes["new_until"] = Mistake(NO_LAST_DAY, blanks)
        return None
    return {"day": first, "until": last, "open": _spans("new_open", fields["new_open"], mistakes)}


def _meet(new: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    first: date = known["day"]
    last: date = known.get("until", first)
    return bool(first <= new["until"] and new["day"] <= last)
