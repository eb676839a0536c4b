"""Fees and short times on the kiosk, as each language writes them."""

import math
from decimal import Decimal

from lobby.i18n.formats import duration, money
from lobby.i18n.texts import mark, texts

FREE = mark("Free of charge")


def fee(value: Decimal, currency: str, language: str) -> str:
    return money(value, currency, language) if value else texts(language).gettext(FREE)


def about(minutes: float, language: str) -> str:
    """`about 3 min`, rounded up: who is told less than it takes feels cheated."""
    count = max(1, math.ceil(minutes))
    blanks = {"time": duration(count, language)}
    return texts(language).gettext(mark("about %(time)s")) % blanks
