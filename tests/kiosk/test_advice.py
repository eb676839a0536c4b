"""Advice over HTTP: what each kind says, and what a tap on it does, once."""

import re
from dataclasses import replace

import pytest
from msgspec import structs

from lobby.machines import MachineState
from lobby.queueing.commands.counter import CallNext, Finish, StartServing
from lobby.queueing.commands.floor import ReportMachine
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp, Person

TAKE = "/kiosk/tickets"
SMALL = {"service": "A01", "amount": "up_to_5000", "credential": "card"}


@pytest.fixture
def kiosk(counsel: LocalApp) -> Person:
    return counsel.paired(DeviceKind.KIOSK)


def ask(kiosk: Person, **answers: str) -> str:
    page = kiosk.get("/kiosk/advice?" + "&".join(f"{k}={v}" for k, v in answers.items()))
    assert page.status_code == 200
    return page.text


def newest(door: LocalApp, letter: str = "A") -> Ticket:
    return [t for n, t in door.riverside.hall.tickets.items() if n.startswith(letter)][-1]


def test_it_shows_machine_and_counter_with_time_fee_papers_and_place(kiosk: Person) -> None:
    page = ask(kiosk, **SMALL)
    assert "You can do this at the machine or at the counter." in page
    assert page.index('value="machine"') < page.index('value="counter"'), "suggested first"
    for words in ("about 3 min", "about 15 to", "Machine 1: Left of the entrance"):
        assert words in page
    assert "Bank card or passbook" in page
    assert 'value="machine_with_help"' in page


def test_it_marks_the_lowest_fee(kiosk: Person) -> None:
    page = ask(kiosk, service="A04", receiver="known", amount="up_to_5000")
    page = re.sub(r' data-text="[^"]*"', "", page)
    assert "¥10" in page
    assert page.count("Lowest fee") == 1
    assert page.index("On my phone") < page.index("Lowest fee")


def test_it_says_once_that_it_is_free(kiosk: Person) -> None:
    page = ask(kiosk, **SMALL, language="zh")
    fees = re.findall(r'fact--fee">(.*?)</span>\n', page)
    assert [re.sub(r"<[^>]*>", "", fee).strip() for fee in fees] == [
        "本行卡免费，他行卡可能收费",
        "免费",
        *fees[2:],
    ]
    assert "收费：" not in page


def test_it_does_not_mention_machines_where_nothing_speaks_for_one(kiosk: Person) -> None:
    page = ask(kiosk, service="A01", amount="more")
    assert 'value="machine"' not in page
    assert "Take a number" in page
    for words in ("about 15 to", "Please have ready", "What happens next", "Show your card"):
        assert words in page


def test_it_says_no_more_than_a_notice_where_the_dial_says_so(counsel: LocalApp) -> None:
    branch = counsel.riverside
    branch.hall = structs.replace(branch.hall, plan=replace(branch.plan, dial="inform"))
    page = ask(counsel.paired(DeviceKind.KIOSK), **SMALL)
    assert "The machine can do this, too." in page
    assert 'value="machine"' not in page


def test_it_gives_a_slip_for_the_machine_and_says_where(counsel: LocalApp, kiosk: Person) -> None:
    answer = kiosk.post(TAKE, **SMALL, choice="machine")
    assert answer.headers["location"] == "/kiosk/tickets/S001"
    ticket = newest(counsel, "S")
    assert ticket.state is TicketState.AT_MACHINE
    assert ticket.intake.offered and ticket.intake.eligible
    assert ticket.intake.answers == (("amount", "up_to_5000"), ("credential", "card"))
    page = kiosk.get("/kiosk/tickets/S001").text
    assert "Machine 1: Left of the entrance" in page
    assert "Back to the counter" in page
    assert "people before you" not in page


