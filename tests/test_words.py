"""Every sentence a person may read exists in every language, once, and in our voice."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from lobby.i18n.languages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("lobby", "kiosk", "display", "counter")
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "mark": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
BARE_PERCENT = re.compile(r"(?<!%)(?:%%)*%(?![(%])")
"""A template fills in blanks by `%`, also where there are none: a percent sign is `%%` there."""

OUT_OF_VOICE = re.compile(r"[!！]|\b(?:must|invalid)\b", re.IGNORECASE)

Sentence = tuple[str, ...]
"""A message id: one text, or a singular and its plural."""


def as_tuple(text: object) -> Sentence:
    return tuple(map(str, text)) if isinstance(text, (tuple, list)) else (str(text or ""),)


@cache
def written() -> dict[Sentence, str]:
    """Every sentence in the code and the templates, and one place where it stands."""
    found: dict[Sentence, str] = {}
    for package in PACKAGES:
        extracted = extract_from_dir(ROOT / package, METHODS, OPTIONS, KEYWORDS)
        for file, line, message, _comments, _context in extracted:
            found.setdefault(as_tuple(message), f"{package}/{file}:{line}")
    return found


def catalogues(language: str) -> Iterator[tuple[Path, Catalog]]:
    for path in sorted((ROOT / "lobby" / "i18n" / "po" / language).glob("*.po")):
        with path.open("rb") as file:
            yield path, read_po(file, locale=language, abort_invalid=True)


@cache
def messages(language: str) -> tuple[tuple[str, Message], ...]:
    """Each translation with the name of its file; the header is none."""
    return tuple(
        (path.name, message)
        for path, catalogue in catalogues(language)
        for message in catalogue
        if message.id
    )


def placeholders(texts: Sentence) -> set[str]:
    return {name or braced for text in texts for name, braced in PLACEHOLDER.findall(text)}


def test_it_finds_sentences_to_translate() -> None:
    assert len(written()) > len(PACKAGES)


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_translates_every_sentence(language: str) -> None:
    known = {as_tuple(m.id) for _, m in messages(language) if all(as_tuple(m.string))}
    missing = {place: sentence for sentence, place in written().items() if sentence not in known}
    assert missing == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_keeps_no_translation_that_nobody_reads(language: str) -> None:
    used = written()
    idle = [(file, m.id) for file, m in messages(language) if as_tuple(m.id) not in used]
    assert idle == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_says_one_thing_one_way(language: str) -> None:
    ways: defaultdict[tuple[Sentence, str], set[Sentence]] = defaultdict(set)
    for _, message in messages(language):
        ways[as_tuple(message.id), message.context or ""].add(as_tuple(message.string))
    assert {sentence: said for sentence, said in ways.items() if len(said) > 1} == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_fills_the_same_blanks_in_every_language(language: str) -> None:
    uneven = [
        (file, message.id)
        for file, message in messages(language)
        if placeholders(as_tuple(message.id)) != placeholders(as_tuple(message.string))
    ]
    assert uneven == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_can_fill_every_sentence_of_a_template(language: str) -> None:
    shown = {sentence for sentence, place in written().items() if ".html:" in place}
    told = {as_tuple(m.string) for _, m in messages(language) if as_tuple(m.id) in shown}
    bare = [text for sentence in shown | told for text in sentence if BARE_PERCENT.search(text)]
    assert bare == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_leaves_no_translation_in_doubt(language: str) -> None:
    assert [(file, message.id) for file, message in messages(language) if message.fuzzy] == []


def test_it_never_shouts_or_scolds() -> None:
    texts = {text: place for sentence, place in written().items() for text in sentence}
    for language in TRANSLATED:
        for file, message in messages(language):
            texts |= dict.fromkeys(as_tuple(message.string), f"{language}/{file}")
    assert {place: text for text, place in texts.items() if OUT_OF_VOICE.search(text)} == {}
