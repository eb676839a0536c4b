"""Kept places on the tablet and at the counter: who is away until when, and who is back."""

import pytest

from lobby.queueing.commands.ticket import CancelTicket, Rest
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.ticket import TicketState
from tests.app.app import LocalApp
from tests.floor.test_hall import text

SHEET = "/floor/waiting/A004"


@pytest.mark.parametrize(("reason", "minutes"), [("later", 20), ("papers", 30)])
def test_staff_let_somebody_go_for_a_while(busy: LocalApp, reason: str, minutes: int) -> None:
    assert f": {minutes} min" in text(busy.get("lan", SHEET).text)
    for _ in "ab":
        answer = busy.post("lan", f"{SHEET}/rests", reason=reason, key="once")
        assert (answer.status_code, answer.headers["location"]) == (303, SHEET)
    rest = busy.ticket("A004").rests[-1]
    assert (rest.until - busy.clock.now()).total_seconds() == minutes * 60
    until = f"{busy.riverside.plan.local(rest.until):%H:%M}"
    assert f"until {until}" in text(busy.get("lan", SHEET).text)
    assert f"until {until}" in text(busy.get("lan", "/floor/waiting").text)


def test_staff_say_who_is_back(busy: LocalApp) -> None:
    busy.perform(Rest("A004", RestReason.LATER, 20))
    assert busy.post("lan", f"{SHEET}/returns", after="rest").status_code == 303
    assert busy.ticket("A004").state is TicketState.WAITING
    busy.perform(Rest("A004", RestReason.LATER, 20, by_staff=True))
    assert busy.post("lan", "/floor/returns", number="A004", after="rest").status_code == 303
    assert busy.ticket("A004").state is TicketState.WAITING


def test_staff_bring_back_who_left_by_mistake(busy: LocalApp) -> None:
    busy.perform(CancelTicket("A004"))
    assert "Is still here" in busy.get("lan", SHEET).text
    assert "Left the line" in busy.get("lan", "/floor/waiting").text
    busy.post("lan", "/floor/returns", number="A004", after="leave")
    assert busy.ticket("A004").state is TicketState.WAITING


def test_a_counter_calls_nobody_by_hand_who_is_away(busy: LocalApp) -> None:
    busy.perform(Rest("A004", RestReason.LATER, 20))
    wei = busy.known("wei")
    wei.post("/counter/resumptions", counter="2")
    refused = wei.ask("/counter/calls", counter="2", number="A004", reason="Needs help")
    assert refused.json()["refusal"] == "NotBackYet"
    assert "Is back" in wei.get("/counter").text
    assert wei.post("/counter/returns", number="A004", after="rest").status_code == 303
    assert busy.ticket("A004").state is TicketState.WAITING