def test_it_leads_back_from_the_machine_at_the_old_place(counsel: LocalApp, kiosk: Person) -> None:
    kiosk.post(TAKE, **SMALL, choice="machine")
    returns = "/kiosk/tickets/S001/returns"
    assert kiosk.get(returns).status_code == 405
    assert counsel.stranger().post(returns).status_code == 401
    assert kiosk.post(returns, key=None).status_code == 400
    assert kiosk.post("/kiosk/tickets/S999/returns").status_code == 404
    for _tap in range(2):
        answer = kiosk.post(returns, key="tap")
        assert answer.headers["location"] == "/kiosk/tickets/S001"
    ticket = newest(counsel, "S")
    assert (ticket.state, ticket.place.at) == (TicketState.WAITING, ticket.taken_at)
    assert kiosk.post(returns).status_code == 409
    assert "people before you" in kiosk.get("/kiosk/tickets/S001").text


def test_it_takes_the_counter_for_an_answer(counsel: LocalApp, kiosk: Person) -> None:
    assert kiosk.post(TAKE, **SMALL, choice="counter").status_code == 303
    ticket = newest(counsel)
    assert (ticket.state, ticket.service) == (TicketState.WAITING, "A01")
    assert ticket.intake.rule == "R22"
    assert ticket.intake.rule_set.startswith("demo-2026.1/")


def test_it_stores_what_was_said_of_every_form(counsel: LocalApp, kiosk: Person) -> None:
    kiosk.post(TAKE, service="A01", amount="more")
    intake = newest(counsel).intake
    assert (intake.rule, intake.exclusion) == ("R15", "OVER_LIMIT")
    kiosk.post_json(TAKE, service="A01", language="en")
    assert newest(counsel).intake.rule == "", "a program that names only a service is not advised"


def test_it_sends_a_colleague_along_to_the_machine(counsel: LocalApp, kiosk: Person) -> None:
    kiosk.post(TAKE, **SMALL, choice="machine_with_help")
    (call,) = counsel.riverside.hall.help_calls
    assert (call.kind, call.ticket) == (HelpKind.ARRIVAL, "S001")
    assert newest(counsel, "S").intake.help_wanted


def test_it_lets_the_lobby_know_of_who_would_like_help(counsel: LocalApp, kiosk: Person) -> None:
    page = ask(kiosk, service="A02", help="yes", preference="counter")
    assert "Take a number" in page
    kiosk.post(TAKE, service="A02", help="yes", preference="counter", choice="counter")
    (call,) = counsel.riverside.hall.help_calls
    assert (call.kind, call.ticket) == (HelpKind.ARRIVAL, newest(counsel).number)


def test_it_brings_a_person_where_a_transfer_is_at_risk(counsel: LocalApp, kiosk: Person) -> None:
    risky = {"service": "A04", "receiver": "asked"}
    assert "Our staff will check with you that this is safe." in ask(kiosk, **risky)
    answer = kiosk.post(TAKE, **risky, choice="colleague")
    assert answer.headers["location"].startswith("/kiosk/help")
    hall = counsel.riverside.hall
    (call,) = hall.help_calls
    assert (call.kind, call.place, call.ticket) == (HelpKind.RISK, "kiosk 1", None)
    assert len(hall.tickets) == 6, "no number, nothing on any display"


def test_it_brings_a_person_also_to_who_prefers_the_counter_at_risk(
    counsel: LocalApp, kiosk: Person
) -> None:
    kiosk.post(TAKE, service="A04", receiver="asked", choice="counter")
    (call,) = counsel.riverside.hall.help_calls
    assert (call.kind, call.ticket) == (HelpKind.RISK, newest(counsel).number)


