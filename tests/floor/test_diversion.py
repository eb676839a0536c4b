"""The machine offered in the wait, by a person and once: hint, offer, answer, company, and back."""

import re
from dataclasses import replace

import pytest
from msgspec import structs

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.floor.diversion.words import DECLINED, RETURNED
from lobby.machines import MachineState
from lobby.queueing.commands.counter import CallChosen, OpenCounter
from lobby.queueing.commands.floor import ReportMachine
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.intake import ConfirmedBy, Diversion, Intake, OfferedBy
from lobby.queueing.model.ticket import TicketState
from lobby.scripts.format import lines_of
from lobby.scripts.situations import Situation
from lobby.scripts.starter_set import start_set
from lobby.store.visits import visits_of
from tests.app.app import LocalApp
from tests.floor.caring import read
from tests.floor.test_hall import text, waiting_page

ADVISED = Intake(
    rule="R22",
    rule_set="cn-1",
    eligible=True,
    offered=True,
    answers=(("amount", "up_to_5000"), ("credential", "card")),
)
NOT_OFFERED = structs.replace(ADVISED, rule="R20", offered=False)
"""A counter was free when this one came, so the kiosk did not speak of machines."""

CATALOGUE = read_catalogue(DEMO)
WAY = "/floor/diversions/A001"
NOT_NOW = "The rules suggest no machine for this ticket now"
HINT = "The machine would be quicker for this customer now."


@pytest.fixture
def advised(door: LocalApp) -> LocalApp:
    """Riverside with rules: A001 has been waiting eight minutes for a little cash, five others
    came after, and one counter is open."""
    machines = {
        own: replace(CATALOGUE.machines[demo], id=own)
        for own, demo in (("atm-1", "m1"), ("crs-2", "m2"))
    }
    door.services.catalogues = {"riverside": replace(CATALOGUE, machines=machines)}
    door.perform(OpenCounter("1", door.id_of("thu"), ("A01",)))
    door.perform(TakeTicket("A01", "vi", "secret", intake=NOT_OFFERED))
    for _ in range(6):
        door.take("A01")
    door.clock.advance(9 * 60)
    return door


def machine_hinted(door: LocalApp) -> str:
    found = re.search(r'name="machine" value="([^"]+)"', door.get("lan", WAY).text)
    assert found is not None
    return found[1]


def offer(door: LocalApp, number: str = "A001", **more: str) -> None:
    machine = machine_hinted(door) if number == "A001" else "crs-2"
    answer = door.post("lan", "/floor/offers", number=number, machine=machine, **more)
    assert answer.status_code == 303


def answer(door: LocalApp, said: str, **more: str) -> None:
    sent = {"number": "A001", "answer": said, **more}
    assert door.post("lan", "/floor/offers/answers", **sent).status_code == 303


def diversion(door: LocalApp, number: str = "A001") -> Diversion:
    found = door.ticket(number).diversion
    assert found is not None
    return found


def slip(door: LocalApp) -> str:
    """Somebody who took up the kiosk's offer, before all who wait."""
    door.perform(TakeTicket("A01", "vi", "slip", intake=ADVISED, machine="crs-2"))
    return "S001"


def test_it_hints_only_when_the_rules_pass_now(advised: LocalApp) -> None:
    assert HINT in read(advised, WAY)
    assert NOT_NOW in read(advised, "/floor/diversions/A002"), "nobody asked A002 anything"
    for machine in advised.hall.machines:
        advised.perform(ReportMachine(machine, MachineState.DOWN))
    assert NOT_NOW in read(advised, WAY)


def test_it_says_what_both_ways_would_mean(advised: LocalApp) -> None:
    for machine in advised.hall.machines:
        advised.perform(ReportMachine(machine, MachineState.UP, 1))
    said = read(advised, WAY)
    assert "1 person queueing there" in said
    assert "At the counter: " in said


def test_it_hints_nothing_to_who_has_just_come(advised: LocalApp) -> None:
    advised.perform(TakeTicket("A01", "vi", "late", intake=NOT_OFFERED))
    assert NOT_NOW in read(advised, "/floor/diversions/A008")


def test_it_hints_nothing_to_who_declined_at_the_kiosk(advised: LocalApp) -> None:
    advised.perform(TakeTicket("A01", "vi", "declined", intake=ADVISED))
    advised.clock.advance(9 * 60)
    said = read(advised, "/floor/diversions/A008")
    assert "The customer prefers to wait. Nobody asks again." in said
    assert HINT not in said


def test_it_hints_nothing_to_who_is_called(advised: LocalApp) -> None:
    advised.perform(CallChosen("1", "A001", "Needs help"))
    assert NOT_NOW in read(advised, WAY)


def test_it_gives_the_words_for_the_offer_in_the_customers_language(advised: LocalApp) -> None:
    spoken = start_set()[Situation.SMALL_CASH]
    html = advised.get("lan", WAY).text
    first = {language: html.index(lines_of(t)[0].text) for language, t in spoken.items()}
    assert min(first, key=lambda language: first[language]) == "vi"


def test_it_marks_them_in_the_list_of_those_who_wait(advised: LocalApp) -> None:
    assert waiting_page(advised).count("mark--hint") == 1
    offer(advised)
    assert "mark--hint" not in waiting_page(advised)


