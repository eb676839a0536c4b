"""Numbers as people say them to each other in a hall: a code digit by digit, a count as one."""

from dataclasses import dataclass
from string import ascii_uppercase

DIGITS = {
    "zh": ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九"),
    "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}

VIETNAMESE_LETTERS = (
    *("a", "bê", "xê", "đê", "e", "ép", "giê", "hát", "i", "gi", "ca", "e-lờ", "em-mờ"),
    *("en-nờ", "o", "pê", "quy", "e-rờ", "ét-sì", "tê", "u", "vê", "vê kép"),
    *("ích-xì", "i-cờ-rét", "dét"),
)
"""A to Z by their names at school; Chinese and English voices know the names of bare letters."""

ENGLISH_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
ENGLISH_TENS = (
    *("", "", "twenty", "thirty", "forty"),
    *("fifty", "sixty", "seventy", "eighty", "ninety"),
)

COUNTED_TO = 99


@dataclass(frozen=True, slots=True)
class Word:
    """`clip` names the recording, `text` is what it says."""

    clip: str
    text: str


def ticket_words(number: str, language: str, *, one_as_yao: bool = False) -> tuple[Word, ...]:
    """`A012` as letter, zero, one, two. `one_as_yao` says 1 in Chinese as on the telephone."""
    return tuple(
        _digit(int(sign), language, one_as_yao=one_as_yao)
        if sign.isdecimal()
        else _letter(sign, language)
        for sign in number
        if not sign.isspace()
    )


def count_words(count: int, language: str) -> tuple[Word, ...]:
    """How many there are, or which counter; what is over 99 goes digit by digit."""
    if count > COUNTED_TO:
        return tuple(_digit(int(sign), language) for sign in str(count))
    tens, ones = divmod(count, 10)
    match language:
        case "zh":
            return _chinese(tens, ones)
        case "vi":
            return _vietnamese(tens, ones)
        case _:
            return _english(tens, ones)


def _digit(digit: int, language: str, *, one_as_yao: bool = False) -> Word:
    if digit == 1 and one_as_yao and language == "zh":
        return Word("digit-1-yao", "幺")
    return Word(f"digit-{digit}", DIGITS[language][digit])


def _letter(letter: str, language: str) -> Word:
    is_named = language == "vi"
    text = VIETNAMESE_LETTERS[ascii_uppercase.index(letter)] if is_named else letter
    return Word(f"letter-{letter.lower()}", text)


def _chinese(tens: int, ones: int) -> tuple[Word, ...]:
    """Ten is 十, without the one that twenty has a two for."""
    leading = (_digit(tens, "zh"),) if tens > 1 else ()
    ten = (Word("count-10", "十"),) if tens else ()
    return *leading, *ten, *((_digit(ones, "zh"),) if ones or not tens else ())


def _vietnamese(tens: int, ones: int) -> tuple[Word, ...]:
    """In counts, unlike in codes, one and five change after a ten: mười lăm, hai mươi mốt."""
    if not tens:
        return (_digit(ones, "vi"),)
    leading = (
        (Word("count-10", "mười"),)
        if tens == 1
        else (_digit(tens, "vi"), Word("count-tens", "mươi"))
    )
    if ones == 0:
        return leading
    if ones == 5:
        return *leading, Word("count-5-after-ten", "lăm")
    if ones == 1 and tens > 1:
        return *leading, Word("count-1-after-tens", "mốt")
    return *leading, _digit(ones, "vi")


def _english(tens: int, ones: int) -> tuple[Word, ...]:
    if not tens:
        return (_digit(ones, "en"),)
    if tens == 1:
        return (Word(f"count-{10 + ones}", ENGLISH_TEENS[ones]),)
    leading = Word(f"count-{tens}0", ENGLISH_TENS[tens])
    return (leading, _digit(ones, "en")) if ones else (leading,)
