"""Times and dates in words, as a sentence on a screen writes them: `17:00`, `2/3`, `2 March`."""

import re

from lobby.i18n.spoken_numbers import (
    Digits,
    Word,
    chinese_count,
    digit_word,
    english_count,
    vietnamese_count,
)
from lobby.i18n.whole_numbers import PAIR

HALF_DAY_H = 12

CHINESE_HOUR, CHINESE_MINUTE = Word("time-hour", "点"), Word("time-minute", "分")

VIETNAMESE_HOUR, VIETNAMESE_MINUTE = Word("time-hour", "giờ"), Word("minutes", "phút")
VIETNAMESE_DAY = Word("date-day", "ngày")
VIETNAMESE_MONTH, FOURTH_MONTH = Word("date-month", "tháng"), Word("month-4", "tháng tư")
VIETNAMESE_DATE = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})")

MORNING, AFTERNOON = Word("time-morning", "a.m."), Word("time-afternoon", "p.m.")
OH = Word("time-oh", "oh")
THE, OF = Word("date-the", "the"), Word("date-of", "of")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ENGLISH_DATE = re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)})")
ORDINALS = {
    **dict(
        enumerate(
            (
                *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
                *("ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
                *("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
            ),
            start=1,
        )
    ),
    20: "twentieth",
    30: "thirtieth",
}


def chinese_time(digits: Digits, hour: int, minute: int) -> tuple[Word, ...]:
    """八点, 八点零五分, 两点三十分."""
    hours = (PAIR,) if hour == 2 else chinese_count(digits, *divmod(hour, 10))
    if not minute:
        return *hours, CHINESE_HOUR
    zero = (digit_word(digits, 0),) if minute < 10 else ()
    minutes = (*zero, *chinese_count(digits, *divmod(minute, 10)))
    return *hours, CHINESE_HOUR, *minutes, CHINESE_MINUTE


def vietnamese_time(digits: Digits, hour: int, minute: int) -> tuple[Word, ...]:
    hours = (*vietnamese_count(digits, *divmod(hour, 10)), VIETNAMESE_HOUR)
    if not minute:
        return hours
    return *hours, *vietnamese_count(digits, *divmod(minute, 10)), VIETNAMESE_MINUTE


def english_time(digits: Digits, hour: int, minute: int) -> tuple[Word, ...]:
    """Eight a.m., eight oh five a.m., five thirty p.m."""
    half = MORNING if hour < HALF_DAY_H else AFTERNOON
    hours = english_count(digits, *divmod(hour % HALF_DAY_H or HALF_DAY_H, 10))
    if not minute:
        return *hours, half
    oh = (OH,) if minute < 10 else ()
    return *hours, *oh, *english_count(digits, *divmod(minute, 10)), half


def vietnamese_date(digits: Digits, day: int, month: str) -> tuple[Word, ...]:
    number = int(month)
    months = (
        (FOURTH_MONTH,)
        if number == 4
        else (VIETNAMESE_MONTH, *vietnamese_count(digits, *divmod(number, 10)))
    )
    return VIETNAMESE_DAY, *vietnamese_count(digits, *divmod(day, 10)), *months


def english_date(digits: Digits, day: int, month: str) -> tuple[Word, ...]:
    """`2 March` as the second of March."""
    tens, ones = divmod(day, 10)
    whole = ORDINALS.get(day)
    ordinal = (
        (Word(f"ordinal-{day}", whole),)
        if whole
        else (*english_count(digits, tens, 0), Word(f"ordinal-{ones}", ORDINALS[ones]))
    )
    number = MONTHS.index(month) + 1
    return THE, *ordinal, OF, Word(f"month-{number}", month)
