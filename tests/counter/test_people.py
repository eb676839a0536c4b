"""Who may sit at a counter and act there, and who may not."""

import pytest
from starlette.websockets import WebSocketDisconnect

from counter.access import ROLES
from counter.routes import ACTS
from lobby.queueing.model.ticket import TicketState
from tests.app.app import LocalApp

PATHS = [f"/counter/{act.format(number='A001')}" for act in (*ACTS, "day/comments")]


@pytest.mark.parametrize("person", ["thu", "lan", "minh"])
def test_it_lets_whoever_serves_customers_in(door: LocalApp, person: str) -> None:
    assert door.get(person, "/counter").status_code == 200


def test_it_leads_a_stranger_to_the_sign_in(door: LocalApp) -> None:
    answer = door.get("nobody", "/counter")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/counter"


@pytest.mark.parametrize("device", ["display", "kiosk"])
def test_it_is_no_place_for_a_device(door: LocalApp, device: str) -> None:
    assert door.get(device, "/counter").status_code == 303


def test_it_is_no_place_for_an_administrator(door: LocalApp) -> None:
    assert door.get("ada", "/counter").status_code == 403


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("person", "status"), [("nobody", 401), ("display", 401), ("ada", 403)])
def test_it_takes_no_act_from_somebody_else(
    at_counter: LocalApp, path: str, person: str, status: int
) -> None:
    before = at_counter.hall.version
    assert at_counter.ask(person, path, counter="1", number="A001").status_code == status
    assert at_counter.hall.version == before


@pytest.mark.parametrize("path", PATHS)
def test_it_changes_nothing_when_it_is_only_looked_at(at_counter: LocalApp, path: str) -> None:
    before = at_counter.hall.version
    assert at_counter.get("thu", path).status_code == 405
    assert at_counter.hall.version == before


def test_it_gives_another_branchs_teller_nothing_of_this_one(at_counter: LocalApp) -> None:
    number = at_counter.take()
    page = at_counter.get("bao", "/counter").text
    assert "Harbour" in page
    assert "Thu" not in page and "Riverside" not in page
    answer = at_counter.ask("bao", "/counter/calls", counter="1")
    assert answer.status_code == 409
    assert at_counter.ticket(number).state is TicketState.WAITING


def test_it_lets_a_colleague_not_act_at_another_tellers_counter(at_counter: LocalApp) -> None:
    number = at_counter.take()
    answer = at_counter.ask("wei", "/counter/calls", counter="1")
    assert answer.json()["refusal"] == "CounterTaken"
    assert at_counter.ticket(number).state is TicketState.WAITING


@pytest.mark.parametrize("act", ["calls", "calls/A001/repeats", "servings", "holds", "transfers"])
def test_it_lets_a_colleague_not_act_there_by_naming_the_ticket(
    at_counter: LocalApp, act: str
) -> None:
    at_counter.take()
    if act != "calls":
        at_counter.post("thu", "/counter/calls", counter="1")
    before = at_counter.hall
    form = {"counter": "1", "number": "A001", "reason": "a form", "to_service": "B01"}
    assert at_counter.ask("wei", f"/counter/{act}", **form).json()["refusal"] == "CounterTaken"
    assert at_counter.hall == before


def test_it_refuses_acts_at_a_counter_that_nobody_opened(door: LocalApp) -> None:
    assert door.ask("thu", "/counter/calls", counter="2").json()["refusal"] == "CounterNotOpen"
    assert door.ask("thu", "/counter/calls", counter="99").json()["refusal"] == "UnknownCounter"


@pytest.mark.parametrize("person", ["nobody", "display", "ada"])
def test_it_opens_no_socket_for_somebody_else(door: LocalApp, person: str) -> None:
    headers = door.known(person).headers
    socket = door.client.websocket_connect("/counter/live", headers=headers)
    with pytest.raises(WebSocketDisconnect), socket:
        pytest.fail("the socket has opened")


def test_it_keeps_the_terminal_true_over_a_socket(at_counter: LocalApp) -> None:
    with at_counter.client.websocket_connect(
        "/counter/live", headers=at_counter.known("thu").headers
    ) as socket:
        frames = [socket.receive_json()]
        while frames[-1]["frame"] != "regions":
            frames.append(socket.receive_json())
    assert frames[-1]["regions"].keys() == {"customer", "acts", "beside", "waiting"}
    assert "Nobody at your counter" in frames[-1]["regions"]["customer"]


def test_it_is_made_for_the_people_who_serve() -> None:
    assert [role.value for role in ROLES] == ["teller", "lobby_manager", "branch_head"]
