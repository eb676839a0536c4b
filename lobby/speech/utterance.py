"""What a screen says aloud: one text for a voice, and the recordings that say the same."""

from dataclasses import dataclass
from functools import lru_cache

from lobby.speech.numerals import Numeral, numerals
from lobby.speech.phrases import clips_saying, number_unit, words
from lobby.speech.recordings import Recordings, recordings


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
    units: list[str] = []
    numbers: dict[int, tuple[str, ...]] = {}
    said: list[str] = []
    end = 0
    for numeral in numerals(text, language, one_as_yao=one_as_yao):
        number, between = text[numeral.start : numeral.end], text[end : numeral.start]
        units += words(between, language)
        numbers[len(units)] = _clips(numeral, available)
        units.append(number_unit(number))
        said += (between, _text(numeral, number))
        end = numeral.end
    units += words(text[end:], language)
    chain = clips_saying(tuple(units), available.phrases, numbers)
    return Utterance("".join((*said, text[end:])), chain or ())


def _clips(numeral: Numeral, available: Recordings) -> tuple[str, ...]:
    """None of them where one is missing."""
    for way in numeral.ways:
        clips = tuple(word.clip for word in way)
        if available.has_all(clips):
            return clips
    return ()


def _text(numeral: Numeral, number: str) -> str:
    """A voice knows counts; left alone, it would say twelve for the 012 of a ticket."""
    return " ".join(word.text for word in numeral.ways[0]) if numeral.is_ticket else number
