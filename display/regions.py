"""What the hall reads on the wall: the last calls, how many wait for what, and the time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from display.announcements import ShownCall, Zone, shown_calls
from lobby.queueing.hall import Hall
from lobby.web.pages import Pages

SERVICES_MAX = 4
"""More names than this in one band cannot be read at five metres."""

GROUPS_MAX = 7
"""Letters need less room than names."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """How many wait for a service, or for all services whose numbers begin with a letter."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class DisplayView:
    """All that one display shows. `by_letter` says what the labels of `waiting` are."""

    calls: tuple[ShownCall, ...]
    waiting: tuple[WaitingLine, ...]
    by_letter: bool
    day: date
    hour: int
    minute: int


def present_display(hall: Hall, now: datetime, zone: Zone, language: str) -> DisplayView:
    services = _waiting_by_service(hall, language)
    by_letter = len(services) > SERVICES_MAX
    local = hall.plan.local(now)
    return DisplayView(
        calls=shown_calls(hall, zone),
        waiting=_waiting_by_letter(hall) if by_letter else services,
        by_letter=by_letter,
        day=local.date(),
        hour=local.hour,
        minute=local.minute,
    )


def paint_display(pages: Pages, view: DisplayView, language: str) -> Mapping[str, Markup]:
    return {
        "calls": pages.render("display/_calls.html", language, calls=view.calls),
        "waiting": pages.render("display/_waiting.html", language, view=view),
        "clock": pages.render("display/_clock.html", language, view=view),
    }


def _waiting_by_service(hall: Hall, language: str) -> tuple[WaitingLine, ...]:
    return tuple(
        WaitingLine(hall.plan.services[code].name(language), len(hall.waiting(code)))
        for code in _lively_services(hall)
    )


def _waiting_by_letter(hall: Hall) -> tuple[WaitingLine, ...]:
    """In the plan's order; where even the letters are too many, those for which most wait."""
    counts: dict[str, int] = {}
    for code in _lively_services(hall):
        letter = hall.plan.services[code].prefix
        counts[letter] = counts.get(letter, 0) + len(hall.waiting(code))
    longest = sorted(counts, key=lambda letter: -counts[letter])[:GROUPS_MAX]
    return tuple(WaitingLine(letter, counts[letter]) for letter in counts if letter in longest)


def _lively_services(hall: Hall) -> list[str]:
    """Those that somebody waits for or that a counter serves now."""
    return [c for c in hall.plan.services if hall.waiting(c) or hall.open_counters(c)]
