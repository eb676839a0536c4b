"""A sentence as the fewest recordings that together say exactly it, or none at all."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from lobby.i18n.languages import LANGUAGES

Units = tuple[str, ...]
"""What is never cut in two: a character of Chinese, a word of the other languages."""

CHARACTER = re.compile(r"\w")
WORD = re.compile(r"\w+(?:['’]\w+)*")
MOST_UNITS = 80
"""A longer text is no sentence for a kiosk, and is left to the browser's voice."""


def units(text: str, language: str) -> Units:
    """Without punctuation and capitals, which nobody hears."""
    sounds = WORD if LANGUAGES[language].has_spaces else CHARACTER
    return tuple(sounds.findall(unicodedata.normalize("NFC", text).casefold()))


def clips_saying(said: Units, phrases: Mapping[Units, str]) -> tuple[str, ...] | None:
    """Longer recordings first: a sentence spoken in one breath beats one put together."""
    if len(said) > MOST_UNITS:
        return None

    @cache
    def from_unit(start: int) -> tuple[str, ...] | None:
        if start == len(said):
            return ()
        for end in range(len(said), start, -1):
            clip = phrases.get(said[start:end])
            rest = from_unit(end) if clip is not None else None
            if clip is not None and rest is not None:
                return clip, *rest
        return None

    return from_unit(0)
