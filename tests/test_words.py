"""Every sentence a person may read exists in every language, once, in our voice, and with one name
for one thing."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from lobby.catalogue.reading import DEMO
from lobby.i18n.languages import LANGUAGES
from tests.glossary import GLOSSARY, given_up_in

ROOT = Path(__file__).resolve().parent.parent
STARTER_SET = ROOT / "lobby" / "scripts" / "starter_set.toml"
PACKAGES = ("lobby", "kiosk", "display", "counter")
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "mark": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
BARE_PERCENT = re.compile(r"(?<!%)(?:%%)*%(?![(%])")
"""A template fills in blanks by `%`, also where there are none: a percent sign is `%%` there."""

BEING_REDRAWN = ("zh/kiosk", "zh/triage", "vi/kiosk", "vi/triage", "lobby/triage", "kiosk/")
"""The kiosk's own screens: their words change with their pages."""

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


def said_in(language: str) -> dict[str, str]:
    """Every text of a language, and one place where it stands: sentences, the demo's catalogue and
    what staff are given to say."""
    if language == "en":
        said = {text: place for sentence, place in written().items() for text in sentence}
    else:
        said = {
            text: f"{language}/{file}"
            for file, message in messages(language)
            for text in as_tuple(message.string)
        }
    for file in (DEMO, STARTER_SET):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        said |= dict.fromkeys(texts_in(content, language), file.name)
    return said


def texts_in(content: object, language: str) -> Iterator[str]:
    """What stands under the language's code, at whatever depth."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from strings_in(value) if key == language else texts_in(value, language)
    elif isinstance(content, list):
        for value in content:
            yield from texts_in(value, language)


def strings_in(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        yield from map(str, content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_calls_one_thing_by_one_name(language: str) -> None:
    given_up = {
        text: (place, words)
        for text, place in said_in(language).items()
        if not place.startswith(BEING_REDRAWN) and (words := given_up_in(text, language))
    }
    assert given_up == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_the_glossary_is_itself_given_up(language: str) -> None:
    for thing, name in GLOSSARY[language].items():
        assert given_up_in(name.said, language) == (), thing
