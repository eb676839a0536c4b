"""The recordings that ship: complete in every language, small, and as the list beside them says."""

import hashlib
import re
import string

import pytest

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.spoken_numbers import Word
from lobby.speech.recordings import SOUNDS, read_words, recordings
from lobby.speech.words import count_words, number_words, ticket_words

ALL_SIZES_MAX = 2_700_000
"""Three languages; a screen loads the few that it says."""

AMOUNTS = (100, 105, 1_005, 2_000, 20_050, 105_000, 2_000_000, 250_000_000, 3_000_000_000)
WORDS_OF_A_CALL = {
    *("chime", "number", "counter", "please-come-to"),
    *("call-before", "call-between", "your-number-is", "between", "minutes"),
}


def numbers(language: str) -> set[Word]:
    codes = [*string.ascii_uppercase, *string.digits]
    words = {word for code in codes for word in ticket_words(code, language)}
    words |= set(ticket_words("1", language, one_as_yao=True))
    words |= {word for count in range(200) for word in count_words(count, language)}
    return words | {word for amount in AMOUNTS for word in number_words(amount, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_say_every_number(language: str) -> None:
    listed = read_words(SOUNDS / language)
    for word in numbers(language):
        assert listed.get(word.clip) == word.text
        assert recordings(language).has_all((word.clip,)), word


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_say_the_words_of_a_call(language: str) -> None:
    assert recordings(language).has_all(tuple(WORDS_OF_A_CALL))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_lists_what_lies_there_and_nothing_else(language: str) -> None:
    assert set(read_words(SOUNDS / language)) == set(recordings(language).files)


def test_it_keeps_recordings_small_and_in_opus() -> None:
    files = sorted(SOUNDS.rglob("*.opus"))
    assert sum(file.stat().st_size for file in files) < ALL_SIZES_MAX
    assert [file for file in files if b"OpusHead" not in file.read_bytes()[:64]] == []


def test_it_tells_exactly_which_recordings_ship() -> None:
    readme = (SOUNDS / "README.md").read_text(encoding="utf-8")
    noted = dict(re.findall(r"^([0-9a-f]{64})  (\S+)$", readme, re.MULTILINE))
    lying = {hashlib.sha256(file.read_bytes()).hexdigest() for file in SOUNDS.rglob("*.opus")}
    assert {file for file in noted.values() if not (SOUNDS / file).is_file()} == set()
    assert set(noted) == lying
