"""The list of what is still missing: who sees it, what it says, and when it goes away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lobby.accounts.passwords import hash_password
from lobby.store.devices import devices_of_branch
from lobby.store.people import Role, add_staff
from lobby.web.devices import DeviceKind
from tests.app.app import LocalApp, Person, open_app
from tests.app.badges import pair_device
from tests.app.people import MORNING
from tests.first_run.house import ADA, OFFER, let_in, nobody, opened, up_to

LIST = "/first-run/devices"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, nobody) as house:
        yield house


@pytest.fixture
def ada(house: LocalApp) -> Person:
    browser = let_in(house)
    opened(browser)
    return browser


def add(house: LocalApp, role: Role) -> None:
    def write(connection: object) -> None:
        add_staff(
            connection,  # type: ignore[arg-type]
            branch_id="old-town",
            username=role.value,
            name=role.value,
            role=role,
            language="en",
            password_hash=hash_password("three words more"),
            at=MORNING,
        )

    house.run(house.services.store.write, write)


def test_a_code_is_of_one_device_however_often_it_is_asked_for(
    house: LocalApp, ada: Person
) -> None:
    for _ in range(2):
        page = ada.post(LIST, kind="kiosk")
        assert page.status_code == 200 and "/pair" in page.text
    devices = house.run(house.services.store.read, lambda c: devices_of_branch(c, "old-town"))
    assert [each.device.name for each in devices] == ["取号机 1"]


@pytest.mark.parametrize("kind", ["", "machine", "teapot"])
def test_it_knows_no_other_kind(ada: Person, kind: str) -> None:
    assert ada.post(LIST, kind=kind).status_code == 400


def test_it_leads_there_as_long_as_something_is_missing(house: LocalApp, ada: Person) -> None:
    for kind in (DeviceKind.KIOSK, DeviceKind.DISPLAY):
        assert f'href="{LIST}"' in ada.get("/").text
        house.run(
            house.services.store.write,
            lambda c, kind=kind: pair_device(c, kind, "old-town"),
        )
    for role in (Role.TELLER, Role.LOBBY_MANAGER):
        assert f'href="{LIST}"' in ada.get("/").text
        add(house, role)
    assert f'href="{LIST}"' not in ada.get("/").text
    assert ada.get(LIST).text.count("badge--good") == 4


def test_only_an_administrator_sees_it(house: LocalApp, ada: Person) -> None:
    assert ada.get(LIST).status_code == 200
    add(house, Role.BRANCH_HEAD)
    head = house.stranger()
    head.post("/sign-in", username="branch_head", password="three words more")
    assert head.get(LIST).status_code == 403
    assert head.post(LIST, kind="kiosk").status_code == 403
    assert f'href="{LIST}"' not in head.get("/").text
    assert house.stranger().get(LIST).headers["location"].startswith("/sign-in")
    assert house.stranger().post(LIST, kind="kiosk").status_code == 401


def test_a_branch_from_a_file_has_no_such_list_to_go_through(door: LocalApp) -> None:
    assert f'href="{LIST}"' not in door.get("ada", "/").text
    assert door.stranger().get("/first-run?code=any").status_code == 410


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("08:30-17:00", "The branch is open: the kiosk gives numbers now."),
        ("10:00-17:00", "The kiosk gives numbers from Monday 2 March, 10:00."),
    ],
)
def test_it_says_from_when_on_numbers_are_given(house: LocalApp, hours: str, words: str) -> None:
    browser = let_in(house)
    up_to(browser, "offer")
    browser.post("/first-run/offer", **{**OFFER, "weekdays": hours})
    browser.post("/first-run/account", **ADA)
    assert words in browser.get(f"{LIST}?opened=1").text
