"""The customer's own page over HTTP: what it says, in which language, and how to leave."""

import pytest
from httpx2 import Response

from lobby.queueing.commands import (
    CallNext,
    Hold,
    MarkAbsent,
    OpenCounter,
    StartServing,
    TakeTicket,
)
from lobby.queueing.ticket import TicketState
from tests.front_door import FrontDoor

SECRET = "secret-of-the-second"
PAGE = f"/t/{SECRET}"
LEAVE = f"{PAGE}/cancellations"
BEFORE = {
    "zh": "您前面还有 1 位客户",
    "vi": "Còn 1 khách trước quý khách",
    "en": "1 person before you",
}


@pytest.fixture
def waiting(door: FrontDoor) -> FrontDoor:
    """A001 waits before A002, whose page this is; it was taken in Vietnamese."""
    door.perform(TakeTicket("A01", "en", "secret-of-the-first"))
    door.perform(TakeTicket("A02", "vi", SECRET))
    return door


def state_of(door: FrontDoor) -> TicketState:
    return door.riverside.hall.tickets["A002"].state


def as_json(door: FrontDoor, path: str = PAGE) -> Response:
    return door.stranger().get(path, headers={"Accept": "application/json"})


def test_it_needs_the_secret_and_nothing_else(waiting: FrontDoor) -> None:
    page = waiting.stranger().get(PAGE)
    assert page.status_code == 200
    assert "A\u200a002" in page.text
    assert BEFORE["vi"] in page.text, "in the language of the ticket"
    assert "A\u200a001" not in page.text


@pytest.mark.parametrize("language", BEFORE)
def test_it_speaks_the_language_chosen(waiting: FrontDoor, language: str) -> None:
    page = waiting.stranger().get(f"{PAGE}?language={language}").text
    assert BEFORE[language] in page
    assert f'data-socket="{PAGE}/live?language={language}"' in page
    assert f'action="{LEAVE}?language={language}"' in page
    assert f'href="{PAGE}?language=zh"' in page


def test_it_leaves_no_trace(waiting: FrontDoor) -> None:
    for answer in (waiting.stranger().get(PAGE), as_json(waiting), as_json(waiting, "/t/nothing")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "noindex" in answer.headers["x-robots-tag"]


def test_it_tells_a_program_how_the_ticket_stands(waiting: FrontDoor) -> None:
    assert as_json(waiting).json() == {
        "number": "A002",
        "state": "waiting",
        "ahead": 1,
        "counter": None,
        "version": waiting.riverside.hall.version,
    }
    waiting.perform(OpenCounter("3", "thu", ("A02",)))
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
        ((CallNext("3"), MarkAbsent("3", "A002")), "you can come back until 09:15."),
    ],
)
def test_it_says_in_words_where_the_customer_stands(
    waiting: FrontDoor,
    commands: tuple[CallNext | StartServing | Hold | MarkAbsent, ...],
    sentence: str,
) -> None:
    waiting.perform(OpenCounter("3", "thu", ("A02",)))
    for command in commands:
        waiting.perform(command)
    assert sentence in waiting.stranger().get(f"{PAGE}?language=en").text


def test_it_never_says_why_a_ticket_is_on_hold(waiting: FrontDoor) -> None:
    waiting.perform(OpenCounter("3", "thu", ("A02",)))
    waiting.perform(CallNext("3"))
    waiting.perform(Hold("3", "A002", "identity unclear"))
    assert "identity unclear" not in waiting.stranger().get(f"{PAGE}?language=en").text


@pytest.mark.parametrize("secret", ["nothing", "x" * 5000, "<b>", "A002", "%00", "é"])
def test_it_says_so_when_the_address_leads_nowhere(waiting: FrontDoor, secret: str) -> None:
    page = waiting.stranger().get(f"/t/{secret}?language=en")
    assert page.status_code == 404
    assert "This address leads to no ticket." in page.text
    assert "<b>" not in page.text
    left = waiting.stranger().post(f"/t/{secret}/cancellations?language=vi")
    assert left.status_code == 404
    assert "Không tìm thấy phiếu" in left.text


def test_it_lets_the_customer_leave(waiting: FrontDoor) -> None:
    answer = waiting.stranger().post(f"{LEAVE}?language=en")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{PAGE}?language=en"
    assert state_of(waiting) is TicketState.CANCELLED
    page = waiting.stranger().get(answer.headers["location"]).text
    assert "You have left the line" in page
    assert "cancellations" not in page


def test_it_lets_the_customer_leave_once(waiting: FrontDoor) -> None:
    for _tap in range(2):
        assert waiting.stranger().post(LEAVE, key="tap").status_code == 303
    version = waiting.riverside.hall.version
    assert waiting.stranger().post(LEAVE).status_code == 303, "the page says how things stand"
    assert waiting.riverside.hall.version == version


def test_it_tells_a_program_where_to_go_on(waiting: FrontDoor) -> None:
    answer = waiting.stranger().post_json(LEAVE)
    assert (answer.status_code, answer.json()) == (200, {"location": f"{PAGE}?language=vi"})
    refused = waiting.stranger().post_json(LEAVE)
    assert (refused.status_code, refused.json()["refusal"]) == (409, "WrongState")


def test_it_does_not_leave_from_the_counter(waiting: FrontDoor) -> None:
    waiting.perform(OpenCounter("3", "thu", ("A02",)))
    waiting.perform(CallNext("3"))
    waiting.perform(StartServing("3", "A002"))
    assert waiting.stranger().post(LEAVE).status_code == 303
    assert state_of(waiting) is TicketState.SERVING


def test_it_does_nothing_without_a_key_or_from_another_site(waiting: FrontDoor) -> None:
    assert waiting.stranger().post(LEAVE, key=None).status_code == 400
    elsewhere = waiting.stranger().request(
        "POST", LEAVE, data={"key": "tap"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert elsewhere.status_code == 403
    assert state_of(waiting) is TicketState.WAITING


def test_it_never_leaves_by_looking(waiting: FrontDoor) -> None:
    assert waiting.stranger().get(LEAVE).status_code == 405
    assert waiting.stranger().post(PAGE).status_code == 405
    assert state_of(waiting) is TicketState.WAITING


def test_it_says_that_the_day_has_ended(waiting: FrontDoor) -> None:
    waiting.clock.advance(seconds=24 * 3600)
    page = waiting.stranger().get(f"{PAGE}?language=en")
    assert page.status_code == 410
    assert "This day has ended" in page.text
    assert "data-socket" not in page.text
    assert as_json(waiting).json()["state"] == "lapsed"
    assert as_json(waiting).status_code == 410


def test_it_does_not_mix_up_the_same_number_of_two_days(waiting: FrontDoor) -> None:
    waiting.clock.advance(seconds=24 * 3600)
    waiting.perform(TakeTicket("A01", "en", "first-of-today"))
    waiting.perform(TakeTicket("A01", "en", "second-of-today"))
    assert waiting.stranger().get(PAGE).status_code == 410
    assert waiting.stranger().post(LEAVE).status_code == 410
    assert state_of(waiting) is TicketState.WAITING, "today's A002 is somebody else's"
    assert waiting.stranger().get("/t/second-of-today").status_code == 200
