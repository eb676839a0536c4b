"""When the branch serves customers, in the words of a kiosk that gives no ticket now."""

from datetime import datetime, timedelta

from babel.dates import format_date

from kiosk.context import KioskContext
from lobby.i18n.formats import BABEL_CODES
from lobby.i18n.texts import mark, texts
from lobby.screens.advice import is_open, opening_hours

DAYS_AHEAD = 14
"""A branch that is closed longer than this says no day."""

OPENS_TODAY = mark("We are closed now. We open today at %(time)s.")
OPENS_ON = mark("We are closed now. We open on %(day)s at %(time)s.")
CLOSED = mark("We are closed now.")


class ClosedError(Exception):
    """The branch gives no ticket outside its opening hours."""


def closed_words(kiosk: KioskContext, now: datetime, language: str) -> str | None:
    """None while the branch is open."""
    if is_open(kiosk.services, kiosk.branch, now):
        return None
    say = texts(language).gettext
    for days in range(DAYS_AHEAD):
        opens = _opening(kiosk, now, days)
        if opens is None or opens <= kiosk.branch.plan.local(now):
            continue
        time = f"{opens:%H:%M}"
        if days == 0:
            return say(OPENS_TODAY) % {"time": time}
        day = format_date(opens, format="EEEE d MMMM", locale=BABEL_CODES[language])
        if language == "zh":
            day = format_date(opens, format="M月d日EEEE", locale=BABEL_CODES[language])
        return say(OPENS_ON) % {"day": day, "time": time}
    return say(CLOSED)


def refuse_when_closed(kiosk: KioskContext, now: datetime) -> None:
    if not is_open(kiosk.services, kiosk.branch, now):
        raise ClosedError


def _opening(kiosk: KioskContext, now: datetime, days: int) -> datetime | None:
    """When the branch opens so many days from now, on its own clock."""
    day = now + timedelta(days=days)
    span = opening_hours(kiosk.services, kiosk.branch, day)
    local = kiosk.branch.plan.local(day)
    if span is None:
        return None
    return local.replace(hour=span.opens.hour, minute=span.opens.minute, second=0)
