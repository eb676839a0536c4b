"""The page that shows a fresh ticket, and the slip that comes out of the printer."""

import re

import pytest

from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp

AHEAD = {
    "zh": "您前面还有 1 位客户",
    "vi": "Còn 1 khách trước quý khách",
    "en": "1 person before you",
}


@pytest.fixture
def open_door(door: LocalApp) -> LocalApp:
    """A001 and A002 have been taken."""
    door.perform(TakeTicket("A01", "en", "secret-of-the-first"))
    door.perform(TakeTicket("A02", "vi", "secret-of-the-second"))
    return door


@pytest.mark.parametrize("language", AHEAD)
def test_it_says_the_number_and_what_comes_next(open_door: LocalApp, language: str) -> None:
    page = open_door.paired(DeviceKind.KIOSK).get(f"/kiosk/tickets/A002?language={language}")
    assert page.status_code == 200
    assert "A\u200a002" in page.text
    read = re.sub(r'data-text="[^"]*"', "", page.text).replace("\u00a0", " ")
    assert read.count(AHEAD[language]) == 2, "on the screen and on the slip"
    assert '<svg class="qr"' in page.text


def test_it_gives_way_to_the_next_person_by_itself(open_door: LocalApp) -> None:
    kiosk = open_door.paired(DeviceKind.KIOSK)
    refresh = re.compile(r'<meta http-equiv="refresh" content="(\d+); url=/kiosk">')
    usual = refresh.search(kiosk.get("/kiosk/tickets/A001?language=vi").text)
    large = refresh.search(kiosk.get("/kiosk/tickets/A001?size=large").text)
    assert usual and usual[1] == "10"
    assert large and large[1] == "20"


def test_it_keeps_to_the_ticket_when_the_language_changes(open_door: LocalApp) -> None:
    page = open_door.paired(DeviceKind.KIOSK).get("/kiosk/tickets/A001?size=large").text
    assert 'href="/kiosk/tickets/A001?language=vi&amp;size=large"' in page


def test_it_prints_only_where_the_browser_is_the_printer(open_door: LocalApp) -> None:
    page = open_door.paired(DeviceKind.KIOSK).get("/kiosk/tickets/A001").text
    printing = open_door.paired(DeviceKind.KIOSK, printer="browser").get("/kiosk/tickets/A001").text
    assert "data-print" not in page
    assert 'data-print="2026-03-02 A001"' in printing


def test_it_prints_nothing_but_what_the_owner_needs(open_door: LocalApp) -> None:
    page = open_door.paired(DeviceKind.KIOSK).get("/kiosk/tickets/A002").text
    slip = re.search(r'<section class="slip".*</section>', page, re.DOTALL)
    assert slip
    words = re.sub(r"<[^>]+>", " ", slip[0]).split("\n")
    assert [line.strip() for line in words if line.strip()] == [
        "Riverside Branch",
        "A\u200a002",
        "Cash deposit",
        "1 person before you",
        "Everyone has a promised waiting time. Whoever is closest to it is called first; quick "
        "jobs a little sooner. At most 3 people who came after you can be called before you.",
        "Monday, 2 March 2026 09:00",
    ]


def test_it_sends_who_is_called_already_to_the_counter(open_door: LocalApp) -> None:
    open_door.perform(OpenCounter("3", "thu", ("A01",)))
    open_door.perform(CallNext("3"))
    page = open_door.paired(DeviceKind.KIOSK).get("/kiosk/tickets/A001").text
    assert "Please go to counter 3 now" in page


@pytest.mark.parametrize("number", ["A999", "Z001", "A", "A0001", "<b>", "A" + "9" * 5000])
def test_it_says_so_when_there_is_no_such_number(open_door: LocalApp, number: str) -> None:
    page = open_door.paired(DeviceKind.KIOSK).get(f"/kiosk/tickets/{number}?language=en")
    assert page.status_code == 404
    assert "There is no such number today." in page.text
    assert 'href="/kiosk"' in page.text
    assert "<b>" not in page.text


def test_it_no_longer_shows_a_ticket_whose_owner_has_gone(open_door: LocalApp) -> None:
    open_door.clock.advance(seconds=301)
    page = open_door.paired(DeviceKind.KIOSK).get("/kiosk/tickets/A001")
    assert page.status_code == 410
    assert "secret-of-the-first" not in page.text
    assert "no longer shown here" in page.text


def test_it_shows_tickets_to_kiosks_of_the_branch_only(open_door: LocalApp) -> None:
    harbour = open_door.paired(DeviceKind.KIOSK, branch_id="harbour")
    assert harbour.get("/kiosk/tickets/A001").status_code == 404
    assert open_door.stranger().get("/kiosk/tickets/A001").status_code == 303
    assert open_door.signed_in("thu").get("/kiosk/tickets/A001").status_code == 303


def test_it_only_shows(open_door: LocalApp) -> None:
    assert open_door.paired(DeviceKind.KIOSK).post("/kiosk/tickets/A001").status_code == 405
