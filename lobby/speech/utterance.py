"""What a screen says aloud: one text for a voice, and the recordings that say the same."""

import re
from dataclasses import dataclass
from functools import lru_cache

from lobby.i18n.spoken_numbers import Word
from lobby.speech.phrases import clips_saying, units
from lobby.speech.recordings import Recordings, recordings
from lobby.speech.words import count_words, ticket_words

NUMBER = re.compile(
    r"""(?P<ticket>(?<![A-Za-z0-9])[A-Z]\s?\d{3}(?!\d))
    |(?P<range>(?<=\d)\s?–\s?(?=\d))
    |(?P<amount>\d{1,3}(?:[.,]\d{3})+)
    |(?P<count>\d+)""",
    re.VERBOSE,
)
UNLIKE_A_COUNT = re.compile(r"\d(?:[:/-]|[.,](?!\d{3}(?!\d)))\d")
"""A time, a date, a telephone number: recordings of counts would say it wrongly."""

BETWEEN = "between"
"""The clip between the two ends of a range: from 8 *to* 14."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """`text` is for a browser's voice. `clips` are played in this order; there are none unless
    they say all of it: half a sentence is worse than silence. `is_whole` is false where several
    sentences were put together and some of them could not be said."""

    text: str
    clips: tuple[str, ...]
    is_whole: bool = True


@lru_cache(maxsize=2_000)
def spoken(text: str, language: str) -> Utterance:
    """With the recordings that lie with the static files."""
    return utterance(text, language, recordings(language))


def utterance(
    text: str, language: str, available: Recordings, *, one_as_yao: bool = False
) -> Utterance:
    """Ticket numbers in the text (`A012`, with or without a space) are said sign by sign."""
    clips: list[str] = []
    said: list[str] = []
    is_whole = not UNLIKE_A_COUNT.search(text)
    end = 0
    for number in (*NUMBER.finditer(text), None):
        start = number.start() if number else len(text)
        between = text[end:start]
        chain = clips_saying(units(between, language), available.phrases)
        is_whole = is_whole and chain is not None
        clips += chain or ()
        said.append(between)
        if number:
            words = _words(number, language, available, one_as_yao=one_as_yao)
            clips += (word.clip for word in words)
            said.append(_text(number, words))
            end = number.end()
    complete = tuple(clips)
    is_whole = is_whole and available.has_all(complete)
    return Utterance("".join(said), complete if is_whole else ())


def _words(
    number: re.Match[str], language: str, available: Recordings, *, one_as_yao: bool
) -> tuple[Word, ...]:
    if number["range"]:
        return (Word(BETWEEN, number[0]),)
    if number["ticket"]:
        return ticket_words(number[0], language, one_as_yao=one_as_yao)
    count = int(re.sub(r"\D", "", number[0]))
    amount = Word(f"amount-{count}", number[0])
    if number["amount"] or available.has_all((amount.clip,)):
        return (amount,)
    return count_words(count, language)


def _text(number: re.Match[str], words: tuple[Word, ...]) -> str:
    """A voice knows counts; left alone, it would say twelve for the 012 of a ticket."""
    return " ".join(word.text for word in words) if number["ticket"] else number[0]
