"""A service that is changed, added or taken by another door than the kiosk: what protects the
customer is asked there too, and the same rules follow."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from httpx2 import Response

from lobby.queueing.commands.counter import CallNext, OpenCounter, StartServing
from lobby.queueing.commands.ticket import ChangePriority, TakeTicket
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import Intake
from lobby.queueing.model.priority import Priority
from lobby.screens.service_change import AskedQuestions
from tests.app.app import LocalApp
from tests.kiosk.rule_house import fired

ALL = ("A01", "A02", "A04", "B02", "B06")

Change = Callable[..., Response]


@pytest.fixture
def house(house: LocalApp) -> LocalApp:
    """A001 waits for cash and is nobody the rules know anything of."""
    house.perform(TakeTicket("A01", "vi", "secret-of-the-waiter"))
    return house


def seat(house: LocalApp) -> None:
    house.perform(OpenCounter("1", house.id_of("thu"), ALL))
    house.perform(CallNext("1"))
    house.perform(StartServing("1", "A001"))


def by_phone(house: LocalApp, **fields: str) -> Response:
    return house.stranger().post("/t/secret-of-the-waiter/service?language=en", **fields)


def by_tablet(house: LocalApp, **fields: str) -> Response:
    return house.post("lan", "/floor/waiting/A001/service?language=en", **fields)


def by_transfer(house: LocalApp, **fields: str) -> Response:
    return _at_counter(house, "transfers", {"to_service": fields.pop("service"), **fields})


def by_addition(house: LocalApp, **fields: str) -> Response:
    return _at_counter(house, "services", fields)


def _at_counter(house: LocalApp, act: str, fields: dict[str, str]) -> Response:
    if house.hall.tickets["A001"].counter is None:
        seat(house)
    fields = {"counter": "1", "number": "A001", **fields}
    return house.post("thu", f"/counter/{act}", **fields)


def new_at_tablet(house: LocalApp, **fields: str) -> Response:
    return house.post("lan", "/floor/tickets", **fields)


DOORS = (by_phone, by_tablet, by_transfer, by_addition)
IN_LINE = (by_phone, by_tablet, by_transfer)


def risks(house: LocalApp) -> list[tuple[str, str | None]]:
    calls = (call for call in house.hall.help_calls if call.kind is HelpKind.RISK)
    return [(call.place, call.ticket) for call in calls]


@pytest.mark.parametrize("change", DOORS)
def test_it_changes_nothing_while_the_receiver_is_not_known(
    house: LocalApp, change: Change
) -> None:
    change(house, service="A04")
    ticket = house.ticket("A001")
    assert (ticket.service, ticket.services_done, risks(house)) == ("A01", (), [])


@pytest.mark.parametrize(("change", "who"), [(by_phone, None), (by_tablet, "lan")])
def test_it_asks_on_a_page_what_the_kiosk_asks(
    house: LocalApp, change: Change, who: str | None
) -> None:
    location = change(house, service="A04").headers["location"]
    reader = house.signed_in(who) if who else house.stranger()
    page = reader.get(location).text
    assert page.count('name="receiver" value="') == 4
    assert 'value="asked"' in page


def test_it_asks_at_the_counter_below_the_choice(house: LocalApp) -> None:
    seat(house)
    page = house.get("thu", "/counter?language=en").text
    assert page.count("Who will receive the money?") == 2  # to send on, and to add
    assert page.count('name="A04.receiver"') == 2
    answer = house.ask("thu", "/counter/transfers", counter="1", number="A001", to_service="A04")
    assert (answer.status_code, answer.json()["refusal"]) == (409, "AnswerMissing")


@pytest.mark.parametrize("change", DOORS)
@pytest.mark.parametrize("said", ["asked", "unknown"])
def test_it_calls_a_colleague_who_knows_what_was_answered(
    house: LocalApp, change: Change, said: str
) -> None:
    change(house, service="A04", receiver=said)
    ticket = house.ticket("A001")
    assert "A04" in (ticket.service, *ticket.services_done)
    assert ticket.answered.answers == (("receiver", said),)
    place = "phone" if change in (by_phone, by_tablet) else "counter/1"
    assert risks(house) == [(place, "A001")]
    house.post("lan", "/floor/duty", state="on_duty")
    (call,) = house.hall.help_calls
    card = house.get("lan", f"/floor/risks/{call.id}?language=en").text
    assert "Transfer or remittance" in card
    assert ("I was asked by phone or chat" if said == "asked" else "have not met") in card
    assert fired(house, "R01")


@pytest.mark.parametrize("change", DOORS)
def test_it_calls_nobody_where_the_receiver_is_known(house: LocalApp, change: Change) -> None:
    change(house, service="A04", receiver="known")
    ticket = house.ticket("A001")
    assert "A04" in (ticket.service, *ticket.services_done)
    assert (ticket.answered.answers, risks(house)) == ((("receiver", "known"),), [])


@pytest.mark.parametrize("change", DOORS)
def test_what_is_no_answer_is_refused(house: LocalApp, change: Change) -> None:
    for answers in ({"receiver": "duke"}, {"receiver": "known", "amount": "exact_500"}):
        change(house, service="A04", **answers)
        ticket = house.ticket("A001")
        assert (ticket.service, ticket.services_done) == ("A01", ())


def test_a_refusal_is_a_clear_sentence(house: LocalApp) -> None:
    refused = "Please answer the question about this service first. Nothing was changed."
    assert refused in by_phone(house, service="A04", receiver="duke").text
    answer = house.ask("lan", "/floor/waiting/A001/service", service="A04", receiver="duke")
    assert (answer.status_code, answer.json()["refusal"]) == (409, "AnswerMissing")


@pytest.mark.parametrize("change", DOORS)
def test_who_wants_help_and_is_in_a_hurry_is_looked_after(house: LocalApp, change: Change) -> None:
    house.perform(ChangePriority("A001", Priority.ASSISTANCE))
    change(house, service="A04", receiver="known")
    assert house.ticket("A001").service == "A01"
    answers = {"receiver": "known", "amount": "more", "urgent": "yes"}
    change(house, service="A04", **answers)
    assert [number for _, number in risks(house)] == ["A001"]
    assert fired(house, "R02")


def test_an_early_withdrawal_asks_no_more_than_the_rules_need(house: LocalApp) -> None:
    assert by_phone(house, service="B06").status_code == 303
    assert house.ticket("A001").service == "B06"


@pytest.mark.parametrize("change", IN_LINE)
def test_a_lost_card_is_urgent_and_no_longer_when_it_was_found(
    house: LocalApp, change: Change
) -> None:
    change(house, service="B02")
    ticket = house.ticket("A001")
    assert (ticket.service, ticket.priority) == ("B02", Priority.URGENT)
    assert fired(house, "R03")
    by_tablet(house, service="A02")
    assert house.ticket("A001").priority is Priority.REGULAR


@pytest.mark.parametrize("before", [Priority.PREMIUM, Priority.ASSISTANCE, Priority.URGENT])
def test_the_class_that_a_colleague_set_comes_back(house: LocalApp, before: Priority) -> None:
    house.perform(ChangePriority("A001", before))
    by_phone(house, service="B02")
    assert house.ticket("A001").priority is Priority.URGENT
    by_phone(house, service="A02")
    assert house.ticket("A001").priority is before


def test_a_class_that_a_colleague_sets_meanwhile_stays(house: LocalApp) -> None:
    by_phone(house, service="B02")
    house.post("lan", "/floor/waiting/A001/priorities", priority="urgent")
    by_phone(house, service="A02")
    assert house.ticket("A001").priority is Priority.URGENT


def test_what_the_kiosk_made_urgent_is_as_usual_for_another_service(house: LocalApp) -> None:
    advised = Intake(rule="R03", reasons=("URGENT",), help_wanted=True)
    lost = TakeTicket("B02", "en", "secret-b", intake=advised, priority=Priority.URGENT)
    house.perform(lost)
    house.stranger().post("/t/secret-b/service", service="A02")
    assert house.ticket("B001").priority is Priority.ASSISTANCE


def test_a_lost_card_stays_urgent_with_another_teller(house: LocalApp) -> None:
    by_phone(house, service="B02")
    seat(house)
    house.perform(OpenCounter("2", house.id_of("lan"), ALL))
    house.post("thu", "/counter/transfers", counter="1", number="A001", to="counter:2")
    assert house.ticket("A001").priority is Priority.URGENT


def test_a_new_number_at_the_tablet_asks_as_well(house: LocalApp) -> None:
    fields = {"service": "A04", "customer_language": "vi", "priority": "regular"}
    location = house.post("lan", "/floor/tickets", **fields).headers["location"]
    page = house.get("lan", location).text
    assert "A002" not in house.hall.tickets
    assert 'name="customer_language" value="vi"' in page
    house.post("lan", "/floor/tickets", **fields, receiver="asked")
    ticket = house.ticket("A002")
    assert (ticket.language, ticket.intake.rule) == ("vi", "R01")
    assert risks(house) == [("phone", "A002")]
    assert house.post("lan", "/floor/tickets", service="B02").status_code == 303
    assert house.ticket("B001").priority is Priority.URGENT


def test_a_terminal_works_out_its_questions_once_for_a_day(house: LocalApp) -> None:
    """It is drawn with each change of the hall; another catalogue or day is another matter."""
    kept, catalogue = AskedQuestions(), house.services.catalogues["riverside"]
    day = house.riverside.plan.business_day(house.clock.now())
    first = kept.about(catalogue, day, helped=False)
    assert first["A04"]
    assert kept.about(catalogue, day, helped=False) is first
    assert [*kept.about(catalogue, day, helped=True)] != [*first]
    assert kept.about(replace(catalogue, services={}), day, helped=False) == {}
    assert kept.about(None, day, helped=False) == {}
    assert kept.about(catalogue, day, helped=False) == first
