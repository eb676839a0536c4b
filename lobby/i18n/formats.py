"""Numbers, money, times and codes as people of each language read them, the same on every screen
and on paper."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan

HAIR_SPACE = "\u200a"
MINUTES_PER_HOUR = 60
TENTHS = 10
"""Large units are said with one digit after the point at most,"""
IN_TENTHS_FROM = 10_000
"""and the units below this one only where they come out even."""

CURRENCIES: Mapping[str, str] = {
    "CNY": mark("¥%(amount)s"),
    "VND": mark("₫%(amount)s"),
}
IN_LARGE_UNITS: Mapping[str, str] = {
    "CNY": mark("¥%(amount)s %(unit)s"),
    "VND": mark("₫%(amount)s %(unit)s"),
}
UNKNOWN_CURRENCY = mark("%(currency)s %(amount)s%(unit)s")


def ticket_code(number: str) -> str:
    """`A012` with a hair of space after the letter, as it is read at five metres."""
    return f"{number[:1]}{HAIR_SPACE}{number[1:]}"


def clock_time(at: datetime, plan: Plan) -> str:
    """`14:05` on the branch's clock."""
    return f"{plan.local(at):%H:%M}"


def long_date(day: date, language: str) -> str:
    """`Monday, 2 March 2026`, `Thứ Hai, 2/3/2026`."""
    spelling = LANGUAGES[language]
    return format_date(day, format=spelling.long_date, locale=spelling.locale)


def weekday_name(weekday: int, language: str) -> str:
    """Monday is 0, as for `date.weekday`."""
    names = get_day_names("wide", context="stand-alone", locale=LANGUAGES[language].locale)
    return str(names[weekday])


def weekday_and_date(day: date, language: str) -> str:
    """`Monday 2 March`, where the year goes without saying."""
    spelling = LANGUAGES[language]
    return format_date(day, format=spelling.weekday_and_date, locale=spelling.locale)


def minutes(seconds: float, language: str) -> str:
    """Whole minutes, rounded down: `12 min`, `2 h 44 min`."""
    return duration(int(seconds // 60), language)


def duration(whole_min: int, language: str) -> str:
    """Nobody counts in minutes beyond an hour."""
    say = texts(language).gettext
    hours, rest = divmod(whole_min, MINUTES_PER_HOUR)
    blanks = {"hours": hours, "count": rest}
    if not hours:
        return say(mark("%(count)s min")) % blanks
    if not rest:
        return say(mark("%(hours)s h")) % blanks
    return say(mark("%(hours)s h %(count)s min")) % blanks


def decimal(value: Decimal | float, language: str, pattern: str | None = None) -> str:
    """`20,000`, and `20.000` in Vietnamese; `pattern` is of CLDR."""
    return format_decimal(value, format=pattern, locale=LANGUAGES[language].locale)


def money(value: Decimal | int, currency: str, language: str) -> str:
    """`¥20,000`, `2 万元`, `20.000 tệ`, `5 triệu đồng`: with its currency, as it is said. Without
    small change where there is none."""
    say = texts(language).gettext
    number, unit = _counted(Decimal(value), language)
    patterns = IN_LARGE_UNITS if unit else CURRENCIES
    blanks = {"amount": number, "unit": unit, "currency": currency}
    return say(patterns.get(currency, UNKNOWN_CURRENCY)) % blanks


def _counted(value: Decimal, language: str) -> tuple[str, str]:
    """The figure, and the large unit of the language where that takes no rounding: `1.5`, `万`."""
    for unit, word in LANGUAGES[language].large_units:
        in_units = value / unit
        if unit < IN_TENTHS_FROM and (value >= IN_TENTHS_FROM or value % unit):
            continue
        if in_units >= 1 and in_units * TENTHS == (in_units * TENTHS).to_integral_value():
            return decimal(in_units.normalize(), language), word
    if value == value.to_integral_value():
        return decimal(value.to_integral_value(), language), ""
    return format_decimal(value, format="#,##0.00", locale=LANGUAGES[language].locale), ""
