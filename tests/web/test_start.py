"""The start page: everybody's own screens, in their own language."""

import pytest

from tests.app.app import LocalApp

SCREENS = {
    "thu": ["/counter", "/floor/duty"],
    "lan": ["/floor", "/counter", "/kiosk", "/display", "/floor/devices"],
    "minh": [
        *("/reports", "/floor", "/counter", "/kiosk", "/display", "/floor/devices", "/people"),
        "/setup",
    ],
    "ada": ["/people", "/setup", "/floor/devices", "/reports", "/kiosk", "/display"],
}


@pytest.mark.parametrize("name", SCREENS)
def test_it_offers_each_role_its_screens_and_no_other(door: LocalApp, name: str) -> None:
    page = door.signed_in(name).get("/").text
    offered = [part.split('"')[0] for part in page.split('class="start__choice" href="')[1:]]
    assert offered == SCREENS[name]


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, paths in SCREENS.items() for path in paths]
)
def test_every_screen_it_offers_opens(door: LocalApp, name: str, path: str) -> None:
    assert door.signed_in(name).get(path).status_code == 200


def test_it_leads_a_stranger_to_signing_in(door: LocalApp) -> None:
    assert door.stranger().get("/").headers["location"] == "/sign-in?next=/"
    assert 'href="/pair"' in door.stranger().get("/sign-in").text


def test_it_leads_who_is_signed_in_past_the_form(door: LocalApp) -> None:
    answer = door.signed_in("thu").get("/sign-in?next=/counter")
    assert (answer.status_code, answer.headers["location"]) == (303, "/counter")


def test_a_stranger_keeps_the_language_in_the_browser(door: LocalApp) -> None:
    browser = door.stranger()
    answer = browser.post("/language", language="vi", next="/pair")
    assert (answer.status_code, answer.headers["location"]) == (303, "/pair")
    assert "Ghép nối thiết bị này" in browser.get("/pair").text


def test_a_person_keeps_the_language_everywhere(door: LocalApp) -> None:
    door.signed_in("thu").post("/language", language="zh")
    page = door.signed_in("thu").get("/").text
    assert "Thu，您好" in page
    assert "江滨支行" in page


def test_it_knows_no_other_language(door: LocalApp) -> None:
    assert door.stranger().post("/language", language="tlh").status_code == 400


def test_the_language_is_not_changed_by_a_link(door: LocalApp) -> None:
    assert door.stranger().get("/language?language=vi").status_code == 405


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_it_is_read_only(door: LocalApp, method: str) -> None:
    assert door.signed_in("thu").request(method, "/").status_code == 405
