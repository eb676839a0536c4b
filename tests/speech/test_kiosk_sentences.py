"""All that a kiosk says is recorded in every language; what a bank adds itself falls to a voice.

The exceptions are free text, which nobody can record beforehand: names of services, papers, fee
notes and places of a catalogue that is not the shipped one, names of branches, and currencies other
than those of the shipped profiles. The browser's own voice says such a sentence where there is one;
the bank may record it (static/sounds/README.md).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from kiosk.errors import KIOSK_ERRORS
from lobby.i18n.formats import money
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import texts
from lobby.settings import STATIC_FILES
from lobby.speech.recordings import SOUNDS, WORDS_FILE, Recordings, read_recordings, recordings
from lobby.speech.sentences import PAUSE
from lobby.speech.utterance import spoken, utterance
from lobby.store.devices import DeviceKind
from lobby.triage.hours import Hours
from tests.app.app import LocalApp, Person
from tests.speech.kiosk_sentences import TROUBLES, kiosk_sentences, shipped

ROOT = STATIC_FILES.parent
every_language = pytest.mark.parametrize("language", LANGUAGES)

SAID_ELSEWHERE = {
    *("chime", "call-before", "call-between", "call-after", PAUSE),
    *("number", "counter", "please-come-to", "your-number-is", "go-to-the-counter"),
    "digit-1-yao",
}
"""Said of calls, on request, and in telephone numbers that have a 1."""

LETTER = "letter-"
SCREENS_LEAST = 100
PLACEHOLDER = re.compile(r"%\(\w+\)s")


def unsaid(language: str, available: Recordings) -> list[str]:
    said = dict.fromkeys(kiosk_sentences(language))
    return [text for text in said if not utterance(text, language, available).clips]


@every_language
def test_it_has_recordings_of_every_sentence(language: str) -> None:
    assert unsaid(language, recordings(language)) == []


@every_language
def test_it_keeps_no_recording_of_what_nobody_shows(language: str) -> None:
    used = {clip for text in kiosk_sentences(language) for clip in spoken(text, language).clips}
    kept = {clip for clip in recordings(language).files if not clip.startswith(LETTER)}
    assert kept - used - SAID_ELSEWHERE == set()


@pytest.mark.parametrize(
    ("language", "clip", "sentence"),
    [
        ("zh", "service-a01", "取款"),
        ("vi", "reason-adviser", "Chuyên viên sẽ tiếp quý khách."),
        ("en", "currency-cny", "¥20,000"),
    ],
)
def test_it_notices_words_that_are_not_those_of_the_screen(
    language: str, clip: str, sentence: str, tmp_path: Path
) -> None:
    words = (SOUNDS / language / WORDS_FILE).read_text(encoding="utf-8")
    wrong = re.sub(rf'^{clip} = ".*"$', f'{clip} = "-"', words, flags=re.MULTILINE)
    assert wrong != words
    (tmp_path / WORDS_FILE).write_text(wrong, encoding="utf-8")
    for name in recordings(language).files:
        if name != "currency-cny" or language != "en":
            (tmp_path / f"{name}.opus").touch()
    assert sentence in unsaid(language, read_recordings(tmp_path, language))


def test_it_leaves_free_text_to_a_voice() -> None:
    assert spoken("Gold bars", "en").clips == ()
    assert spoken(money(20_000, "EUR", "en"), "en").clips == ()


def test_it_knows_a_sentence_of_every_trouble() -> None:
    kinds = tuple(type(trouble) for trouble in TROUBLES)
    assert [error for error in KIOSK_ERRORS if not any(issubclass(k, error) for k in kinds)] == []


def marked(folder: str) -> Iterator[str]:
    """Every sentence that the Python of a folder marks."""
    for file in sorted((ROOT / folder).glob("*.py")):
        for _line, message, _comments, _context in extract_from_file(
            "python", file, keywords={"mark": None}
        ):
            assert isinstance(message, str)
            yield message


NOT_SAID = {
    *("Wait: %(time)s", "No counter open yet", "Counter from %(time)s", "No counter today"),
    *("Counter", "Phone"),
    *("Exactly %(amount)s", "Who is the customer? What shows it?"),
    *("Back to the counter: your place is kept.", "At the counter now: %(time)s"),
    "Lay a bank card on the coloured area",
    "Make the area as wide as the card. Then save.",
    "No screen has pixels of this size. Nothing was changed.",
    "Staff open this page on their tablet, in the settings of this kiosk.",
    "This kiosk has no printer on the network. Nothing was printed.",
}
"""The waits beside the services, which change while somebody listens; what stands on the slip and
on the customer's own page; what staff read who set the kiosk up."""


