"""Who may look after the hall, and who may not."""

import pytest
from starlette.websockets import WebSocketDisconnect

from lobby.floor.regions import REGIONS
from tests.office import FrontDoor

PAGES = (
    "/floor",
    "/floor/machines",
    "/floor/tickets",
    "/floor/tickets/A001",
    "/floor/devices",
)
ACTS = (
    "/floor/returns",
    "/floor/tickets",
    "/floor/devices",
    "/floor/devices/1/codes",
    "/floor/devices/1/revocations",
    "/floor/calls/1/answers",
    "/floor/calls/1/outcomes",
    "/floor/machines/atm-1/reports",
    "/floor/offers",
    "/floor/offers/answers",
    "/floor/slips/confirmations",
    "/floor/slips/returns",
)


@pytest.mark.parametrize("person", ["lan", "minh"])
@pytest.mark.parametrize("path", PAGES)
def test_it_is_open_to_who_looks_after_the_hall(busy: FrontDoor, path: str, person: str) -> None:
    assert busy.get(person, path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("person", "status"), [("nobody", 303), ("display", 303), ("thu", 403), ("ada", 403)]
)
def test_it_is_closed_to_others(busy: FrontDoor, path: str, person: str, status: int) -> None:
    assert busy.get(person, path).status_code == status


@pytest.mark.parametrize("path", ACTS)
@pytest.mark.parametrize(("person", "status"), [("nobody", 401), ("kiosk", 401), ("thu", 403)])
def test_it_takes_no_act_from_others(busy: FrontDoor, path: str, person: str, status: int) -> None:
    before = busy.hall.version
    answer = busy.ask(person, path, number="A001", service="A01", kind="kiosk", name="Mine")
    assert answer.status_code == status
    assert busy.hall.version == before


@pytest.mark.parametrize("path", sorted(set(ACTS) - set(PAGES)))
def test_it_changes_nothing_when_it_is_only_looked_at(busy: FrontDoor, path: str) -> None:
    assert busy.get("lan", path).status_code == 405


def test_it_shows_another_branch_nothing_of_this_one(busy: FrontDoor) -> None:
    html = busy.get("hoa", "/floor").text
    assert "Harbour Branch" in html
    assert all(word not in html for word in ("Riverside", "Thu", "A\u200a00"))
    answer = busy.ask("hoa", "/floor/returns", number="A001", after="absence")
    assert answer.json()["refusal"] == "UnknownTicket"


@pytest.mark.parametrize("person", ["nobody", "display", "thu"])
def test_it_opens_no_socket_for_others(busy: FrontDoor, person: str) -> None:
    headers = busy.headers_of(person)
    socket = busy.client.websocket_connect("/floor/live", headers=headers)
    with pytest.raises(WebSocketDisconnect), socket:
        pytest.fail("the socket has opened")


def test_it_keeps_the_hall_true_over_a_socket(busy: FrontDoor) -> None:
    headers = busy.headers_of("lan")
    with busy.client.websocket_connect("/floor/live", headers=headers) as socket:
        frame = socket.receive_json()
        while frame["frame"] != "regions":
            frame = socket.receive_json()
    assert frame["regions"].keys() == set(REGIONS)
    assert "Wei" in frame["regions"]["counters"]
