"""A call as it is said in a hall: letters and digits one by one, counters as numbers."""

from pathlib import Path

import pytest

from lobby.i18n.languages import LANGUAGES
from lobby.speech.calls import call_voice, voice_of
from lobby.speech.recordings import SOUNDS, Recordings, read_words, recordings

COUNTERS = tuple(map(str, range(1, 100)))


def said(ticket: str, counter: str, language: str) -> str:
    """What the recordings of a call say, as the list beside them writes it."""
    voice = call_voice(language, COUNTERS)
    assert voice is not None
    words = read_words(SOUNDS / language)
    return " ".join(words[clip] for clip in voice.clips(ticket, counter))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "请 A 零 一 二 号客户到 三 号窗口办理业务"),
        ("vi", "Kính mời quý khách có số a không một hai đến quầy số ba"),
        ("en", "Ticket A zero one two please come to counter three"),
    ],
)
def test_it_says_a_call_as_people_do(language: str, sentence: str) -> None:
    assert said("A012", "3", language) == sentence


@pytest.mark.parametrize(
    ("language", "place"), [("zh", "十 二"), ("vi", "mười hai"), ("en", "twelve")]
)
def test_it_says_a_counter_as_a_number_and_not_digit_by_digit(language: str, place: str) -> None:
    assert f" {place}" in said("B105", "12", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_say_every_call_of_every_branch(language: str) -> None:
    voice = call_voice(language, COUNTERS)
    assert voice is not None
    available = recordings(language)
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        assert available.has_all(voice.clips(f"{letter}0123456789", "1"))
    assert all(voice.clips("A001", counter) for counter in COUNTERS)


def test_it_says_nothing_rather_than_half() -> None:
    voice = call_voice("en", ("1",))
    assert voice is not None
    assert voice.clips("A001", "2") == ()
    assert voice.clips("Ä001", "1") == ()


def test_it_spells_a_counter_that_has_no_number() -> None:
    voice = call_voice("en", ("V2",))
    assert voice is not None
    assert voice.clips("A001", "V2")[-2:] == ("letter-v", "digit-2")


def test_it_is_silent_in_a_language_that_nobody_recorded() -> None:
    assert voice_of(Recordings("en", {"chime": Path("chime.opus")}, {}), COUNTERS) is None