def test_it_knows_every_sentence_that_the_kiosk_and_the_advice_are_written_with() -> None:
    said = "\n".join(kiosk_sentences("en"))
    patterns = {
        text: r"[^\n]*".join(map(re.escape, PLACEHOLDER.split(text)))
        for folder in ("kiosk", "lobby/triage")
        for text in marked(folder)
    }
    missing = {text for text, pattern in patterns.items() if not re.search(pattern, said)}
    assert missing == NOT_SAID


@pytest.fixture
def kiosk(door: LocalApp) -> Person:
    door.services.catalogues = {"riverside": shipped()}
    return door.paired(DeviceKind.KIOSK)


def links(page: str) -> set[str]:
    """Where a person may go on: answers, wishes, lists and ways that lead out of the hall."""
    hrefs = map(unescape, re.findall(r'<a class="[^"]+" href="(/kiosk[^"]*)"', page))
    spoken = {href for href in hrefs if "speech=on" in href and not re.search("size=|reach=", href)}
    return {href for href in spoken if "/kiosk/more" not in href or is_first_remark(href)}


def is_first_remark(href: str) -> bool:
    """What may be said besides is the same after every advice: once is enough, of one service."""
    return "service=A04" in href and not re.search("leaves=|papers=|calling=|sent_today=", href)


def is_whole(page: str) -> bool:
    return " data-whole" in page


@every_language
def test_it_says_every_screen_whole(kiosk: Person, language: str) -> None:
    """Over HTTP, from the first question to the advice, by every answer."""
    start = f"/kiosk?language={language}&speech=on"
    waiting, seen, silent = [start], {start}, []
    while waiting:
        page = kiosk.get(waiting.pop())
        if not is_whole(page.text):
            silent.append(str(page.url))
        onward = links(page.text) - seen
        seen |= onward
        waiting += onward
    assert len(seen) > SCREENS_LEAST
    assert silent == []


@every_language
def test_it_says_tickets_calls_and_troubles_whole(kiosk: Person, language: str) -> None:
    manner = f"language={language}&speech=on"
    form = {"service": "A01", "preference": "counter", "language": language}
    taken = kiosk.post(f"/kiosk/tickets?{manner}", **form)
    assert taken.status_code == 303
    ticket = kiosk.get(taken.headers["location"])
    assert (ticket.status_code, is_whole(ticket.text)) == (200, True)
    called = kiosk.post(f"/kiosk/help?{manner}")
    told = kiosk.get(called.headers["location"])
    assert (told.status_code, is_whole(told.text)) == (200, True)
    for path in ("/kiosk/advice?service=Z99", "/kiosk/tickets/A999?"):
        trouble = kiosk.get(f"{path}&{manner}")
        assert trouble.status_code >= 400
        assert is_whole(trouble.text), path


@every_language
def test_it_says_when_a_closed_branch_opens(door: LocalApp, kiosk: Person, language: str) -> None:
    closed = {"retail": Hours.of(weekday=None, weekend=None)}
    door.services.catalogues = {"riverside": replace(shipped(), hours=closed)}
    page = kiosk.get(f"/kiosk?language={language}&speech=on").text
    assert is_whole(page)
    assert texts(language).gettext("Closed now") in said_by(page)
    assert texts(language).gettext("What would you like to do today?") not in said_by(page)


@every_language
def test_it_says_what_may_come_over_a_screen(kiosk: Person, language: str) -> None:
    """Whether more time is wanted, and that the connection is lost: only where it is read aloud."""
    page = kiosk.get(f"/kiosk?language={language}&speech=on").text
    clips = re.findall(r' data-say-clips="([^"]*)"', page)
    assert [clip.split()[0] for clip in clips] == ["question-more-time", "away-lost"]
    assert "data-say" not in kiosk.get(f"/kiosk?language={language}").text


def said_by(page: str) -> str:
    found = re.search(r' data-text="([^"]*)"', page)
    assert found
    return unescape(found[1])
