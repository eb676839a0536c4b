"""What a customer may wish for from their own page, and what the page says of it afterwards."""

import pytest

from lobby.floor.core.places import place_words
from lobby.machines import MachineState
from lobby.queueing.commands.floor import AnswerHelp, CallColleague, EndHelp, ReportMachine
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import ConfirmedBy
from lobby.queueing.model.limits import HELP_CALLS_MAX
from lobby.queueing.model.ticket import TicketState
from tests.app.app import LocalApp
from tests.kiosk.own_hall import (
    BACK,
    DONE,
    HELP,
    LEAVE,
    MORE_TIME,
    SERVICE,
    SLIP,
    WAITER,
    fill,
    slip,
    waiter,
    wish,
    words,
)


@pytest.fixture
def hall(door: LocalApp) -> LocalApp:
    return fill(door)


def test_it_lets_the_customer_leave(hall: LocalApp) -> None:
    wish(hall, WAITER, LEAVE)
    assert waiter(hall).state is TicketState.CANCELLED
    page = words(hall, WAITER)
    assert "You have left the line" in page
    assert page.count("<form") == 1
    assert f'action="{WAITER}/stays?language=en"' in page


def test_it_lets_the_customer_leave_from_the_machine(hall: LocalApp) -> None:
    wish(hall, SLIP, LEAVE)
    assert slip(hall).state is TicketState.CANCELLED


def test_it_gives_more_time_behind_two_others(hall: LocalApp) -> None:
    wish(hall, WAITER, MORE_TIME)
    assert hall.riverside.hall.people_ahead(waiter(hall)) == 2
    page = words(hall, WAITER)
    assert "We moved your turn back as you asked." in page
    assert MORE_TIME not in page


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "已为您延后过一次，如需帮助请联系工作人员。"),
        ("vi", "Quý khách đã lùi lượt một lần."),
        ("en", "Your turn has been moved back once already."),
    ],
)
def test_it_gives_more_time_once(hall: LocalApp, language: str, sentence: str) -> None:
    wish(hall, WAITER, MORE_TIME)
    again = hall.stranger().post(f"{WAITER}/{MORE_TIME}?language={language}")
    assert again.status_code == 409
    assert sentence in again.text
    assert waiter(hall).postponements == 1


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("/t/secret-of-the-waiter", "The next two people go before you."),
        ("/t/secret-of-the-third", "The next person goes before you."),
        ("/t/secret-of-the-fourth", "Nobody is waiting behind you yet."),
    ],
)
def test_it_says_first_what_more_time_means(hall: LocalApp, page: str, sentence: str) -> None:
    seen = words(hall, page)
    assert sentence in seen
    assert (MORE_TIME in seen) is ("Nobody" not in sentence)


def test_it_changes_what_the_customer_came_for(hall: LocalApp) -> None:
    place = waiter(hall).place
    assert wish(hall, WAITER, SERVICE, service="F01").status_code == 303
    after = waiter(hall)
    assert (after.number, after.service, after.place) == ("A001", "F01", place)
    assert '<p class="standing__service">Foreign exchange</p>' in words(hall, WAITER)


def test_it_offers_every_other_service_in_the_customers_language(hall: LocalApp) -> None:
    page = words(hall, WAITER, "vi")
    assert '<option value="A02">Nộp tiền mặt</option>' in page
    assert '<option value="A01">' not in page


def test_it_changes_nothing_for_the_service_one_has(hall: LocalApp) -> None:
    version = hall.riverside.hall.version
    assert wish(hall, WAITER, SERVICE, service="A01").status_code == 303
    assert hall.riverside.hall.version == version


@pytest.mark.parametrize("service", ["", "Z99", "a02", "<b>"])
def test_it_knows_no_other_service(hall: LocalApp, service: str) -> None:
    answer = wish(hall, WAITER, SERVICE, service=service)
    assert answer.status_code == 409
    assert "This service is not offered here." in answer.text
    assert "<b>" not in answer.text
    assert waiter(hall).service == "A01"


