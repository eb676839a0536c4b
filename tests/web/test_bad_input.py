"""Input that no page of ours sends: a plain refusal, with every header, and nothing is kept."""

import re
from typing import Any

import pytest
from starlette.routing import Route

from lobby.main import all_routes
from lobby.settings import Settings
from lobby.store import devices as rows
from lobby.store.devices import DeviceKind
from lobby.store.tables_people import PAIRINGS
from lobby.web import devices
from tests.app.app import LocalApp

BEYOND_ANY_ID = 2**63
HEADERS = {"content-security-policy", "x-content-type-options", "referrer-policy", "x-request-id"}


def is_refused(answer: Any) -> bool:
    """A status of the sender's fault, and no header missing."""
    return 400 <= answer.status_code < 500 and set(answer.headers) >= HEADERS


@pytest.mark.parametrize("referer", ["http://[", "http://[::1", "//[", "http://a]b", "\x7f"])
def test_it_answers_a_request_that_says_nonsense_of_where_it_came_from(
    door: LocalApp, referer: str
) -> None:
    answer = door.stranger().request("GET", "/nowhere", headers={"referer": referer})
    assert answer.status_code == 404
    assert is_refused(answer)


@pytest.mark.parametrize("place", ["//[", "/\\[", "//evil.example", "http://["])
def test_it_leads_nobody_on_to_an_address_that_is_none(door: LocalApp, place: str) -> None:
    answer = door.signed_in("minh").post("/language", language="vi", next=place)
    assert answer.headers["location"] == "/"


def paths_with_an_id() -> list[tuple[str, str]]:
    found = []
    for route in all_routes(Settings()):
        if isinstance(route, Route) and "int}" in route.path_format + route.path:
            path = re.sub(r"\{\w+:int\}", str(BEYOND_ANY_ID), route.path)
            found += [(path, method) for method in sorted(route.methods or ())]
    return found


def test_it_has_addresses_with_an_id() -> None:
    assert len(paths_with_an_id()) > 10


@pytest.mark.parametrize(("path", "method"), paths_with_an_id())
def test_it_knows_nothing_under_an_id_larger_than_any(
    door: LocalApp, path: str, method: str
) -> None:
    person = door.signed_in("minh")
    assert is_refused(person.request(method, path, data={"key": "k"} if method == "POST" else None))


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:59", "1999-01-01T10:00", "soon"])
def test_it_keeps_no_lost_item_of_an_impossible_day(door: LocalApp, at: str) -> None:
    fields = {"direction": "found", "kind": "card", "place": "hall", "keeper": "Safe", "at": at}
    answer = door.signed_in("minh").post("/floor/lost-items", **fields)
    assert is_refused(answer)


def test_it_leads_a_machine_that_opens_the_start_page_to_where_it_reports(door: LocalApp) -> None:
    machine = door.paired(DeviceKind.MACHINE, machine="M1")
    answer = machine.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/api/v1/devices/M1")


def test_it_makes_no_code_for_a_device_that_was_revoked(door: LocalApp) -> None:
    sessions = door.services.sessions
    door.paired(DeviceKind.KIOSK)
    [entry] = door.run(devices.list_devices, sessions, "riverside")
    assert door.run(devices.revoke_device, sessions, "riverside", entry.device.id)
    minh = door.signed_in("minh")
    for address in (f"/floor/devices/{entry.device.id}/codes", f"/floor/devices/{entry.device.id}"):
        assert is_refused(minh.post(address, name="Entrance"))
    codes = door.services.store.read_now(lambda connection: connection.execute(PAIRINGS.select()))
    waiting = [row for row in codes if row.used_at is None]
    assert waiting == []


def test_a_code_that_was_made_before_the_device_was_revoked_opens_nothing(door: LocalApp) -> None:
    sessions = door.services.sessions
    door.paired(DeviceKind.KIOSK)
    [entry] = door.run(devices.list_devices, sessions, "riverside")
    given = door.run(devices.new_pairing_code, sessions, "riverside", entry.device.id)
    door.run(devices.revoke_device, sessions, "riverside", entry.device.id)
    assert door.stranger().post("/pair", code=given.code).status_code == 422
    [known] = door.services.store.read_now(
        lambda connection: rows.devices_of_branch(connection, "riverside")
    )
    assert known.revoked_at is not None


@pytest.mark.parametrize("day", ["10000-01-01", "2026-02-30", "20260302", "2026-3-2"])
def test_it_has_no_report_of_a_day_that_cannot_be(door: LocalApp, day: str) -> None:
    assert is_refused(door.signed_in("minh").get(f"/reports/days/{day}"))


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_it_says_that_nobody_came_on_the_first_and_the_last_day_there_can_be(
    door: LocalApp, day: str
) -> None:
    answer = door.signed_in("minh").get(f"/reports/days/{day}")
    assert answer.status_code == 200 and set(answer.headers) >= HEADERS
