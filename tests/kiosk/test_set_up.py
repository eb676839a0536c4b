"""The kiosk's set-up page: for whom it opens, and a screen measured with a bank card."""

from typing import Any

import pytest

from lobby.screens.kiosk_settings import kiosk_settings
from lobby.store.devices import DeviceKind
from lobby.web.devices import list_devices
from tests.app.app import LocalApp, Person

PAGE = "/kiosk/set-up"
MINUTES_S = 10 * 60


def kept(door: LocalApp) -> Any:
    return door.run(list_devices, door.services.sessions, "riverside")[0].device


@pytest.fixture
def kiosk(door: LocalApp) -> Person:
    return door.paired(DeviceKind.KIOSK, printer="browser")


@pytest.fixture
def opened(door: LocalApp, kiosk: Person) -> Person:
    """The kiosk after the lobby manager has asked for the page."""
    form = {"name": "kiosk 1", "device_language": "en", "printer": "browser", "then": "measure"}
    page = door.signed_in("lan").post("/floor/kiosks/1", **form)
    assert "Touch any language" in door.signed_in("lan").get(page.headers["location"]).text
    return kiosk


def test_a_customer_does_not_get_it(door: LocalApp, kiosk: Person) -> None:
    assert kiosk.get(PAGE).status_code == 403
    assert "Staff open this page on their tablet" in kiosk.get(PAGE).text
    assert kiosk.post(PAGE, width_px="400").status_code == 403
    assert kept(door).settings == {"printer": "browser"}
    assert door.stranger().get(PAGE).headers["location"].startswith("/pair")


def test_the_first_screen_leads_to_it_while_it_is_open(door: LocalApp, opened: Person) -> None:
    assert opened.get("/kiosk?language=vi").headers["location"] == f"{PAGE}?language=vi"
    assert "Lay a bank card on the coloured area" in opened.get(PAGE).text
    door.clock.advance(MINUTES_S)
    assert opened.get("/kiosk").status_code == 200
    assert opened.get(PAGE).status_code == 403


def test_it_measures_the_screen_with_a_card(door: LocalApp, opened: Person) -> None:
    page = opened.get(f"{PAGE}?width_px=400").text
    assert 'width="400" height="252.24"' in page
    assert "0.2140 mm per pixel" in page
    assert "0,2140 mm mỗi điểm ảnh" in opened.get(f"{PAGE}?width_px=400&language=vi").text
    answer = opened.post(PAGE, width_px="400")
    assert (answer.status_code, answer.headers["location"]) == (303, "/kiosk")
    assert kiosk_settings(kept(door).settings).mm_per_px == 0.214
    assert "--mm: 4.6729px" in opened.get("/kiosk/scale.css").text
    assert opened.get("/kiosk").status_code == 200
    assert 'value="0.214"' in door.signed_in("lan").get("/floor/kiosks/1").text


@pytest.mark.parametrize("width", ["4", "90000", "nan", "wide", "-400"])
def test_it_keeps_no_size_that_no_screen_has(door: LocalApp, opened: Person, width: str) -> None:
    answer = opened.post(PAGE, width_px=width)
    assert answer.status_code == 422
    assert "No screen has pixels of this size" in answer.text
    assert kiosk_settings(kept(door).settings).mm_per_px == 0
    assert opened.get(f"{PAGE}?width_px={width}").status_code == 200


def test_going_back_closes_it_and_measures_nothing(door: LocalApp, opened: Person) -> None:
    assert opened.post(PAGE).headers["location"] == "/kiosk"
    assert opened.get("/kiosk").status_code == 200
    assert kiosk_settings(kept(door).settings).mm_per_px == 0


def test_a_browser_prints_its_test_slip_here(opened: Person) -> None:
    page = opened.get(PAGE).text
    assert "Print a test slip" in page
    assert "This slip tests the printer." in page
