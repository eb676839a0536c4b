"""The numbers in a sentence, each with the words in which it is said: tickets, amounts, times,
dates and telephone numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel.numbers import get_decimal_symbol, get_group_symbol

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.spoken_numbers import Word, digit_word
from lobby.i18n.whole_numbers import NUMBERS_BELOW
from lobby.speech.words import number_words, telephone_words, ticket_words

BETWEEN = "between"
"""The clip between the two ends of a range: from 8 *to* 14."""

AMOUNT = "amount-"
"""An amount that was recorded as one: `amount-20000`, without the currency."""

STARTS = r"(?<![A-Za-z\d])(?<!\d[.,:/-])"
ENDS = r"(?![A-Za-z\d])(?![.,:/-]\d)"
"""What touches more than these knows is no number that anybody here can say."""

PHONE = rf"{STARTS}(?!\d{{4}}-\d\d-\d\d)(?=(?:\D?\d){{7}})\d{{2,5}}(?:[ -]\d{{2,5}}){{1,4}}{ENDS}"
"""At least seven figures in groups; a date is none."""

HOURS, MINUTES = 24, 60


Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Numeral:
    """From `start` to `end` of the text. `ways` to say it, the best first; none where nobody here
    can say it."""

    start: int
    end: int
    ways: tuple[Words, ...]
    is_ticket: bool = False


def numerals(text: str, language: str, *, one_as_yao: bool = False) -> Iterator[Numeral]:
    """In their order."""
    for found in _pattern(language).finditer(text):
        is_ticket = found["ticket"] is not None
        ways = (
            (ticket_words(found[0], language, one_as_yao=one_as_yao),)
            if is_ticket
            else _ways(found, language)
        )
        yield Numeral(found.start(), found.end(), ways, is_ticket)


def _ways(found: re.Match[str], language: str) -> tuple[Words, ...]:
    if found["range"]:
        return ((Word(BETWEEN, found[0]),),)
    if found["hour"]:
        return _time(int(found["hour"]), int(found["minute"]), language)
    if found["phone"] or found["code"]:
        return (telephone_words(found[0], language),)
    if found["whole"]:
        return _amount(found, language)
    numbers = LANGUAGES[language].numbers
    assert numbers.date is not None, "a pattern of dates comes with their words"
    return (numbers.date(numbers.digits, int(found["day"]), found["month"]),)


def _time(hour: int, minute: int, language: str) -> tuple[Words, ...]:
    numbers = LANGUAGES[language].numbers
    if numbers.time is None or hour >= HOURS or minute >= MINUTES:
        return ()
    return (numbers.time(numbers.digits, hour, minute),)


def _amount(found: re.Match[str], language: str) -> tuple[Words, ...]:
    """The figure with its large unit, what comes after the point, and the currency before it."""
    numbers = LANGUAGES[language].numbers
    value, after = _figure(found, language)
    sign = numbers.signs.get(found["sign"])
    if value >= NUMBERS_BELOW or (found["sign"] and sign is None):
        return ()
    if after and numbers.point is None:
        return ()
    point = (numbers.point,) if numbers.point and after else ()
    fraction = tuple(digit_word(numbers.digits, int(digit)) for digit in after)
    tail = (*point, *fraction, *((sign,) if sign else ()))
    follows = found.string[found.end() :].lstrip()
    if value == 2 and not after and numbers.pair and follows.startswith(numbers.pair_before):
        return ((numbers.pair, *tail),)
    as_one = Word(f"{AMOUNT}{value}", found[0])
    return (as_one, *tail), (*number_words(value, language), *tail)


def _figure(found: re.Match[str], language: str) -> tuple[int, str]:
    """The whole number that 1.5 万 is, and the figures after the point where it is none."""
    units = {word: unit for unit, word in LANGUAGES[language].large_units}
    tenths = found["tenths"] or ""
    figures = int(re.sub(r"\D", "", found["whole"]) + tenths) * units.get(found["unit"], 1)
    value, rest = divmod(figures, 10 ** len(tenths))
    return value, f"{rest:0{len(tenths)}}".rstrip("0") if rest else ""


@cache
def _pattern(language: str) -> re.Pattern[str]:
    spelling = LANGUAGES[language]
    group, point = (
        re.escape(symbol(locale=spelling.locale))
        for symbol in (get_group_symbol, get_decimal_symbol)
    )
    units = "|".join(re.escape(word) for _, word in spelling.large_units)
    unit = rf"(?:\s?(?P<unit>{units})(?![a-zà-ỹ]))?" if units else "(?P<unit>(?!))?"
    known_dates = spelling.numbers.date_pattern
    dates = known_dates.pattern if known_dates else "(?P<day>(?!))(?P<month>)"
    return re.compile(
        rf"""(?P<ticket>(?<![A-Za-z0-9])[A-Z]\s?\d{{3}}(?!\d))
        |(?P<range>(?<=\d)\s?–\s?(?=\d))
        |{STARTS}(?P<hour>\d{{1,2}}):(?P<minute>\d\d){ENDS}
        |{STARTS}(?:{dates.replace(" ", "[ ]")}){ENDS}
        |(?P<phone>{PHONE})
        |(?P<sign>[¥₫€$£]?){STARTS}
            (?P<whole>\d{{1,3}}(?:{group}\d{{3}})+|0|[1-9]\d{{0,2}})(?:{point}(?P<tenths>\d+))?
            {ENDS}{unit}
        |{STARTS}(?P<code>\d+){ENDS}""",
        re.VERBOSE,
    )
