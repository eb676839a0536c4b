"""The first question: who may see it, in which language and size, and what it offers."""

import re

import pytest

from lobby.queueing.commands.counter import CallChosen, OpenCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp

QUESTIONS = {
    "zh": "您今天要办理什么业务？",
    "vi": "Quý khách cần giao dịch gì?",
    "en": "What would you like to do today?",
}


def take(door: LocalApp, *services: str) -> None:
    for number, service in enumerate(services):
        door.perform(TakeTicket(service, "en", f"{service}-secret-{number}"))


def test_it_asks_in_the_kiosks_own_language(door: LocalApp) -> None:
    page = door.paired(DeviceKind.KIOSK, language="vi").get("/kiosk")
    assert page.status_code == 200
    assert QUESTIONS["vi"] in page.text
    assert '<html lang="vi">' in page.text


@pytest.mark.parametrize("language", QUESTIONS)
def test_it_asks_in_the_language_chosen_and_offers_all_by_their_own_names(
    door: LocalApp, language: str
) -> None:
    page = door.paired(DeviceKind.KIOSK).get(f"/kiosk?language={language}").text
    assert QUESTIONS[language] in page
    for own_name in ("中文", "Tiếng Việt", "English"):
        assert own_name in page


def test_it_keeps_what_was_chosen_in_every_link_and_form(door: LocalApp) -> None:
    page = door.paired(DeviceKind.KIOSK).get("/kiosk?language=vi&size=large").text
    assert 'action="/kiosk/tickets?language=vi&amp;size=large"' in page
    assert 'href="/kiosk?language=zh&amp;size=large"' in page
    assert 'href="/kiosk?size=large"' in page, "English is this kiosk's own"
    assert 'href="/kiosk?language=vi"' in page, "back to the usual size"
    assert 'href="/kiosk?language=vi&amp;size=large&amp;page=2"' in page


def test_it_counts_those_before_you_where_nobody_can_say_how_long(door: LocalApp) -> None:
    take(door, "A01", "A02", "B01")
    door.perform(OpenCounter("1", "thu", ("B01",)))
    door.perform(CallChosen("1", "B001", "first"))
    waiting = re.findall(
        r"answer__waiting\">(.*?)<", door.paired(DeviceKind.KIOSK).get("/kiosk").text
    )
    closed = "No counter open yet"
    assert waiting == [closed, closed, closed, "nobody before you", closed]
    door.perform(OpenCounter("2", "wei", ("A01",)))
    page = door.paired(DeviceKind.KIOSK).get("/kiosk").text
    assert re.findall(r"answer__waiting\">(.*?)<", page)[0] == "2 before you"


def test_it_answers_to_the_number_keys(door: LocalApp) -> None:
    page = door.paired(DeviceKind.KIOSK).get("/kiosk").text
    offered = re.findall(r'name="service" value="(\w+)" data-key="(\d)"', page)
    assert offered == [("A01", "1"), ("A02", "2"), ("A04", "3"), ("B01", "4"), ("F01", "5")]


def test_it_pages_through_what_does_not_fit_in_large_text(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    first, second = (kiosk.get(f"/kiosk?size=large&page={page}").text for page in (1, 2))
    assert "Cash withdrawal" in first
    assert "Foreign exchange" not in first
    assert "Foreign exchange" in second
    assert "More services" in first
    assert "More services" not in second


@pytest.mark.parametrize("page", ["0", "99", "-1", "two", "１", "9" * 5000])
def test_it_shows_a_page_that_exists_whatever_is_asked(door: LocalApp, page: str) -> None:
    answer = door.paired(DeviceKind.KIOSK).get(f"/kiosk?page={page}")
    assert answer.status_code == 200
    assert "Cash withdrawal" in answer.text


@pytest.mark.parametrize("name", ["language", "size", "page"])
def test_it_repeats_nothing_strange_from_the_address(door: LocalApp, name: str) -> None:
    page = door.paired(DeviceKind.KIOSK).get(f'/kiosk?{name}="><script src=//x></script>')
    assert page.status_code == 200
    assert "<script src=//x>" not in page.text
    assert QUESTIONS["en"] in page.text


def test_it_lets_a_lobby_managers_tablet_stand_in(door: LocalApp) -> None:
    assert door.signed_in("lan").get("/kiosk").status_code == 200


def test_it_leads_others_to_pairing(door: LocalApp) -> None:
    for person in (door.stranger(), door.signed_in("thu"), door.paired(DeviceKind.DISPLAY)):
        answer = person.get("/kiosk")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/pair?next=/kiosk"


def test_it_changes_nothing_by_a_get(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    assert kiosk.post("/kiosk").status_code == 405
    assert kiosk.get("/kiosk/tickets").status_code == 405
    assert door.riverside.hall.version == 0


@pytest.mark.parametrize(
    ("mm_per_px", "declared"),
    [(0.248, "--mm: 4.0323px"), ("0.17", "--mm: 5.8824px"), (None, "--mm: 5.9px")],
)
def test_it_says_how_large_a_millimetre_is(
    door: LocalApp, mm_per_px: object, declared: str
) -> None:
    sheet = door.paired(DeviceKind.KIOSK, mm_per_px=mm_per_px).get("/kiosk/scale.css")
    assert sheet.status_code == 200
    assert sheet.headers["content-type"].startswith("text/css")
    assert declared in sheet.text


@pytest.mark.parametrize("mm_per_px", [0, -1, 12, "nan", "wide", [0.2]])
def test_it_takes_a_usual_size_where_the_setting_makes_no_sense(
    door: LocalApp, mm_per_px: object
) -> None:
    sheet = door.paired(DeviceKind.KIOSK, mm_per_px=mm_per_px).get("/kiosk/scale.css")
    assert "--mm: 5.9px" in sheet.text


def test_it_keeps_the_scale_from_strangers(door: LocalApp) -> None:
    assert door.stranger().get("/kiosk/scale.css").status_code == 303
