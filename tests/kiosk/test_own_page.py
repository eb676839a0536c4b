"""The customer's own page over HTTP: what it says, and in which language."""

import pytest
from httpx2 import Response

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CallAgain,
    CallNext,
    Hold,
    MarkAbsent,
    OpenCounter,
    StartServing,
)
from lobby.queueing.commands.ticket import TakeTicket
from lobby.screens.advice import wait_of
from lobby.waits.words import wait_words
from tests.app.app import LocalApp

SECRET = "secret-of-the-second"
PAGE = f"/t/{SECRET}"
BEFORE = {
    "zh": "您前面还有 1 位客户",
    "vi": "Còn 1 khách trước quý khách",
    "en": "1 person before you",
}


@pytest.fixture
def waiting(door: LocalApp) -> LocalApp:
    """A001 waits before A002, whose page this is; it was taken in Vietnamese."""
    door.perform(TakeTicket("A01", "en", "secret-of-the-first"))
    door.perform(TakeTicket("A02", "vi", SECRET))
    return door


def as_json(door: LocalApp, path: str = PAGE) -> Response:
    return door.stranger().get(path, headers={"Accept": "application/json"})


def test_it_needs_the_secret_and_nothing_else(waiting: LocalApp) -> None:
    page = waiting.stranger().get(PAGE)
    assert page.status_code == 200
    assert "A\u200a002" in page.text
    assert BEFORE["vi"] in page.text, "in the language of the ticket"
    assert "A\u200a001" not in page.text


@pytest.mark.parametrize("language", BEFORE)
def test_it_speaks_the_language_chosen(waiting: LocalApp, language: str) -> None:
    page = waiting.stranger().get(f"{PAGE}?language={language}").text
    assert BEFORE[language] in page
    assert f'data-socket="{PAGE}/live?language={language}"' in page
    assert f'action="{PAGE}/cancellations?language={language}"' in page
    assert f'href="{PAGE}?language=zh"' in page


def test_it_leaves_no_trace(waiting: LocalApp) -> None:
    for answer in (waiting.stranger().get(PAGE), as_json(waiting), as_json(waiting, "/t/nothing")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "noindex" in answer.headers["x-robots-tag"]


def test_it_tells_a_program_how_the_ticket_stands(waiting: LocalApp) -> None:
    assert as_json(waiting).json() == {
        "number": "A002",
        "state": "waiting",
        "service": "A02",
        "ahead": 1,
        "wait": None,
        "counter": None,
        "machine": None,
        "kept_until": None,
        "back_by": None,
        "help": "none",
        "version": waiting.riverside.hall.version,
    }
    waiting.perform(OpenCounter("3", "thu", ("A02",)))
    waiting.settled()
    told = as_json(waiting).json()["wait"]
    assert told["low_min"] % 5 == told["high_min"] % 5 == 0 < told["high_min"]
    waiting.perform(CallNext("3"))
    called = as_json(waiting).json()
    assert (called["state"], called["ahead"], called["counter"]) == ("called", 0, 3)


@pytest.mark.parametrize(
    ("commands", "sentence"),
    [
        ((), "1 person before you"),
        ((CallNext("3"),), "Please go to counter 3 now"),
        ((CallNext("3"), StartServing("3", "A002")), "You are being served at counter 3"),
        ((CallNext("3"), Hold("3", "A002", "a form")), "Your turn is on hold"),
        (
            (CallNext("3"), CallAgain("3", "A002"), MarkAbsent("3", "A002")),
            "you can come back until 09:17.",
        ),
    ],
)
def test_it_says_in_words_where_the_customer_stands(
    waiting: LocalApp,
    commands: tuple[Command, ...],
    sentence: str,
) -> None:
    waiting.perform(OpenCounter("3", "thu", ("A02",)))
    for command in commands:
        waiting.clock.advance(seconds=50)
        waiting.perform(command)
    assert sentence in waiting.stranger().get(f"{PAGE}?language=en").text


def test_it_never_says_why_a_ticket_is_on_hold(waiting: LocalApp) -> None:
    waiting.perform(OpenCounter("3", "thu", ("A02",)))
    waiting.perform(CallNext("3"))
    waiting.perform(Hold("3", "A002", "identity unclear"))
    assert "identity unclear" not in waiting.stranger().get(f"{PAGE}?language=en").text


@pytest.mark.parametrize("secret", ["nothing", "x" * 5000, "<b>", "A002", "%00", "é"])
def test_it_says_so_when_the_address_leads_nowhere(waiting: LocalApp, secret: str) -> None:
    page = waiting.stranger().get(f"/t/{secret}?language=en")
    assert page.status_code == 404
    assert "This address leads to no ticket." in page.text
    assert "<b>" not in page.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "目前没有窗口办理此业务"),
        ("vi", "Hiện chưa có quầy nào mở cho dịch vụ này"),
        ("en", "No counter is open for this yet"),
    ],
)
def test_it_does_not_guess_a_wait_while_no_counter_is_open(
    waiting: LocalApp, language: str, words: str
) -> None:
    assert words in waiting.stranger().get(f"{PAGE}?language={language}").text
    page = waiting.stranger().get(f"{PAGE}?language=en").text
    assert "Please get ready" not in page, "nobody need get ready for a closed counter"


@pytest.mark.parametrize(("language", "unit"), [("zh", "分钟"), ("vi", "phút"), ("en", "min")])
def test_it_tells_the_wait_as_a_range(waiting: LocalApp, language: str, unit: str) -> None:
    waiting.perform(OpenCounter("3", "thu", ("A01", "A02")))
    waiting.perform(CallNext("3"))
    waiting.perform(TakeTicket("A04", "en", "secret-of-the-third"))
    waiting.perform(TakeTicket("A01", "en", "secret-of-the-fourth"))
    waiting.settled()
    ticket = waiting.riverside.hall.tickets["A004"]
    wait = wait_of(waiting.services, waiting.riverside, ticket)
    assert wait.range is not None
    page = waiting.stranger().get(f"/t/secret-of-the-fourth?language={language}").text
    assert wait_words(wait, language) in page
    assert unit in wait_words(wait, language)


def test_it_says_that_the_day_has_ended(waiting: LocalApp) -> None:
    waiting.clock.advance(seconds=24 * 3600)
    page = waiting.stranger().get(f"{PAGE}?language=en")
    assert page.status_code == 410
    assert "This day has ended" in page.text
    assert "data-socket" not in page.text
    assert "<form" not in page.text
    assert as_json(waiting).json()["state"] == "lapsed"
    assert as_json(waiting).status_code == 410


def test_it_does_not_mix_up_the_same_number_of_two_days(waiting: LocalApp) -> None:
    waiting.clock.advance(seconds=24 * 3600)
    waiting.perform(TakeTicket("A01", "en", "first-of-today"))
    waiting.perform(TakeTicket("A01", "en", "second-of-today"))
    assert waiting.stranger().get(PAGE).status_code == 410
    assert waiting.stranger().get("/t/second-of-today").status_code == 200
