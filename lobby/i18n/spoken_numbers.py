"""Numbers as people say them to each other in a hall: a code digit by digit, a count as one."""

from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class SpokenNumbers:
    """`letters` has the names of A to Z where a voice does not know them by the bare letter;
    `telephone_one` is the word for 1 that cannot be misheard, empty where there is none."""

    digits: Digits
    count: Count
    letters: tuple[str, ...] = ()
    telephone_one: str = ""


def digit_word(digits: Digits, digit: int) -> Word:
    return Word(f"digit-{digit}", digits[digit])


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
