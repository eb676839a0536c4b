"""What a screen says aloud: one text for a voice, and the recordings that say the same."""

import re
from dataclasses import dataclass
from functools import lru_cache

from lobby.speech.phrases import clips_saying, units
from lobby.speech.recordings import Recordings, recordings
from lobby.speech.words import Word, count_words, ticket_words

NUMBER = re.compile(
    r"(?P<ticket>(?<![A-Za-z0-9])[A-Z]\s?\d{3}(?!\d))|(?P<range>(?<=\d)\s?[-–]\s?(?=\d))|(?P<count>\d+)"
)
UNLIKE_A_COUNT = re.compile(r"\d[.,:/]\d")
"""A time, a date or an amount: recordings of numbers would say it wrongly."""

BETWEEN = "between"
"""The clip between the two ends of a range: from 8 *to* 14."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """`text` is for a browser's voice. `clips` are played in this order; there are none unless
    they say all of it: half a sentence is worse than silence."""

    text: str
    clips: tuple[str, ...]


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
            clips += _clips(number, language, one_as_yao=one_as_yao)
            said.append(_text(number, language, one_as_yao=one_as_yao))
            end = number.end()
    complete = tuple(clips)
    is_whole = is_whole and available.has_all(complete)
    return Utterance("".join(said), complete if is_whole else ())


def _clips(number: re.Match[str], language: str, *, one_as_yao: bool) -> tuple[str, ...]:
    if number["range"]:
        return (BETWEEN,)
    return tuple(word.clip for word in _words(number, language, one_as_yao=one_as_yao))


def _text(number: re.Match[str], language: str, *, one_as_yao: bool) -> str:
    """A voice knows counts; left alone, it would say twelve for the 012 of a ticket."""
    if not number["ticket"]:
        return number[0]
    return " ".join(word.text for word in _words(number, language, one_as_yao=one_as_yao))


def _words(number: re.Match[str], language: str, *, one_as_yao: bool) -> tuple[Word, ...]:
    if number["ticket"]:
        return ticket_words(number["ticket"], language, one_as_yao=one_as_yao)
    return count_words(int(number["count"]), language)
