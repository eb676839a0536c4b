"""When the branch serves customers, in the words of a kiosk that gives no ticket now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.context import KioskContext
from kiosk.machines import machine_name, works
from lobby.i18n.formats import clock_time, weekday_and_date
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.notices import Notice, kiosk_stop
from lobby.queueing.model.plan import Plan
from lobby.screens.notices import notice_text
from lobby.screens.opening import gives_tickets, is_open, next_opening, special_today

CLOSED = mark("Closed now")
OPENS_TODAY = mark("We open at %(time)s today.")
OPENS_ON = mark("We open on %(day)s at %(time)s.")
CLOSED_NOW = mark("We are closed now.")
STOPPED = mark("No numbers now")
AGAIN_FROM = mark("Numbers are given again from %(time)s.")

NO_MACHINES = frozenset({"power_cut", "drill"})
"""Reasons of a stop for which nobody is sent to a machine either."""


class ClosedError(Exception):
    """The branch gives no ticket outside its opening hours, nor while its kiosks are stopped."""


def refuse_when_closed(kiosk: KioskContext, now: datetime) -> None:
    """Raises `ClosedError`."""
    is_stopped = kiosk_stop(kiosk.branch.hall.notices, now) is not None
    if is_stopped or not gives_tickets(kiosk.services, kiosk.branch, now):
        raise ClosedError


@dataclass(frozen=True, slots=True)
class WorkingMachine:
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Closed:
    """`opens` is empty where nobody knows when; `machines` are those that work meanwhile; `why`
    where somebody has stopped the kiosks."""

    word: str
    opens: str
    machines: tuple[WorkingMachine, ...]
    why: str = ""


def closed_now(kiosk: KioskContext, hall: Hall, now: datetime) -> Closed | None:
    """None while the branch is open and nobody has stopped its kiosks."""
    say = texts(kiosk.language).gettext
    if not gives_tickets(kiosk.services, kiosk.branch, now):
        word = STOPPED if is_open(kiosk.services, kiosk.branch, now) else CLOSED
        opens, machines = opening_text(kiosk, now), tuple(_machines(kiosk, hall))
        return Closed(say(word), opens, machines, why=_why_closed(kiosk, now))
    stop = kiosk_stop(hall.notices, now)
    if stop is None:
        return None
    machines = () if stop.reason in NO_MACHINES else tuple(_machines(kiosk, hall))
    why, again = stop_words(stop, kiosk.branch.plan, kiosk.language)
    return Closed(say(STOPPED), again, machines, why=why)


def stop_words(stop: Notice, plan: Plan, language: str) -> tuple[str, str]:
    """Why the kiosks give no numbers, and from when they do again."""
    time = clock_time(stop.until, plan)
    return notice_text(stop, language), texts(language).gettext(AGAIN_FROM) % {"time": time}


def closed_text(kiosk: KioskContext, now: datetime) -> str:
    """That the branch is closed, and when it opens, as sentences."""
    words = LANGUAGES[kiosk.language]
    stop = kiosk_stop(kiosk.branch.hall.notices, now)
    if stop is not None and gives_tickets(kiosk.services, kiosk.branch, now):
        return words.sentences(*stop_words(stop, kiosk.branch.plan, kiosk.language))
    say, opens = texts(kiosk.language).gettext, opening_text(kiosk, now)
    still_open = is_open(kiosk.services, kiosk.branch, now)
    closed = f"{say(STOPPED)}{words.full_stop}" if still_open else say(CLOSED_NOW)
    return words.sentences(closed, opens) if opens else closed


def opening_text(kiosk: KioskContext, now: datetime) -> str:
    """The next opening; empty where there is none in sight."""
    say, plan = texts(kiosk.language).gettext, kiosk.branch.plan
    opens = next_opening(kiosk.services, kiosk.branch, now)
    if opens is None:
        return ""
    time = f"{opens:%H:%M}"
    if opens.date() == plan.business_day(now):
        return say(OPENS_TODAY) % {"time": time}
    return say(OPENS_ON) % {"day": weekday_and_date(opens, kiosk.language), "time": time}


def _why_closed(kiosk: KioskContext, now: datetime) -> str:
    """What the bank calls this day, where it is another than its weekday."""
    special = special_today(kiosk.services, kiosk.branch, now)
    return special.names.get(kiosk.language, "") if special else ""


def _machines(kiosk: KioskContext, hall: Hall) -> Iterator[WorkingMachine]:
    language = kiosk.language
    for machine in kiosk.catalogue.machines.values() if kiosk.catalogue else ():
        if works(hall, machine.id):
            name = machine_name(machine, language)
            yield WorkingMachine(name, machine.places[language])
