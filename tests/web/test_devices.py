"""Pairing a device by its code, what it may do then, and how it is taken away again."""

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from lobby.clock import FrozenClock, SystemClock
from lobby.store import devices as rows
from lobby.store.devices import Device, DeviceKind
from lobby.store.tables_people import DEVICES
from lobby.web import devices
from lobby.web.identity import PAIRINGS_PER_PLACE
from tests.app.app import LocalApp, Person


def add(door: LocalApp, kind: DeviceKind = DeviceKind.KIOSK, branch: str = "riverside") -> Device:
    device: Device = door.run(_create, door, branch, kind)
    return device


async def _create(door: LocalApp, branch: str, kind: DeviceKind) -> Device:
    return await devices.create_device(
        door.services.sessions, branch, kind=kind, name="Entrance", language="vi"
    )


def code_for(door: LocalApp, device: Device, branch: str = "riverside") -> str:
    given = door.run(devices.new_pairing_code, door.services.sessions, branch, device.id)
    assert given is not None and len(given.code) == 8
    return str(given.code)


def revoke(door: LocalApp, device: Device, branch: str = "riverside") -> Any:
    return door.run(devices.revoke_device, door.services.sessions, branch, device.id)


def is_kiosk(person: Person) -> bool:
    return person.get("/kiosk").status_code == 200


def test_it_leads_a_paired_device_to_its_screen(door: LocalApp) -> None:
    for kind, screen in ((DeviceKind.KIOSK, "/kiosk"), (DeviceKind.DISPLAY, "/display")):
        browser = door.stranger()
        answer = browser.post("/pair", code=code_for(door, add(door, kind)))
        assert (answer.status_code, answer.headers["location"]) == (303, screen)
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie and "max-age=31536000" in cookie
        assert browser.get(screen).status_code == 200
        assert browser.get("/").headers["location"] == screen


def test_it_reads_a_code_with_the_space_people_type(door: LocalApp) -> None:
    code = code_for(door, add(door))
    assert door.stranger().post("/pair", code=f"{code[:4]} {code[4:]}").status_code == 303


def test_a_code_works_once(door: LocalApp) -> None:
    code = code_for(door, add(door))
    assert door.stranger().post("/pair", code=code).status_code == 303
    again = door.stranger().post("/pair", code=code)
    assert again.status_code == 422
    assert "This code is wrong" in again.text


def test_a_code_lives_five_minutes(door: LocalApp) -> None:
    code = code_for(door, add(door))
    door.services.sessions.clock = FrozenClock(
        SystemClock().now() + timedelta(minutes=5, seconds=1)
    )
    assert door.stranger().post("/pair", code=code).status_code == 422


def test_a_new_code_ends_the_one_before(door: LocalApp) -> None:
    device = add(door)
    before, now = code_for(door, device), code_for(door, device)
    assert door.stranger().post("/pair", code=before).status_code == 422
    assert door.stranger().post("/pair", code=now).status_code == 303


@pytest.mark.parametrize(
    "code", ["", "1234", "123456789", "abcdefgh", "１２３４５６７８", "0" * 500]
)
def test_what_is_no_code_pairs_nothing(door: LocalApp, code: str) -> None:
    assert door.stranger().post("/pair", code=code).status_code == 422


def test_a_link_pairs_nothing(door: LocalApp) -> None:
    code = code_for(door, add(door))
    page = door.stranger().get(f"/pair?code={code}")
    assert f'value="{code}"' in page.text
    assert door.stranger().post("/pair", code=code).status_code == 303


def test_guessing_ends_after_ten_tries(door: LocalApp) -> None:
    for _ in range(PAIRINGS_PER_PLACE.tries):
        door.stranger().post("/pair", code="00000000")
    answer = door.stranger().post("/pair", code=code_for(door, add(door)))
    assert answer.status_code == 429
    assert "wait 5 min" in answer.text


def test_guessing_from_many_places_ends_too(door: LocalApp) -> None:
    for place in range(20):
        door.client._transport.client = (f"10.0.0.{place}", 1)  # type: ignore[attr-defined]
        for _ in range(PAIRINGS_PER_PLACE.tries):
            last = door.stranger().post("/pair", code="00000000")
    assert last.status_code == 429


