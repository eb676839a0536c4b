"""Numbers, times and codes as people of each language read them."""

from datetime import date, datetime

from babel.dates import format_date

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan

HAIR_SPACE = "\u200a"


def ticket_code(number: str) -> str:
    """`A012` with a hair of space after the letter, as it is read at five metres."""
    return f"{number[:1]}{HAIR_SPACE}{number[1:]}"


def clock_time(at: datetime, plan: Plan) -> str:
    """`14:05` on the branch's clock."""
    return f"{plan.local(at):%H:%M}"


def long_date(day: date, language: str) -> str:
    return format_date(day, format="full", locale=LANGUAGES[language].locale)


def weekday_and_date(day: date, language: str) -> str:
    """`Monday 2 March`, where the year goes without saying."""
    spelling = LANGUAGES[language]
    return format_date(day, format=spelling.weekday_and_date, locale=spelling.locale)


def minutes(seconds: float, language: str) -> str:
    """Whole minutes, rounded down: `12 min`."""
    return texts(language).gettext(mark("%(count)s min")) % {"count": int(seconds // 60)}
