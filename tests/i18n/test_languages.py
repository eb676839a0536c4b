"""A language is one record: with it alone every table copes, and what else it needs is named."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest

from kiosk.formats import fee
from lobby.catalogue.reading import DEMO, CatalogueError, read_catalogue, read_plan
from lobby.i18n.formats import long_date, minutes, weekday_and_date
from lobby.i18n.languages import LANGUAGES, Language
from lobby.i18n.spoken_numbers import SpokenNumbers, digit_by_digit
from lobby.i18n.texts import CATALOGS, texts
from lobby.printing.paper import Paper
from lobby.printing.raster import render
from lobby.queueing.refusals.ticket import UnknownService
from lobby.scripts.starter_set import start_set
from lobby.settings import Settings
from lobby.speech.calls import call_voice
from lobby.speech.recordings import SOUNDS
from lobby.speech.sentences import sentences
from lobby.speech.utterance import spoken
from lobby.speech.words import count_words, ticket_words
from lobby.web.pages import Pages
from lobby.web.refusals import sentence
from tests.printing.slips import TICKETS

FRENCH = Language(
    code="fr",
    own_name="Français",
    html_code="fr",
    locale="fr_FR",
    numbers=SpokenNumbers(
        ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
        count=digit_by_digit,
    ),
)


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A fourth language of which there is only the record."""
    monkeypatch.setitem(cast("dict[str, Language]", LANGUAGES), FRENCH.code, FRENCH)
    yield FRENCH.code
    texts.cache_clear()


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_has_a_whole_record_for_each_language(code: str) -> None:
    language = LANGUAGES[code]
    assert language.code == code
    assert len(language.numbers.digits) == 10
    assert len(language.numbers.letters) in (0, 26)
    assert (CATALOGS / code).is_dir() or code == "en"
    assert (SOUNDS / code).is_dir()


def test_it_writes_dates_times_and_fees_in_a_new_language(french: str) -> None:
    day = date(2026, 3, 2)
    assert long_date(day, french) == "lundi 2 mars 2026"
    assert weekday_and_date(day, french) == "lundi 2 mars"
    assert minutes(719, french) == "11 min"
    assert "2,50" in fee(Decimal("2.50"), "EUR", french)


def test_it_speaks_a_new_language_with_a_voice_until_it_is_recorded(french: str) -> None:
    assert [word.text for word in ticket_words("A012", french)] == ["A", "zéro", "un", "deux"]
    assert [word.text for word in count_words(12, french)] == ["un", "deux"]
    assert sentences(("Bonjour", "Asseyez-vous"), french).text == "Bonjour. Asseyez-vous."
    assert spoken("A012", french).clips == ()
    assert call_voice(french, ("1",)) is None


def test_it_says_a_new_language_in_english_until_it_is_translated(french: str) -> None:
    assert sentence(UnknownService("A01"), french) == sentence(UnknownService("A01"), "en")


def test_it_draws_pages_and_slips_in_a_new_language(french: str) -> None:
    pages = Pages(("lobby.web",), Settings().build)
    request = SimpleNamespace(url=SimpleNamespace(path="/"))
    html = pages.render(
        "web/error.html", french, request=request, status=404, sentence="-", back="/"
    )
    assert '<html lang="fr"' in html
    slip = replace(TICKETS["en"], language=french)
    assert render(slip, Paper.WIDE).height > 0


def test_it_names_what_a_new_language_still_needs(french: str) -> None:
    with pytest.raises(CatalogueError, match="in fr"):
        read_plan(DEMO)
    with pytest.raises(CatalogueError, match="in fr"):
        read_catalogue(DEMO)
    assert all(french not in words for words in start_set().values())
    assert not (CATALOGS / french).exists()
    assert not (SOUNDS / french).exists()
