"""What holds beside every rule, M1 to M5, and the two rules that speak during the wait: each walked
from a screen to its ticket, its advice, the card or mark that staff see, and the report."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from lobby.machines import MachineState
from lobby.queueing.commands.floor import ReportMachine, SetDuty
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens import advice as screens
from lobby.store.devices import DeviceKind
from lobby.triage.hours import Hours, Span
from tests.app.app import LocalApp, Person
from tests.kiosk.rule_house import fired, furnish, newest
from tests.kiosk.rule_walks import SMALL

TAKE = "/kiosk/tickets"
REPORT = "/reports/days/2026-03-02"
HINT = "The machine would be quicker for this customer now."


@pytest.fixture
def busy(house: LocalApp) -> LocalApp:
    """Nine wait for the one counter, and a lobby manager walks the hall."""
    furnish(house, "busy")
    house.perform(SetDuty(house.id_of("lan"), DutyState.ON_DUTY))
    return house


@pytest.fixture
def kiosk(busy: LocalApp) -> Person:
    return busy.paired(DeviceKind.KIOSK)


def advised(kiosk: Person, **fields: str) -> str:
    asked = "&".join(f"{name}={value}" for name, value in fields.items())
    return kiosk.get(f"/kiosk/advice?language=en&{asked}").text


def taken(house: LocalApp, kiosk: Person, choice: str, **fields: str) -> Ticket:
    answer = kiosk.post(TAKE, language="en", choice=choice, **fields)
    assert answer.status_code == 303
    number = answer.headers["location"].partition("?")[0].rsplit("/", 1)[1]
    return house.ticket(number)


def cards(house: LocalApp, number: str) -> list[HelpKind]:
    return [call.kind for call in house.hall.help_calls if call.ticket == number]


def sheet(house: LocalApp, ticket: Ticket) -> str:
    return house.get("lan", f"/floor/waiting/{ticket.number}?language=en").text


def report(house: LocalApp) -> str:
    return house.get("minh", f"{REPORT}?language=en").text


def test_m1_help_gives_a_class_time_to_come_and_a_colleague(busy: LocalApp, kiosk: Person) -> None:
    said = {"service": "B07", "help": "yes"}
    assert "Our staff will look after you." in advised(kiosk, **said)
    ticket = taken(busy, kiosk, "counter", **said)
    assert (ticket.priority, ticket.intake.grace_s) == (Priority.ASSISTANCE, 180)
    assert ticket.longer_grace and CallMode.FETCH in ticket.call_modes
    assert cards(busy, ticket.number) == [HelpKind.ARRIVAL]
    assert "Would like help" in sheet(busy, ticket)
    assert fired(busy, "R11")
    assert "Would like help" in report(busy), "a class of its own in the report"


def test_m2_a_missing_paper_is_named_and_the_place_is_kept(busy: LocalApp, kiosk: Person) -> None:
    said = {"service": "B01", "own_id": "no", "preference": "counter"}
    page = advised(kiosk, **said)
    assert "We keep your place for 30 minutes while you fetch it." in page
    assert "ID card" in page
    ticket = taken(busy, kiosk, "counter", **said)
    assert ticket.state is TicketState.RESTING
    assert ticket.rests_until == ticket.taken_at + timedelta(minutes=30)
    assert "MISSING_DOCUMENT" in ticket.intake.reasons
    assert cards(busy, ticket.number) == [HelpKind.ARRIVAL], "somebody looks at the papers first"
    assert "Documents missing" in sheet(busy, ticket)
    assert fired(busy, ticket.intake.rule)


def test_m3_who_has_to_leave_is_told_so_and_staff_as_well(busy: LocalApp, kiosk: Person) -> None:
    said = {"service": "B07", "leaves": "within_15"}
    page = advised(kiosk, **said)
    assert "The wait may be longer than the time you have." in page
    assert 'value="booking"' in page
    ticket = taken(busy, kiosk, "counter", **said)
    assert "DEADLINE" in ticket.intake.reasons
    assert cards(busy, ticket.number) == [HelpKind.ARRIVAL]
    assert "I have to leave within 15 minutes" in sheet(busy, ticket)
    assert fired(busy, ticket.intake.rule)


def test_m3_a_wait_beyond_closing_is_told_as_well(busy: LocalApp, kiosk: Person) -> None:
    catalogue = busy.services.catalogues["riverside"]
    until = Hours.of(Span(time(8), time(9, 15)), None)
    early = replace(catalogue, hours={**catalogue.hours, "counters": until})
    busy.services.catalogues = {**busy.services.catalogues, "riverside": early}
    page = advised(kiosk, service="B07")
    assert "We may close before your turn." in page
    assert 'value="booking"' in page
    ticket = taken(busy, kiosk, "counter", service="B07")
    assert "CLOSING" in ticket.intake.reasons
    assert cards(busy, ticket.number) == [HelpKind.ARRIVAL]


@pytest.mark.parametrize(
    ("calling", "mode"), [("flash", CallMode.FLASH), ("fetch", CallMode.FETCH)]
)
def test_m4_how_somebody_is_called_stays_with_the_ticket(
    busy: LocalApp, kiosk: Person, calling: str, mode: CallMode
) -> None:
    ticket = taken(busy, kiosk, "counter", service="B07", calling=calling)
    assert mode in ticket.call_modes
    care = busy.get("lan", f"/floor/care/{ticket.number}?language=en").text
    assert f'value="{mode.value}" aria-pressed="true"' in care
    assert fired(busy, ticket.intake.rule)


def sent_back(house: LocalApp, kiosk: Person) -> Ticket:
    """To a machine by the kiosk's advice, and back to the counter."""
    ticket = taken(house, kiosk, "machine", service="A01", **SMALL)
    house.clock.advance(5 * 60)
    assert kiosk.post(f"/kiosk/tickets/{ticket.number}/returns").status_code == 303
    return house.ticket(ticket.number)


