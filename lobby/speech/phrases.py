"""A sentence as the fewest recordings that together say exactly it, or none at all."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from lobby.i18n.languages import LANGUAGES
from lobby.speech.numerals import numerals

Units = tuple[str, ...]
"""What is never cut in two: a character of Chinese, a word of the other languages."""

CHARACTER = re.compile(r"\w")
WORD = re.compile(r"\w+(?:['’]\w+)*")
MOST_UNITS = 80
"""A longer text is no sentence for a kiosk, and is left to the browser's voice."""


def units(text: str, language: str) -> Units:
    """Without punctuation and capitals, which nobody hears; a number is one unit."""
    found: list[str] = []
    end = 0
    for numeral in numerals(text, language):
        found += words(text[end : numeral.start], language)
        found.append(number_unit(text[numeral.start : numeral.end]))
        end = numeral.end
    return *found, *words(text[end:], language)


def words(text: str, language: str) -> Iterator[str]:
    """Those between the numbers."""
    sounds = WORD if LANGUAGES[language].has_spaces else CHARACTER
    return iter(sounds.findall(unicodedata.normalize("NFC", text).casefold()))


def number_unit(number: str) -> str:
    return "".join(number.split())


def clips_saying(
    said: Units, phrases: Mapping[Units, str], numbers: Mapping[int, tuple[str, ...]]
) -> tuple[str, ...] | None:
    """Longer recordings first: a sentence spoken in one breath beats one put together. `numbers`
    has, by their places in `said`, the clips of numbers, for where no recording says them along."""
    if len(said) > MOST_UNITS:
        return None

    def between(start: int, end: int) -> tuple[str, ...]:
        clip = phrases.get(said[start:end])
        if clip is not None:
            return (clip,)
        return numbers.get(start, ()) if end == start + 1 else ()

    @cache
    def from_unit(start: int) -> tuple[str, ...] | None:
        if start == len(said):
            return ()
        for end in range(len(said), start, -1):
            clips = between(start, end)
            rest = from_unit(end) if clips else None
            if rest is not None:
                return *clips, *rest
        return None

    return from_unit(0)