def test_a_program_pairs_by_a_token_of_its_own(door: LocalApp) -> None:
    answer = door.stranger().post_json("/pair", code=code_for(door, add(door)))
    token = answer.json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert door.stranger().request("GET", "/kiosk", headers=bearer).status_code == 200
    assert "set-cookie" not in answer.headers


def test_pairing_again_ends_the_token_before(door: LocalApp) -> None:
    device = add(door)
    old, new = door.stranger(), door.stranger()
    old.post("/pair", code=code_for(door, device))
    assert is_kiosk(old)
    new.post("/pair", code=code_for(door, device))
    assert is_kiosk(new) and not is_kiosk(old)


def test_it_keeps_only_the_hash_of_a_token(door: LocalApp) -> None:
    browser = door.stranger()
    browser.post("/pair", code=code_for(door, add(door)))
    (token,) = browser.cookies.values()
    query = select(DEVICES.c.token_hash)
    kept = door.run(door.services.store.read, lambda c: c.execute(query).scalars().all())
    assert token not in kept and len(kept) == 1


def test_a_revoked_device_is_out_at_once(door: LocalApp) -> None:
    device = add(door)
    browser = door.stranger()
    browser.post("/pair", code=code_for(door, device))
    assert is_kiosk(browser)
    assert revoke(door, device) is True
    assert browser.get("/kiosk").headers["location"] == "/pair?next=/kiosk"
    assert browser.post_json("/kiosk/tickets", service="A01").status_code == 401


def test_revoking_ends_a_waiting_code_and_may_be_done_twice(door: LocalApp) -> None:
    device = add(door)
    code = code_for(door, device)
    assert [revoke(door, device), revoke(door, device)] == [True, True]
    assert door.stranger().post("/pair", code=code).status_code == 422


def test_a_revoked_device_gets_no_code_and_its_place_is_taken_by_a_new_one(
    door: LocalApp,
) -> None:
    device = add(door)
    revoke(door, device)
    sessions = door.services.sessions
    assert door.run(devices.new_pairing_code, sessions, "riverside", device.id) is None
    browser = door.stranger()
    browser.post("/pair", code=code_for(door, add(door)))
    assert is_kiosk(browser)


def test_an_open_socket_hears_within_a_second_what_another_process_revoked(
    door: LocalApp,
) -> None:
    device = add(door)
    browser = door.stranger()
    browser.post("/pair", code=code_for(door, device))
    sessions = door.services.sessions
    visitor = door.run(sessions.identify, browser.cookie_header, "")
    assert sessions.still_device(visitor) == device
    now = SystemClock().now()
    door.run(door.services.store.write, lambda c: rows.revoke(c, device.id, now))
    time.sleep(1.0)
    assert sessions.still_device(visitor) is None
    assert not is_kiosk(browser)


def test_a_display_is_no_kiosk(door: LocalApp) -> None:
    display = door.paired(DeviceKind.DISPLAY)
    assert display.get("/kiosk").headers["location"] == "/pair?next=/kiosk"
    assert display.post_json("/kiosk/tickets", service="A01").status_code == 401


@pytest.mark.parametrize(
    ("name", "status"), [("lan", 200), ("minh", 200), ("ada", 200), ("thu", 303)]
)
def test_who_runs_the_hall_may_stand_in_for_a_kiosk(door: LocalApp, name: str, status: int) -> None:
    assert door.signed_in(name).get("/kiosk").status_code == status


def test_a_device_of_another_branch_does_not_exist(door: LocalApp) -> None:
    theirs = add(door, branch="harbour")
    sessions = door.services.sessions
    assert door.run(devices.new_pairing_code, sessions, "riverside", theirs.id) is None
    assert revoke(door, theirs) is False
    assert door.run(devices.list_devices, sessions, "riverside") == []
    assert door.stranger().post("/pair", code=code_for(door, theirs, "harbour")).status_code == 303


def test_the_page_says_what_the_device_is_already(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    page = kiosk.get("/pair").text
    assert "This device is already paired as kiosk 1." in page
    assert 'href="/kiosk"' in page