def test_m5_who_comes_back_from_a_machine_is_offered_none_again(
    busy: LocalApp, kiosk: Person
) -> None:
    back = sent_back(busy, kiosk)
    assert back.state is TicketState.WAITING
    busy.clock.advance(9 * 60)
    page = way(busy, back)
    assert HINT not in page and 'action="/floor/offers"' not in page


def test_r33_keeps_the_place_of_who_comes_back(busy: LocalApp, kiosk: Person) -> None:
    before = newest(busy, "A")
    back = sent_back(busy, kiosk)
    late = taken(busy, kiosk, "counter", service="A01", preference="counter")
    assert back.place.at == back.taken_at > before.taken_at - timedelta(seconds=1)
    assert busy.hall.people_ahead(back) < busy.hall.people_ahead(late)
    phone = busy.stranger().get(f"/t/{back.secret}?language=en").text
    assert "You are back in line and have kept your place." in phone
    advice = screens.advice_in_line(busy.services, busy.riverside, back, busy.clock.now())
    assert advice is not None and (advice.rule, advice.keeps_issue_time) == ("R33", True)
    assert fired(busy, "R33")


def test_r32_is_not_for_who_prefers_the_counter(busy: LocalApp, kiosk: Person) -> None:
    ticket = taken(busy, kiosk, "counter", service="A01", preference="counter")
    busy.clock.advance(9 * 60)
    now = busy.clock.now()
    assert screens.second_offer(busy.services, busy.riverside, ticket, now) is None
    assert HINT not in way(busy, ticket)


def way(house: LocalApp, ticket: Ticket) -> str:
    """The tablet's page of this customer and the machines."""
    return house.get("lan", f"/floor/diversions/{ticket.number}?language=en").text


def test_r32_is_a_hint_on_the_tablet_an_offer_by_a_person_and_counted(
    house: LocalApp,
) -> None:
    """At the door the machines were not quicker; now they are."""
    furnish(house, "crowded")
    house.perform(SetDuty(house.id_of("lan"), DutyState.ON_DUTY))
    kiosk = house.paired(DeviceKind.KIOSK)
    ticket = taken(house, kiosk, "counter", service="A01", **SMALL)
    assert ticket.intake.rule == "R21"
    house.clock.advance(9 * 60)
    for machine in house.hall.machines:
        house.perform(ReportMachine(machine, MachineState.UP, 0))
    house.settled()
    assert HINT in way(house, ticket)
    house.perform(SetDuty(house.id_of("lan"), DutyState.WITH_CUSTOMER))
    assert HINT not in way(house, ticket), "nobody has the time"
    house.perform(SetDuty(house.id_of("lan"), DutyState.ON_DUTY))
    machine = way(house, ticket).partition('name="machine" value="')[2].partition('"')[0]
    answer = house.post("lan", "/floor/offers", number=ticket.number, machine=machine)
    assert answer.status_code == 303
    accepted = {"number": ticket.number, "answer": "accept"}
    assert house.post("lan", "/floor/offers/answers", **accepted).status_code == 303
    assert house.ticket(ticket.number).state is TicketState.AT_MACHINE
    assert fired(house, "R32")