@pytest.mark.parametrize(
    ("service", "kind"),
    [
        ("H01", HelpKind.COMPLAINT),
        ("H02", HelpKind.HELP),
        ("H03", HelpKind.LOST_ITEM),
        ("H04", HelpKind.HOME_SERVICE),
    ],
)
def test_it_calls_the_right_person_where_nobody_queues(
    counsel: LocalApp, kiosk: Person, service: str, kind: HelpKind
) -> None:
    assert 'value="colleague"' in ask(kiosk, service=service)
    for _tap in range(2):
        assert kiosk.post(TAKE, key="tap", service=service, choice="colleague").status_code == 303
    assert [call.kind for call in counsel.riverside.hall.help_calls] == [kind]


def test_it_says_how_to_block_a_lost_card_at_once(kiosk: Person) -> None:
    assert "Block your card now by phone: 400-000-0002." in ask(kiosk, service="B02")


def test_it_is_never_a_dead_end_without_a_counter(counsel: LocalApp) -> None:
    kiosk = counsel.paired(DeviceKind.KIOSK)
    counsel.clock.advance(seconds=7 * 3600 + 1800)  # half an hour before closing
    page = ask(kiosk, service="W01")
    assert 'name="choice"' in page


def test_it_shows_the_way_by_phone_with_a_person_beside_it(kiosk: Person) -> None:
    transfer = "service=A04&receiver=known&amount=up_to_5000"
    page = kiosk.get(f"/kiosk/advice/phone?{transfer}")
    assert page.status_code == 200
    for words in (
        "On my phone",
        "Free in our app",
        'value="counter"',
        "Our staff can show you how.",
    ):
        assert words in page.text
    assert kiosk.get(f"/kiosk/advice/moon?{transfer}").status_code == 409
    assert kiosk.get("/kiosk/advice/phone?service=A01&amount=more").status_code == 409


def test_it_gives_no_half_ticket_for_a_choice_that_is_gone(
    counsel: LocalApp, kiosk: Person
) -> None:
    for machine in ("atm-1", "crs-2"):
        counsel.perform(ReportMachine(machine, MachineState.DOWN))
    page = kiosk.post(TAKE, **SMALL, choice="machine")
    assert page.status_code == 409
    assert "This is no longer available. Please choose again." in page.text
    assert kiosk.post_json(TAKE, **SMALL, choice="machine").status_code == 409
    assert kiosk.post(TAKE, **SMALL, choice="rocket").status_code == 409
    assert kiosk.post(TAKE, service="A01", choice="counter").status_code == 409, "not all answered"
    assert kiosk.post(TAKE, service="A01", amount="9", choice="counter").status_code == 409
    assert len(counsel.riverside.hall.tickets) == 6
    assert counsel.riverside.hall.help_calls == ()


def test_it_repeats_the_first_answer_even_when_the_advice_has_changed(
    counsel: LocalApp, kiosk: Person
) -> None:
    first = kiosk.post(TAKE, key="tap", **SMALL, choice="machine")
    for machine in ("atm-1", "crs-2"):
        counsel.perform(ReportMachine(machine, MachineState.DOWN))
    again = kiosk.post(TAKE, key="tap", **SMALL, choice="machine")
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    other = kiosk.post(TAKE, key="tap", **SMALL, choice="counter")
    assert other.status_code == 422, "the same key for something else"
    assert len(counsel.riverside.hall.tickets) == 7


def test_it_mentions_no_machine_while_a_counter_is_free(counsel: LocalApp, kiosk: Person) -> None:
    hall = counsel.riverside.hall
    for number in list(hall.tickets):
        if hall.tickets[number].state is TicketState.WAITING:
            counsel.perform(StartServing("1", counsel.riverside.hall.counters["1"].ticket or ""))
            counsel.perform(Finish("1", counsel.riverside.hall.counters["1"].ticket or ""))
            counsel.perform(CallNext("1"))
    counsel.perform(StartServing("1", counsel.riverside.hall.counters["1"].ticket or ""))
    counsel.perform(Finish("1", counsel.riverside.hall.counters["1"].ticket or ""))
    page = ask(kiosk, **SMALL)
    assert "A counter is free. Please go ahead." in page
    assert 'value="machine"' not in page