@pytest.mark.parametrize(
    ("language", "place"),
    [("zh", "靠窗处"), ("vi", "cạnh cửa sổ"), ("en", "by the window")],
)
def test_it_says_where_the_machine_is(hall: LocalApp, language: str, place: str) -> None:
    page = words(hall, SLIP, language)
    assert place in page
    assert f'action="{SLIP}/{DONE}?language={language}"' in page
    assert f'action="{SLIP}/{BACK}?language={language}"' in page
    assert MORE_TIME not in page


def test_it_says_that_the_machine_stopped_and_keeps_the_way_back(hall: LocalApp) -> None:
    hall.perform(ReportMachine("crs-2", MachineState.DOWN))
    page = words(hall, SLIP)
    assert "This machine is not working at the moment." in page
    assert f"{SLIP}/{BACK}" in page


def test_it_confirms_the_job_at_the_machine(hall: LocalApp) -> None:
    wish(hall, SLIP, DONE)
    done = slip(hall)
    assert done.state is TicketState.DONE_AT_MACHINE
    assert done.diversion is not None
    assert done.diversion.confirmed_by is ConfirmedBy.CUSTOMER
    page = words(hall, SLIP)
    assert "You are done at the machine." in page
    assert "<form" not in page


def test_it_keeps_the_place_of_who_comes_back_from_the_machine(hall: LocalApp) -> None:
    wish(hall, SLIP, BACK)
    assert slip(hall).state is TicketState.WAITING
    assert hall.riverside.hall.people_ahead(slip(hall)) == 1, "before those who came later"
    page = words(hall, SLIP)
    assert "You are back in line and have kept your place." in page
    assert "1 person before you" in page


def test_it_comes_back_from_the_machine_once(hall: LocalApp) -> None:
    wish(hall, SLIP, BACK)
    for late in (DONE, BACK):
        answer = wish(hall, SLIP, late)
        assert answer.status_code == 409
        assert "Ticket S001 is waiting now. Nothing was changed." in answer.text


@pytest.mark.parametrize(
    ("page", "number", "words_of_place"),
    [(WAITER, "A001", "Somewhere in the hall"), (SLIP, "S001", "Machine: ")],
)
def test_it_calls_a_colleague(hall: LocalApp, page: str, number: str, words_of_place: str) -> None:
    wish(hall, page, HELP)
    (call,) = hall.riverside.hall.help_calls
    assert (call.kind, call.ticket) == (HelpKind.HELP, number)
    assert place_words(hall.riverside.plan, call.place, "en").startswith(words_of_place)
    seen = words(hall, page)
    assert "Our staff know that you need help" in seen
    assert f"{page}/{HELP}" not in seen


def test_it_calls_one_colleague_however_often_one_asks(hall: LocalApp) -> None:
    for _tap in range(3):
        assert wish(hall, WAITER, HELP).status_code == 303
    assert len(hall.riverside.hall.help_calls) == 1


def test_it_says_that_a_colleague_is_on_the_way_and_never_who(hall: LocalApp) -> None:
    wish(hall, WAITER, HELP)
    (call,) = hall.riverside.hall.help_calls
    hall.perform(AnswerHelp(call.id, "Lan Secretive"))
    page = words(hall, WAITER)
    assert "Somebody is on the way to you" in page
    assert "Secretive" not in page
    hall.perform(EndHelp(call.id, "helped"))
    assert f"{WAITER}/{HELP}" in words(hall, WAITER), "one may call again"


def test_it_says_so_when_too_many_call(hall: LocalApp) -> None:
    for number in range(HELP_CALLS_MAX):
        hall.perform(CallColleague(HelpKind.HELP, f"seat {number}"))
    answer = wish(hall, WAITER, HELP)
    assert answer.status_code == 409
    assert "Please speak to any member of staff." in answer.text


def test_it_never_shows_a_call_about_a_risk(hall: LocalApp) -> None:
    hall.perform(CallColleague(HelpKind.RISK, "kiosk", "A001"))
    page = words(hall, WAITER)
    assert "A colleague is" not in page
    assert f"{WAITER}/{HELP}" in page
