"""A display set from the lobby: by whom, what is refused in a sentence, and what then changes."""

from typing import Any

import pytest
from httpx2 import Response
from playwright.sync_api import Page, expect

from lobby.screens.display_settings import Hanging, Layout, display_settings
from lobby.store.devices import DeviceKind
from lobby.web.devices import change_device, list_devices
from tests.app.app import LocalApp, Person
from tests.app.server import ServedApp
from tests.display.wall_page import hang

USUAL: dict[str, Any] = {
    "name": "By the door",
    "device_language": "vi",
    "layout": "hall",
    "hanging": "wide",
    "width_mm": "1210",
    "distance_m": "5",
    "speaks": "yes",
    "loudness": "2",
}
PATH = "/floor/displays/1"


@pytest.fixture
def lan(door: LocalApp) -> Person:
    """The lobby manager, in a branch with one display."""
    door.paired(DeviceKind.DISPLAY)
    return door.signed_in("lan")


def save(person: Person, **changes: Any) -> Response:
    return person.post(PATH, **(USUAL | changes))


def kept(door: LocalApp, number: int = 0) -> Any:
    entries = door.run(list_devices, door.services.sessions, "riverside")
    return entries[number].device


def test_it_shows_what_a_display_is_set_to(lan: Person) -> None:
    page = lan.get(PATH)
    assert page.status_code == 200
    assert 'value="display 1"' in page.text
    assert "at least 61 mm high" in page.text


def test_the_list_of_devices_leads_to_it(lan: Person) -> None:
    assert f'href="{PATH}"' in lan.get("/floor/devices").text


def test_it_keeps_what_was_set(door: LocalApp, lan: Person) -> None:
    answer = save(
        lan,
        counters=["1", "2", "99"],
        services=["B01"],
        heard_in="first floor",
        hanging="upright",
        slide_0_from="2026-03-01",
        slide_0_until="2026-03-31",
        slide_0_vi="Quý khách giữ kín mã PIN",
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PATH}?saved=yes")
    device = kept(door)
    settings = display_settings(device.settings)
    assert (device.name, device.language) == ("By the door", "vi")
    assert (settings.counters, settings.services) == (("1", "2"), ("B01",))
    assert (settings.heard_in, settings.loudness, settings.hanging) == (
        "first floor",
        2,
        Hanging.UPRIGHT,
    )
    assert settings.slides[0].texts == {"vi": "Quý khách giữ kín mã PIN"}
    assert "Saved" in lan.get(f"{PATH}?saved=yes").text


def test_it_keeps_a_sign_of_one_counter(door: LocalApp, lan: Person) -> None:
    save(lan, layout="counter", counter="3", speaks="no")
    settings = display_settings(kept(door).settings)
    assert (settings.layout, settings.counter, settings.speaks) == (Layout.COUNTER, "3", False)


def test_it_keeps_what_was_set_in_other_ways(door: LocalApp, lan: Person) -> None:
    door.paired(DeviceKind.DISPLAY, mm_per_px=0.4)
    lan.post("/floor/displays/2", **(USUAL | {"width_mm": ""}))
    found = [d for d in (kept(door, 0), kept(door, 1)) if d.id == 2]
    assert display_settings(found[0].settings).mm_per_px == 0.4


def test_it_takes_the_same_form_twice(door: LocalApp, lan: Person) -> None:
    assert [save(lan).status_code for _ in range(2)] == [303, 303]
    assert kept(door).name == "By the door"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "give the display a name"),
        ({"width_mm": "wide"}, "a number of millimetres from 80 to 6000"),
        ({"width_mm": "12"}, "a number of millimetres from 80 to 6000"),
        ({"distance_m": ""}, "a number of metres from 0.5 to 30"),
        ({"distance_m": "nan"}, "a number of metres from 0.5 to 30"),
        ({"distance_m": "12"}, "a call can be read from 7 m at most"),
        ({"layout": "counter"}, "choose the counter whose sign this is"),
        ({"slide_1_en": "Hello"}, "Slide 2: please enter its first and its last day"),
        (
            {"slide_0_from": "2026-03-02", "slide_0_until": "2026-03-02"},
            "Slide 1: please enter its text",
        ),
        (
            {
                "slide_0_from": "2026-03-02",
                "slide_0_until": "2026-03-01",
                "slide_0_en": "Hello",
            },
            "Slide 1 ends before it begins",
        ),
        (
            {
                "slide_0_from": "2026-03-02",
                "slide_0_until": "2026-03-02",
                "slide_0_en": "x" * 161,
            },
            "a slide has room for at most 160 letters",
        ),
    ],
)
def test_it_says_in_a_sentence_what_cannot_be_meant(
    door: LocalApp, lan: Person, changes: dict[str, str], sentence: str
) -> None:
    answer = save(lan, **changes, heard_in="first floor")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="first floor"' in answer.text
    assert kept(door).name == "display 1"


@pytest.mark.parametrize(("person", "status"), [("minh", 200), ("thu", 403), ("hoa", 404)])
def test_it_is_open_to_who_looks_after_the_hall_of_this_branch(
    door: LocalApp, lan: Person, person: str, status: int
) -> None:
    visitor = door.signed_in(person)
    assert visitor.get(PATH).status_code == status
    assert save(visitor).status_code == (303 if status == 200 else status)
    assert (kept(door).name == "By the door") is (status == 200)


def test_it_leads_a_stranger_to_the_sign_in(door: LocalApp, lan: Person) -> None:
    assert door.stranger().get(PATH).headers["location"].startswith("/sign-in")
    assert save(door.stranger()).status_code in (303, 401)
    assert kept(door).name == "display 1"


def test_it_is_no_form_for_a_kiosk(door: LocalApp, lan: Person) -> None:
    door.paired(DeviceKind.KIOSK)
    assert lan.get("/floor/displays/2").status_code == 404


def test_it_works_in_no_other_way(lan: Person) -> None:
    assert [lan.request(m, PATH).status_code for m in ("PUT", "DELETE")] == [405, 405]


def test_a_display_draws_itself_anew_when_it_was_set_anew(page: Page, branch: ServedApp) -> None:
    """Twice within moments, as somebody does who tries what looks best."""
    wall = hang(page, branch)
    sessions = branch.services.sessions

    def set_to(**settings: Any) -> None:
        device = branch.running.do(lambda: list_devices(sessions, "riverside"))[0].device
        branch.running.do(
            lambda: change_device(sessions, device, name="Hall", language="vi", settings=settings)
        )

    set_to(layout="counter", counter="2")
    expect(wall.locator(".sign__words")).to_contain_text("Quầy này đang đóng", timeout=10_000)
    set_to(layout="hall")
    expect(wall.locator(".welcome")).to_be_visible(timeout=15_000)
