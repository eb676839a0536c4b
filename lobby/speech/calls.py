"""How a call is said aloud: which recordings, in which order, in the language of the listener."""

from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase, digits

from lobby.speech.recordings import Recordings, recordings
from lobby.speech.words import count_words, ticket_words

CHIME = "chime"
BEFORE = "call-before"
BETWEEN = "call-between"
AFTER = "call-after"
"""What comes before the number, between number and counter, and (in Chinese) after it."""


@dataclass(frozen=True, slots=True)
class CallVoice:
    """One language: the clips around a call, that of each sign of a ticket's number, and those of
    each counter by the label on its sign."""

    before: tuple[str, ...]
    between: tuple[str, ...]
    after: tuple[str, ...]
    signs: dict[str, str]
    counters: dict[str, tuple[str, ...]]

    def clips(self, ticket: str, counter: str) -> tuple[str, ...]:
        """Empty where it cannot all be said: half a call is worse than none."""
        said = [self.signs.get(sign) for sign in ticket if not sign.isspace()]
        place = self.counters.get(counter)
        if place is None or None in said:
            return ()
        number = tuple(sign for sign in said if sign is not None)
        return (*self.before, *number, *self.between, *place, *self.after)


def call_voice(language: str, counters: Iterable[str]) -> CallVoice | None:
    """None for a language in which the words of a call are not recorded."""
    return voice_of(recordings(language), counters)


def voice_of(available: Recordings, counters: Iterable[str]) -> CallVoice | None:
    if not available.has_all((BEFORE, BETWEEN)):
        return None
    language = available.language
    signs = {sign: ticket_words(sign, language)[0].clip for sign in ascii_uppercase + digits}
    places = {label: _place(label, language) for label in counters if _is_spelt(label)}
    return CallVoice(
        before=(BEFORE,),
        between=(BETWEEN,),
        after=(AFTER,) if available.has_all((AFTER,)) else (),
        signs={sign: clip for sign, clip in signs.items() if available.has_all((clip,))},
        counters={label: clips for label, clips in places.items() if available.has_all(clips)},
    )


def _place(label: str, language: str) -> tuple[str, ...]:
    """A counter's number is a count; a label that is none is spelt, letters and digits alone."""
    signs = "".join(sign for sign in label.upper() if sign.isalnum())
    words = (
        count_words(int(label), language) if label.isdecimal() else ticket_words(signs, language)
    )
    return tuple(word.clip for word in words)


def _is_spelt(label: str) -> bool:
    """A word, such as 贵宾, is no row of letters: the browser's own voice says it."""
    signs = {sign for sign in label.upper() if sign.isalnum()}
    return bool(signs) and signs <= {*ascii_uppercase, *digits}
