"""Who may look after the hall, and who may not."""

import pytest
from starlette.websockets import WebSocketDisconnect

from lobby.floor.now.views import REGIONS
from lobby.floor.tablet.frame import ALERT
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.model.help import HelpKind
from tests.app.app import LocalApp

PAGES = (
    "/floor",
    "/floor/waiting",
    "/floor/waiting/A004",
    "/floor/machines",
    "/floor/machines/faults",
    "/floor/help",
    "/floor/complaints",
    "/floor/more",
    "/floor/tickets",
    "/floor/tickets/A001",
)
DEVICES = "/floor/devices"
ACTS = (
    "/floor/returns",
    "/floor/tickets",
    "/floor/devices",
    "/floor/devices/1/codes",
    "/floor/devices/1/revocations",
    "/floor/cards/call-1/answers",
    "/floor/calls/1/answers",
    "/floor/calls/1/returns",
    "/floor/calls/1/outcomes",
    "/floor/help",
    "/floor/complaints",
    "/floor/machines/atm-1/reports",
    "/floor/offers",
    "/floor/offers/answers",
    "/floor/slips/confirmations",
    "/floor/slips/returns",
)
SOCKETS = (
    "/floor/live",
    "/floor/alert/live",
    "/floor/waiting/live",
    "/floor/waiting/A004/live",
    "/floor/machines/live",
    "/floor/duty/live",
)


@pytest.mark.parametrize("person", ["lan", "minh"])
@pytest.mark.parametrize("path", [*PAGES, DEVICES])
def test_it_is_open_to_who_looks_after_the_hall(busy: LocalApp, path: str, person: str) -> None:
    assert busy.get(person, path).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, DEVICES])
@pytest.mark.parametrize(
    ("person", "status"), [("nobody", 303), ("display", 303), ("thu", 403), ("ada", 403)]
)
def test_it_is_closed_to_others(busy: LocalApp, path: str, person: str, status: int) -> None:
    """But for the devices, which an administrator pairs: of the hall they are shown nothing."""
    if (person, path) == ("ada", DEVICES):
        page = busy.get(person, path)
        assert page.status_code == 200
        assert "A004" not in page.text
        return
    assert busy.get(person, path).status_code == status


@pytest.mark.parametrize("path", ACTS)
@pytest.mark.parametrize(("person", "status"), [("nobody", 401), ("kiosk", 401), ("thu", 403)])
def test_it_takes_no_act_from_others(busy: LocalApp, path: str, person: str, status: int) -> None:
    before = busy.hall.version
    answer = busy.ask(person, path, number="A001", service="A01", kind="kiosk", name="Mine")
    assert answer.status_code == status
    assert busy.hall.version == before


@pytest.mark.parametrize("path", sorted(set(ACTS) - {*PAGES, DEVICES}))
def test_it_changes_nothing_when_it_is_only_looked_at(busy: LocalApp, path: str) -> None:
    assert busy.get("lan", path).status_code == 405


def test_it_shows_another_branch_nothing_of_this_one(busy: LocalApp) -> None:
    html = busy.get("hoa", "/floor").text + busy.get("hoa", "/floor/waiting").text
    assert "Harbour Branch" in html
    assert all(word not in html for word in ("Riverside", "Thu", "A\u200a00"))
    answer = busy.ask("hoa", "/floor/returns", number="A001", after="absence")
    assert answer.json()["refusal"] == "UnknownTicket"


def test_it_lets_a_teller_on_duty_see_the_hall_and_leave_the_devices_alone(
    busy: LocalApp,
) -> None:
    busy.post("thu", "/floor/duty", state="on_duty")
    assert all(busy.get("thu", path).status_code == 200 for path in PAGES)
    assert busy.get("thu", DEVICES).status_code == 403
    assert DEVICES not in busy.get("thu", "/floor/more").text


@pytest.mark.parametrize("path", SOCKETS)
@pytest.mark.parametrize("person", ["nobody", "display", "thu"])
def test_it_opens_no_socket_for_others(busy: LocalApp, path: str, person: str) -> None:
    headers = busy.known(person).headers
    socket = busy.client.websocket_connect(path, headers=headers)
    with pytest.raises(WebSocketDisconnect), socket:
        pytest.fail("the socket has opened")


def regions_of(door: LocalApp, path: str) -> dict[str, str]:
    headers = door.known("lan").headers
    with door.client.websocket_connect(path, headers=headers) as socket:
        frame = socket.receive_json()
        while frame["frame"] != "regions":
            frame = socket.receive_json()
    regions: dict[str, str] = frame["regions"]
    return regions


def test_it_keeps_the_hall_true_over_a_socket(busy: LocalApp) -> None:
    assert regions_of(busy, "/floor/live").keys() == {ALERT, *REGIONS}
    assert "Wei" in regions_of(busy, "/floor/waiting/live")["counters"]


@pytest.mark.parametrize("path", SOCKETS)
def test_it_says_over_every_socket_who_needs_somebody(busy: LocalApp, path: str) -> None:
    busy.perform(CallColleague(HelpKind.HELP, "By the plant"))
    assert "By the plant" in regions_of(busy, path)[ALERT]
