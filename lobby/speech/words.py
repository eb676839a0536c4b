"""The words of a number as a language says it: a ticket's sign by sign, a count as one."""

from string import ascii_uppercase

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.spoken_numbers import COUNTED_TO, SpokenNumbers, Word, digit_word


def ticket_words(number: str, language: str, *, one_as_yao: bool = False) -> tuple[Word, ...]:
    """`A012` as letter, zero, one, two. `one_as_yao` says 1 in Chinese as on the telephone."""
    numbers = LANGUAGES[language].numbers
    return tuple(
        _digit(int(sign), numbers, one_as_yao=one_as_yao)
        if sign.isdecimal()
        else _letter(sign, numbers)
        for sign in number
        if not sign.isspace()
    )


def count_words(count: int, language: str) -> tuple[Word, ...]:
    """How many there are, or which counter; what is over 99 goes digit by digit."""
    numbers = LANGUAGES[language].numbers
    if count > COUNTED_TO:
        return tuple(digit_word(numbers.digits, int(sign)) for sign in str(count))
    return numbers.count(numbers.digits, *divmod(count, 10))


def number_words(number: int, language: str) -> tuple[Word, ...]:
    """An amount, as one number: twenty thousand."""
    numbers = LANGUAGES[language].numbers
    return numbers.number(numbers.digits, number)


def telephone_words(number: str, language: str) -> tuple[Word, ...]:
    """Figure by figure, with the 1 that cannot be misheard."""
    numbers = LANGUAGES[language].numbers
    return tuple(_digit(int(sign), numbers, one_as_yao=True) for sign in number if sign.isdecimal())


def _digit(digit: int, numbers: SpokenNumbers, *, one_as_yao: bool) -> Word:
    if digit == 1 and one_as_yao and numbers.telephone_one:
        return Word("digit-1-yao", numbers.telephone_one)
    return digit_word(numbers.digits, digit)


def _letter(letter: str, numbers: SpokenNumbers) -> Word:
    name = numbers.letters[ascii_uppercase.index(letter)] if numbers.letters else letter
    return Word(f"letter-{letter.lower()}", name)
