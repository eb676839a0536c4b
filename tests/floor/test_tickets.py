"""A ticket taken for somebody else at the lobby manager's tablet."""

from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Channel, TicketState
from tests.app.app import LocalApp


def test_it_offers_every_service(door: LocalApp) -> None:
    html = door.get("lan", "/floor/tickets?language=vi").text
    assert all(f'value="{code}"' in html for code in ("A01", "A02", "A04", "B01", "F01"))
    assert "Rút tiền mặt" in html


def test_it_issues_a_ticket_in_the_customers_language(door: LocalApp) -> None:
    answer = door.post("lan", "/floor/tickets", service="B01", customer_language="vi")
    assert (answer.status_code, answer.headers["location"]) == (303, "/floor/tickets/B001")
    ticket = door.ticket("B001")
    assert (ticket.language, ticket.channel) == ("vi", Channel.FLOOR)


def test_it_keeps_what_a_colleague_knows_of_the_customer(door: LocalApp) -> None:
    door.post("lan", "/floor/tickets", service="B01", priority="premium")
    door.post("lan", "/floor/tickets", service="B01", priority="duke")
    priorities = [door.ticket(number).priority for number in ("B001", "B002")]
    assert priorities == [Priority.PREMIUM, Priority.REGULAR]


def test_it_leads_to_all_that_the_kiosk_can_do_and_back(door: LocalApp) -> None:
    assert 'href="/kiosk"' in door.get("lan", "/floor/tickets").text
    assert 'href="/floor"' in door.get("lan", "/kiosk").text
    taken = door.post("lan", "/kiosk/tickets", service="A01").headers["location"]
    assert 'href="/floor" data-key="1"' in door.get("lan", taken).text
    assert 'href="/floor"' not in door.get("kiosk", taken).text


def test_it_falls_back_to_the_branchs_language(door: LocalApp) -> None:
    door.post("lan", "/floor/tickets", service="A01", customer_language="fr")
    assert door.ticket("A001").language == "zh"


def test_it_shows_the_number_and_where_the_slip_is(door: LocalApp) -> None:
    door.take("A01")
    door.post("lan", "/floor/tickets", service="A01", customer_language="vi")
    html = door.get("lan", "/floor/tickets/A002").text
    assert "A\u200a002" in html
    assert "1 person before the customer" in html
    assert f"/t/{door.ticket('A002').secret}" in html
    assert "/kiosk/tickets/A002?language=vi" in html


def test_it_takes_a_repeated_tap_for_one(door: LocalApp) -> None:
    fields = {"service": "A01", "customer_language": "vi", "key": "once"}
    answers = [door.post("lan", "/floor/tickets", **fields) for _ in "ab"]
    assert {answer.headers["location"] for answer in answers} == {"/floor/tickets/A001"}
    assert len(door.hall.tickets) == 1


def test_it_refuses_a_service_that_is_not_offered(door: LocalApp) -> None:
    answer = door.ask("lan", "/floor/tickets", service="Z99")
    assert (answer.status_code, answer.json()["refusal"]) == (409, "UnknownService")


def test_it_knows_no_ticket_that_was_not_issued(door: LocalApp) -> None:
    assert door.get("lan", "/floor/tickets/A001").status_code == 404


def test_it_shows_no_ticket_of_another_branch(door: LocalApp) -> None:
    door.take("A01")
    assert door.ticket("A001").state is TicketState.WAITING
    assert door.get("hoa", "/floor/tickets/A001").status_code == 404
