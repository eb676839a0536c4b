"""The machine offered in the wait, by a person and once; and those who are on their way to one."""

from datetime import datetime

import pytest

from lobby.branch import Branch
from lobby.floor import regions
from lobby.queueing import commands as do
from lobby.queueing.intake import ConfirmedBy, Intake, OfferedBy
from lobby.queueing.machine import MachineState
from lobby.queueing.ticket import Ticket, TicketState
from lobby.store.visits import visits_of
from lobby.web.house import House
from tests.floor.test_hall import page, text
from tests.office import FrontDoor

ADVISED = Intake(rule="R22", rule_set="cn-1", eligible=True, offered=True)
HINT = "Offer the machine"


@pytest.fixture
def hinted(busy: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> FrontDoor:
    """The rules say that A004 may be offered the machine by the window."""

    def hint(_house: House, _branch: Branch, ticket: Ticket, _now: datetime) -> str | None:
        return "crs-2" if ticket.number == "A004" else None

    monkeypatch.setattr(regions, "second_offer", hint)
    return busy


def slip(door: FrontDoor) -> str:
    """Somebody who took up the kiosk's offer, before all who wait."""
    door.perform(do.TakeTicket("A01", "vi", "slip", intake=ADVISED, machine="crs-2"))
    return "S001"


def offer(door: FrontDoor, person: str = "lan") -> None:
    answer = door.post(person, "/floor/offers", number="A004", machine="crs-2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/floor")


def test_it_hints_where_the_rules_do_and_nowhere_else(hinted: FrontDoor) -> None:
    html = page(hinted)
    assert html.count(HINT) == 1
    assert html.index('id="waiting-A004"') < html.index(HINT) < html.index('id="waiting-F001"')
    assert "Cash and deposit machine · by the window" in text(html)


def test_it_hints_nothing_without_rules(busy: FrontDoor) -> None:
    busy.clock.advance(20 * 60)
    assert HINT not in page(busy)


def test_it_offers_and_hears_the_answer(hinted: FrontDoor) -> None:
    offer(hinted)
    html = page(hinted)
    assert HINT not in html
    assert "Offered: Cash and deposit machine · by the window" in text(html)
    assert all(answer in html for answer in ("Goes there", "Prefers to wait"))
    assert hinted.ticket("A004").state is TicketState.WAITING


def test_it_keeps_who_offered(hinted: FrontDoor) -> None:
    offer(hinted)
    day = hinted.hall.day
    assert day is not None
    visits = hinted.house.store.read_now(lambda c: visits_of(c, "riverside", day))
    visit = next(visit for visit in visits if visit.number == "A004")
    assert (visit.offered_by, visit.offered_staff) == (OfferedBy.STAFF, hinted.id_of("lan"))


@pytest.mark.parametrize(
    ("answer", "state"), [("accept", TicketState.AT_MACHINE), ("decline", TicketState.WAITING)]
)
def test_it_takes_the_customers_word_once(
    hinted: FrontDoor, answer: str, state: TicketState
) -> None:
    offer(hinted)
    fields = {"number": "A004", "answer": answer}
    for _ in "ab":
        assert hinted.post("lan", "/floor/offers/answers", key="once", **fields).status_code == 303
    assert hinted.ticket("A004").state is state
    again = hinted.ask("lan", "/floor/offers/answers", **fields)
    assert again.status_code == 409
    assert ('id="slip-A004"' in page(hinted)) == (answer == "accept")
    assert "Goes there" not in page(hinted)


def test_it_offers_only_once(hinted: FrontDoor) -> None:
    offer(hinted)
    hinted.post("lan", "/floor/offers/answers", number="A004", answer="decline")
    assert HINT not in page(hinted)
    answer = hinted.ask("minh", "/floor/offers", number="A004", machine="crs-2")
    assert answer.json()["refusal"] == "MachineOfferedBefore"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"number": "A004", "machine": "atm-1"}, "MachineNotWorking"),
        ({"number": "A004", "machine": "stm-9"}, "UnknownMachine"),
        ({"number": "A003", "machine": "crs-2"}, "WrongState"),
        ({"number": "Z999", "machine": "crs-2"}, "UnknownTicket"),
    ],
)
def test_it_offers_nothing_that_makes_no_sense(
    busy: FrontDoor, fields: dict[str, str], refusal: str
) -> None:
    busy.perform(do.ReportMachine("atm-1", MachineState.DOWN))
    answer = busy.ask("lan", "/floor/offers", **fields)
    assert (answer.status_code, answer.json()["refusal"]) == (409, refusal)


def test_it_hears_no_answer_but_yes_or_no(hinted: FrontDoor) -> None:
    offer(hinted)
    fields = {"number": "A004", "answer": "perhaps"}
    assert hinted.post("lan", "/floor/offers/answers", **fields).status_code == 400
    unasked = hinted.ask("lan", "/floor/offers/answers", number="F001", answer="accept")
    assert unasked.json()["refusal"] == "NoMachineOffered"


def test_it_lists_who_is_at_a_machine(busy: FrontDoor) -> None:
    slip(busy)
    busy.clock.advance(4 * 60)
    said = text(page(busy))
    assert (
        "S\u200a001 Cash withdrawal Cash and deposit machine · by the window · 4 min Done" in said
    )


def test_it_warns_where_their_machine_does_not_work(busy: FrontDoor) -> None:
    slip(busy)
    busy.perform(do.ReportMachine("crs-2", MachineState.DOWN))
    said = text(page(busy))
    assert "by the window · 0 min Out of order Done" in said


def test_it_believes_the_lobby_manager_that_a_job_is_done(busy: FrontDoor) -> None:
    slip(busy)
    for _ in "ab":
        answer = busy.post("lan", "/floor/slips/confirmations", number="S001", key="once")
        assert answer.status_code == 303
    ticket = busy.ticket("S001")
    assert ticket.state is TicketState.DONE_AT_MACHINE
    assert ticket.diversion is not None
    assert ticket.diversion.confirmed_by is ConfirmedBy.STAFF
    assert 'id="slip-S001"' not in page(busy)
    late = busy.ask("lan", "/floor/slips/returns", number="S001")
    assert (late.status_code, late.json()["refusal"]) == (409, "WrongState")


def test_it_brings_somebody_back_to_the_place_of_their_issue(door: FrontDoor) -> None:
    slip(door)
    door.clock.advance(10)
    later = door.take("A01")
    for _ in "ab":
        answer = door.post("lan", "/floor/slips/returns", number="S001", key="once")
        assert answer.status_code == 303
    back = door.ticket("S001")
    assert back.state is TicketState.WAITING
    assert door.hall.people_ahead(door.ticket(later)) == 1
    assert door.hall.people_ahead(back) == 0


@pytest.mark.parametrize("address", ["offers", "offers/answers", "slips/confirmations"])
def test_it_touches_no_ticket_of_another_branch(busy: FrontDoor, address: str) -> None:
    slip(busy)
    before = busy.hall.version
    fields = {"number": "S001", "machine": "crs-2", "answer": "accept"}
    answer = busy.ask("hoa", f"/floor/{address}", **fields)
    assert answer.json()["refusal"] == "UnknownTicket"
    assert busy.hall.version == before