def test_it_offers_once_and_hears_the_answer(advised: LocalApp) -> None:
    offer(advised, back="way")
    said = read(advised, WAY)
    assert HINT not in said
    assert "Offered. What did the customer say?" in said
    again = advised.ask("minh", "/floor/offers", number="A001", machine="crs-2")
    assert again.json()["refusal"] == "MachineOfferedBefore"


def test_it_keeps_who_offered(advised: LocalApp) -> None:
    offer(advised)
    day = advised.hall.day
    assert day is not None
    visits = advised.services.store.read_now(lambda c: visits_of(c, "riverside", day))
    visit = next(visit for visit in visits if visit.number == "A001")
    assert (visit.offered_by, visit.offered_staff) == (OfferedBy.STAFF, advised.id_of("lan"))


def test_it_never_asks_again_who_prefers_to_wait(advised: LocalApp) -> None:
    offer(advised)
    for _ in "ab":
        answer(advised, "decline", reason=DECLINED[0], key="once")
    assert diversion(advised).reason == DECLINED[0]
    assert advised.ticket("A001").state is TicketState.WAITING
    advised.clock.advance(20 * 60)
    said = read(advised, WAY)
    assert f"The customer prefers to wait. Nobody asks again. {DECLINED[0]}" in said
    assert "I will offer it" not in said
    late = advised.ask("lan", "/floor/offers/answers", number="A001", answer="accept")
    assert late.status_code == 409


def test_it_notes_who_went_along_and_that_it_is_done(advised: LocalApp) -> None:
    offer(advised)
    answer(advised, "accept")
    assert advised.ticket("A001").state is TicketState.AT_MACHINE
    for _ in "ab":
        walk = advised.post("lan", "/floor/diversions/walks", number="A001", key="once")
        assert walk.status_code == 303
    assert diversion(advised).went_along_by == advised.id_of("lan")
    assert "Lan went with the customer" in read(advised, WAY, "minh")
    sent = {"number": "A001", "back": "way", "step": "confirm"}
    done = advised.post("lan", "/floor/slips/confirmations", **sent)
    assert done.headers["location"].partition("?")[0] == WAY
    assert "Done at the machine. Lan went with the customer" in read(advised, WAY)


def test_it_brings_back_with_a_reason_and_the_old_place(advised: LocalApp) -> None:
    offer(advised)
    answer(advised, "accept")
    for _ in "ab":
        sent = {"number": "A001", "reason": RETURNED[0], "key": "once"}
        assert advised.post("lan", "/floor/slips/returns", **sent).status_code == 303
    assert diversion(advised).reason == RETURNED[0]
    assert advised.hall.people_ahead(advised.ticket("A001")) == 0
    said = read(advised, WAY)
    assert f"Came back from the machine and keeps the original place. {RETURNED[0]}" in said
    assert "I will offer it" not in said


def test_it_warns_where_the_machine_has_stopped_meanwhile(advised: LocalApp) -> None:
    slip(advised)
    advised.perform(ReportMachine("crs-2", MachineState.DOWN))
    for said in (read(advised, "/floor/diversions/S001"), text(waiting_page(advised))):
        assert "Out of order" in said


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
    busy: LocalApp, fields: dict[str, str], refusal: str
) -> None:
    busy.perform(ReportMachine("atm-1", MachineState.DOWN))
    found = busy.ask("lan", "/floor/offers", **fields)
    assert (found.status_code, found.json()["refusal"]) == (409, refusal)


def test_it_hears_no_answer_but_yes_or_no(busy: LocalApp) -> None:
    offer(busy, "A004")
    fields = {"number": "A004", "answer": "perhaps"}
    assert busy.post("lan", "/floor/offers/answers", **fields).status_code == 400
    unasked = busy.ask("lan", "/floor/offers/answers", number="F001", answer="accept")
    assert unasked.json()["refusal"] == "NoMachineOffered"


def test_it_goes_along_with_nobody_who_stays(busy: LocalApp) -> None:
    found = busy.ask("lan", "/floor/diversions/walks", number="A004")
    assert (found.status_code, found.json()["refusal"]) == (409, "WrongState")


def test_it_lists_who_is_at_a_machine(busy: LocalApp) -> None:
    slip(busy)
    busy.clock.advance(4 * 60)
    said = text(waiting_page(busy))
    assert (
        "S\u200a001 Cash withdrawal Cash and deposit machine · by the window · 4 min Done" in said
    )


def test_it_believes_the_lobby_manager_that_a_job_is_done(busy: LocalApp) -> None:
    slip(busy)
    for _ in "ab":
        done = busy.post("lan", "/floor/slips/confirmations", number="S001", key="once")
        assert (done.status_code, done.headers["location"]) == (303, "/floor")
    assert busy.ticket("S001").state is TicketState.DONE_AT_MACHINE
    assert diversion(busy, "S001").confirmed_by is ConfirmedBy.STAFF
    assert 'id="slip-S001"' not in waiting_page(busy)
    late = busy.ask("lan", "/floor/slips/returns", number="S001")
    assert (late.status_code, late.json()["refusal"]) == (409, "WrongState")


@pytest.mark.parametrize(
    "address", ["offers", "offers/answers", "slips/confirmations", "slips/returns"]
)
def test_it_touches_no_ticket_of_another_branch(busy: LocalApp, address: str) -> None:
    slip(busy)
    before = busy.hall.version
    fields = {"number": "S001", "machine": "crs-2", "answer": "accept"}
    found = busy.ask("hoa", f"/floor/{address}", **fields)
    assert found.json()["refusal"] == "UnknownTicket"
    assert busy.hall.version == before
