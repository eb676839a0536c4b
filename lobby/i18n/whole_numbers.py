"""Whole numbers of any size in words, as people of a language say an amount."""

from collections.abc import Iterator

from lobby.i18n.spoken_numbers import (
    COUNTED_TO,
    Digits,
    Word,
    chinese_count,
    digit_word,
    english_count,
    vietnamese_count,
)

NUMBERS_BELOW = 10**12
"""Nobody names a larger amount at a kiosk, and the words for it differ from country to country."""

PAIR = Word("count-2", "两")
HUNDRED_MILLION, TEN_THOUSAND = Word("count-100000000", "亿"), Word("count-10000", "万")
CHINESE_PLACES = (
    (1_000, Word("count-1000", "千")),
    (100, Word("count-100", "百")),
    (10, Word("count-10", "十")),
)

VIETNAMESE_UNITS = (
    (10**9, Word("count-1000000000", "tỷ")),
    (10**6, Word("count-1000000", "triệu")),
    (10**3, Word("count-1000", "nghìn")),
)
VIETNAMESE_HUNDRED = Word("count-100", "trăm")
NO_TENS = Word("count-no-tens", "linh")

ENGLISH_UNITS = (
    (10**9, Word("count-1000000000", "billion")),
    (10**6, Word("count-1000000", "million")),
    (10**3, Word("count-1000", "thousand")),
)
ENGLISH_HUNDRED = Word("count-100", "hundred")
AND = Word("count-and", "and")


def chinese_number(digits: Digits, number: int) -> tuple[Word, ...]:
    """Two of a hundred and more is 两 where the number begins with it: 两万, 两千五百."""
    if number <= COUNTED_TO:
        return chinese_count(digits, *divmod(number, 10))
    words = tuple(_chinese_sections(digits, number))
    begins_with_pair = words[0] == digit_word(digits, 2) and words[1].clip != "count-10"
    return (PAIR, *words[1:]) if begins_with_pair else words


def _chinese_sections(digits: Digits, number: int) -> Iterator[Word]:
    """Sections of four figures; 零 stands where one is not full and another was said before."""
    is_said = False
    for unit, word in ((10**8, HUNDRED_MILLION), (10**4, TEN_THOUSAND), (1, None)):
        section = number // unit % 10_000
        if not section:
            continue
        if is_said and section < 1_000:
            yield digit_word(digits, 0)
        yield from _chinese_section(digits, section, is_first=not is_said)
        if word is not None:
            yield word
        is_said = True


def _chinese_section(digits: Digits, section: int, *, is_first: bool) -> Iterator[Word]:
    if section < 20 and is_first:
        yield from chinese_count(digits, *divmod(section, 10))
        return
    said_to = 0
    for place, word in (*CHINESE_PLACES, (1, None)):
        digit = section // place % 10
        if not digit:
            continue
        if said_to > place * 10:
            yield digit_word(digits, 0)
        yield digit_word(digits, digit)
        if word is not None:
            yield word
        said_to = place


def vietnamese_number(digits: Digits, number: int) -> tuple[Word, ...]:
    """After a larger unit the hundreds are always said: một nghìn không trăm linh năm."""
    words: list[Word] = []
    for unit, word in (*VIETNAMESE_UNITS, (1, None)):
        group = number // unit % 1_000
        if group or (unit == 1 and not words):
            words += _vietnamese_group(digits, group, is_after=bool(words))
            words += (word,) if word is not None else ()
    return tuple(words)


def _vietnamese_group(digits: Digits, group: int, *, is_after: bool) -> Iterator[Word]:
    hundreds, rest = divmod(group, 100)
    has_hundreds = is_after or hundreds > 0
    if has_hundreds:
        yield digit_word(digits, hundreds)
        yield VIETNAMESE_HUNDRED
    if has_hundreds and 0 < rest < 10:
        yield NO_TENS
    if rest or not has_hundreds:
        yield from vietnamese_count(digits, *divmod(rest, 10))


def english_number(digits: Digits, number: int) -> tuple[Word, ...]:
    """As the British say it, with an and before what is less than a hundred."""
    words: list[Word] = []
    for unit, word in (*ENGLISH_UNITS, (1, None)):
        group = number // unit % 1_000
        if group or (unit == 1 and not words):
            words += _english_group(digits, group, is_last_after=bool(words) and unit == 1)
            words += (word,) if word is not None else ()
    return tuple(words)


def _english_group(digits: Digits, group: int, *, is_last_after: bool) -> Iterator[Word]:
    hundreds, rest = divmod(group, 100)
    if hundreds:
        yield digit_word(digits, hundreds)
        yield ENGLISH_HUNDRED
    if rest and (hundreds or is_last_after):
        yield AND
    if rest or not hundreds:
        yield from english_count(digits, *divmod(rest, 10))
