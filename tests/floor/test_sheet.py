"""One ticket in the hand: what is known of the visit, and the acts on it."""

import pytest

from lobby.queueing.commands.command import OpenDay
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import TicketState
from tests.app.app import LocalApp
from tests.floor.test_hall import text

SHEET = "/floor/waiting/A004"


def test_it_tells_all_that_is_known_of_the_visit(busy: LocalApp) -> None:
    busy.clock.advance(12 * 60)
    said = text(busy.get("lan", SHEET).text)
    assert "A\u200a004 Cash withdrawal waiting" in said
    assert "Promise 12 / 20 min soon too long" in said
    assert "People before the customer 0" in said
    assert "/floor/care/A004" in busy.get("lan", SHEET).text
    assert "/floor/diversions/A004" in busy.get("lan", SHEET).text


def test_it_changes_the_priority_once(busy: LocalApp) -> None:
    path = f"{SHEET}/priorities"
    for _ in "ab":
        answer = busy.post("lan", path, priority="assistance", key="once")
        assert (answer.status_code, answer.headers["location"]) == (303, SHEET)
    assert busy.ticket("A004").priority is Priority.ASSISTANCE
    assert 'value="assistance" aria-pressed="true"' in busy.get("lan", SHEET).text
    assert busy.post("lan", path, priority="vip").status_code == 400


def test_it_cancels_after_asking_and_only_while_it_can(busy: LocalApp) -> None:
    assert "Yes, cancel it" in busy.get("lan", SHEET).text
    for _ in "ab":
        answer = busy.post("lan", f"{SHEET}/cancellations", key="once")
        assert (answer.status_code, answer.headers["location"]) == (303, "/floor/waiting")
    assert busy.ticket("A004").state is TicketState.CANCELLED
    assert "Yes, cancel it" not in busy.get("lan", SHEET).text
    assert busy.ask("lan", f"{SHEET}/cancellations").json()["refusal"] == "WrongState"


@pytest.mark.parametrize("act", ["priorities", "cancellations"])
@pytest.mark.parametrize(("person", "status"), [("nobody", 401), ("display", 401), ("thu", 403)])
def test_it_takes_no_act_from_others(busy: LocalApp, act: str, person: str, status: int) -> None:
    answer = busy.ask(person, f"{SHEET}/{act}", priority="premium")
    assert answer.status_code == status
    assert busy.get("lan", f"{SHEET}/{act}").status_code == 405
    assert busy.ticket("A004").state is TicketState.WAITING


def test_it_knows_the_tickets_of_its_branch_only(busy: LocalApp) -> None:
    assert busy.get("hoa", SHEET).status_code == 404
    assert busy.get("lan", "/floor/waiting/Z999").status_code == 404
    answer = busy.ask("hoa", f"{SHEET}/cancellations")
    assert answer.json()["refusal"] == "UnknownTicket"


def test_it_tells_where_a_ticket_is_that_waits_no_longer(busy: LocalApp) -> None:
    said = text(busy.get("lan", "/floor/waiting/A003").text)
    assert "being served · Counter 1" in said
    assert "Promise" not in said


def test_it_says_so_when_the_ticket_is_of_another_day(busy: LocalApp) -> None:
    headers = busy.known("lan").headers
    with busy.client.websocket_connect(f"{SHEET}/live", headers=headers) as socket:
        busy.clock.advance(24 * 3600)
        busy.perform(OpenDay())
        said = ""
        while "This ticket is not from today." not in said:
            frame = socket.receive_json()
            said = frame.get("regions", {}).get("sheet", said)
    assert "This ticket is not from today." in said
