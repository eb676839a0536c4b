"""Numbers as people say them to each other in a hall: a code digit by digit, a count as one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

COUNTED_TO = 99
"""What is more goes digit by digit."""


@dataclass(frozen=True, slots=True)
class Word:
    """`clip` names the recording, `text` is what it says."""

    clip: str
    text: str


Digits = tuple[str, ...]
"""From zero to nine."""

Count = Callable[[Digits, int, int], tuple[Word, ...]]
"""From the digits of a language and a count's tens and ones to its words."""

Number = Callable[[Digits, int], tuple[Word, ...]]
"""The same for a whole number of any size."""

Time = Callable[[Digits, int, int], tuple[Word, ...]]
"""The same for an hour and a minute,"""
Date = Callable[[Digits, int, str], tuple[Word, ...]]
"""and for a day and a month, as the latter is written."""


def digit_word(digits: Digits, digit: int) -> Word:
    return Word(f"digit-{digit}", digits[digit])


def spelled(digits: Digits, number: int) -> tuple[Word, ...]:
    """Digit by digit: right, if a little stiff."""
    return tuple(digit_word(digits, int(sign)) for sign in str(number))


@dataclass(frozen=True, slots=True)
class SpokenNumbers:
    """`letters` has the names of A to Z where a voice does not know them by the bare letter;
    `telephone_one` is the word for 1 that cannot be misheard, empty where there is none.

    `pair` is what 2 is called before one of `pair_before`. `point` stands before tenths. `time` and
    `date` are None where nobody has written them down, and `date_pattern`, with the groups `day`
    and `month`, where dates are said as they are written. `signs` are the currencies that are
    written before an amount and said after it."""

    digits: Digits
    count: Count
    letters: tuple[str, ...] = ()
    telephone_one: str = ""
    number: Number = spelled
    pair: Word | None = None
    pair_before: tuple[str, ...] = ()
    point: Word | None = None
    time: Time | None = None
    date: Date | None = None
    date_pattern: re.Pattern[str] | None = None
    signs: Mapping[str, Word] = field(default_factory=dict)


def chinese_count(digits: Digits, tens: int, ones: int) -> tuple[Word, ...]:
    """Ten is 十, without the one that twenty has a two for."""
    leading = (digit_word(digits, tens),) if tens > 1 else ()
    ten = (Word("count-10", "十"),) if tens else ()
    return *leading, *ten, *((digit_word(digits, ones),) if ones or not tens else ())


def vietnamese_count(digits: Digits, tens: int, ones: int) -> tuple[Word, ...]:
    """In counts, unlike in codes, one and five change after a ten: mười lăm, hai mươi mốt."""
    if not tens:
        return (digit_word(digits, ones),)
    leading = (
        (Word("count-10", "mười"),)
        if tens == 1
        else (digit_word(digits, tens), Word("count-tens", "mươi"))
    )
    if ones == 0:
        return leading
    if ones == 5:
        return *leading, Word("count-5-after-ten", "lăm")
    if ones == 1 and tens > 1:
        return *leading, Word("count-1-after-tens", "mốt")
    return *leading, digit_word(digits, ones)


ENGLISH_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
ENGLISH_TENS = (
    *("", "", "twenty", "thirty", "forty"),
    *("fifty", "sixty", "seventy", "eighty", "ninety"),
)


def english_count(digits: Digits, tens: int, ones: int) -> tuple[Word, ...]:
    if not tens:
        return (digit_word(digits, ones),)
    if tens == 1:
        return (Word(f"count-{10 + ones}", ENGLISH_TEENS[ones]),)
    leading = Word(f"count-{tens}0", ENGLISH_TENS[tens])
    return (leading, digit_word(digits, ones)) if ones else (leading,)


def digit_by_digit(digits: Digits, tens: int, ones: int) -> tuple[Word, ...]:
    """For a language whose counts nobody has written down: right, if a little stiff."""
    return *((digit_word(digits, tens),) if tens else ()), digit_word(digits, ones)
