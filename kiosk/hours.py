"""When the branch serves customers, in the words of a kiosk that gives no ticket now."""

from datetime import datetime, timedelta

from kiosk.context import KioskContext
from lobby.i18n.formats import weekday_and_date
from lobby.i18n.texts import mark, texts
from lobby.screens.advice import is_open, opening_hours

DAYS_AHEAD = 14
"""A branch that is closed longer than this says no day."""

OPENS_TODAY = mark("We are closed now. We open today at %(time)s.")
OPENS_ON = mark("We are closed now. We open on %(day)s at %(time)s.")
CLOSED = mark("We are closed now.")


class ClosedError(Exception):
    """The branch gives no ticket outside its opening hours."""


def refuse_when_closed(kiosk: KioskContext, now: datetime) -> None:
    """Raises `ClosedError`."""
    if not is_open(kiosk.services, kiosk.branch, now):
        raise ClosedError


def closed_text(kiosk: KioskContext, now: datetime) -> str | None:
    """None while the branch is open."""
    if is_open(kiosk.services, kiosk.branch, now):
        return None
    say = texts(kiosk.language).gettext
    for days in range(DAYS_AHEAD):
        opens = _opening(kiosk, now, days)
        if opens is None or opens <= kiosk.branch.plan.local(now):
            continue
        time = f"{opens:%H:%M}"
        if days == 0:
            return say(OPENS_TODAY) % {"time": time}
        return say(OPENS_ON) % {"day": weekday_and_date(opens, kiosk.language), "time": time}
    return say(CLOSED)


def _opening(kiosk: KioskContext, now: datetime, days: int) -> datetime | None:
    """When the branch opens so many days from now, on its own clock."""
    day = now + timedelta(days=days)
    span = opening_hours(kiosk.services, kiosk.branch, day)
    local = kiosk.branch.plan.local(day)
    if span is None:
        return None
    return local.replace(hour=span.opens.hour, minute=span.opens.minute, second=0)
