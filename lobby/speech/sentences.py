"""Several sentences as one utterance, with a breath between them."""

from collections.abc import Iterable

from lobby.i18n.languages import LANGUAGES
from lobby.speech.recordings import recordings
from lobby.speech.utterance import Utterance, spoken

SENTENCE_ENDS = ".?!。？！"
PAUSE = "pause"
"""The clip between two sentences: nothing, for as long as a breath."""


def sentences(parts: Iterable[str], language: str) -> Utterance:
    """One after the other, each with an end that a voice can hear. Where not all is recorded, the
    recordings say those of the sentences that they can say whole."""
    spelling = LANGUAGES[language]
    ended = [
        part if part[-1] in SENTENCE_ENDS else part + spelling.full_stop for part in parts if part
    ]
    said = [spoken(sentence, language) for sentence in ended]
    text = spelling.sentences(*(utterance.text for utterance in said))
    is_whole = all(utterance.clips for utterance in said)
    return Utterance(text, _with_pauses(said, language), is_whole)


def _with_pauses(said: Iterable[Utterance], language: str) -> tuple[str, ...]:
    pause = (PAUSE,) if recordings(language).has_all((PAUSE,)) else ()
    chained = [clip for utterance in said if utterance.clips for clip in (*pause, *utterance.clips)]
    return tuple(chained[len(pause) :])
