"""Amounts and short times on the kiosk, as each language writes them."""

import math
from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency, format_decimal

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts

NO_FEE = mark("none")


def amount(value: int, language: str) -> str:
    """`20,000`: the bands of a branch are all of one currency, so none is named."""
    return format_decimal(value, locale=LANGUAGES[language].locale)


def fee(value: Decimal, currency: str, language: str) -> str:
    """Without small change where there is none. A branch has one currency, so its own sign will
    do: nobody takes a yuan for a yen here."""
    if not value:
        return texts(language).gettext(NO_FEE)
    locale = Locale.parse(LANGUAGES[language].locale)
    pattern = locale.currency_formats["standard"].pattern
    if value == value.to_integral_value():
        pattern = pattern.replace("0.00", "0")
    written = format_currency(value, currency, pattern, locale=locale, currency_digits=False)
    return written.replace("CN¥", "¥")


def about(minutes: float, language: str) -> str:
    """`about 3 min`, rounded up: who is told less than it takes feels cheated."""
    count = max(1, math.ceil(minutes))
    return texts(language).gettext(mark("about %(count)s min")) % {"count": count}
