"""What annoys people in other systems, and what their users complain of, does not happen here."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lobby.queueing.commands.counter import CloseCounter, OpenCounter
from lobby.queueing.commands.ticket import CancelTicket
from lobby.queueing.model.ticket import TicketState
from tests.app.app import LocalApp
from tests.app.server import ServedApp
from tests.counter.desk import called, missed, served
from tests.counter.keyboard import expect_customer, press

NOBODY = "Nobody is waiting for this counter."


@pytest.fixture
def other(office: ServedApp, chromium: Browser) -> Iterator[Page]:
    """Wei's terminal at counter 2, for the same services as Thu's."""
    office.perform(CloseCounter("2"))
    office.perform(OpenCounter("2", office.id_of("wei"), ("A01", "A02", "B01")))
    with chromium.new_context(locale="en") as context:
        office.sign_in(context, "wei")
        page = context.new_page()
        page.goto(f"{office.address}/counter")
        expect(page.locator("body")).to_have_attribute("data-live", "fresh")
        yield page


def test_it_gives_two_tellers_who_press_together_two_customers(
    office: ServedApp, terminal: Page, other: Page
) -> None:
    numbers = {office.take(), office.take()}
    for page in (terminal, other):
        expect(page.locator(".waiting-mine")).to_contain_text("2")
    terminal.wait_for_timeout(350)
    terminal.keyboard.press("n")
    other.keyboard.press("n")
    expect_customer(terminal, "Called")
    expect_customer(other, "Called")
    assert {office.hall.counters[counter].ticket for counter in "12"} == numbers


def test_it_gives_the_last_customer_to_one_teller_and_tells_the_other(
    office: ServedApp, terminal: Page, other: Page
) -> None:
    number = office.take()
    for page in (terminal, other):
        expect(page.locator(".waiting-mine")).to_contain_text("1")
    terminal.wait_for_timeout(350)
    terminal.keyboard.press("n")
    other.keyboard.press("n")
    expect_customer(terminal, "Called")
    expect_customer(other, "Nobody at your counter")
    expect(other.locator("[data-notice]")).to_have_text(NOBODY)
    assert office.hall.counters["1"].ticket == number


def test_it_calls_one_customer_when_the_button_is_clicked_twice(
    office: ServedApp, terminal: Page
) -> None:
    first, second = office.take(), office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("2")
    terminal.get_by_role("button", name="Call next").dblclick()
    expect_customer(terminal, "Called")
    terminal.wait_for_timeout(500)
    assert office.ticket(first).state is TicketState.CALLED
    assert office.ticket(second).state is TicketState.WAITING


def test_it_does_not_skip_a_step_when_the_place_is_clicked_twice(
    office: ServedApp, terminal: Page
) -> None:
    """Where "call next" was there is "start" a moment later: the second click is not meant."""
    number = office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("1")
    box = terminal.get_by_role("button", name="Call next").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    terminal.mouse.click(x, y)
    terminal.wait_for_timeout(120)
    terminal.mouse.click(x, y)
    expect_customer(terminal, "Called")
    terminal.wait_for_timeout(500)
    assert office.ticket(number).state is TicketState.CALLED


def test_it_counts_exactly_whom_the_counter_can_call(at_counter: LocalApp) -> None:
    """Nobody is promised by a number whom the next key does not bring."""
    for service in ("A01", "F01", "A02", "F01", "B01"):
        at_counter.take(service)
    html = at_counter.get("thu", "/counter").text
    assert 'For this counter <strong class="number">3</strong>' in html
    for _ in range(3):
        number = served_next(at_counter)
        at_counter.post("thu", "/counter/finishes", counter="1", number=number)
    assert at_counter.ask("thu", "/counter/calls", counter="1").json()["sentence"] == NOBODY
    html = at_counter.get("thu", "/counter").text
    assert 'For this counter <strong class="number">0</strong>' in html


def served_next(door: LocalApp) -> str:
    answer = door.ask("thu", "/counter/calls", counter="1")
    number = str(answer.json()["tickets"][0])
    door.post("thu", "/counter/servings", counter="1", number=number)
    return number


def test_it_counts_only_who_waits(at_counter: LocalApp) -> None:
    """Neither who is served, nor who has gone, is on hold or missed the call."""
    missed(at_counter)
    held = served(at_counter)
    fields = {"number": held, "reason": "Fetching papers", "minutes": "5"}
    at_counter.post("thu", "/counter/holds", counter="1", **fields)
    done = served(at_counter)
    at_counter.post("thu", "/counter/finishes", counter="1", number=done)
    gone = at_counter.take()
    at_counter.perform(CancelTicket(gone))
    at_counter.take()
    html = at_counter.get("thu", "/counter").text
    assert 'For this counter <strong class="number">1</strong>' in html


def test_it_lets_a_skipped_customer_come_back_behind_two_others(at_counter: LocalApp) -> None:
    number = missed(at_counter)
    for _ in range(3):
        at_counter.take()
    at_counter.post("thu", "/counter/returns", number=number, after="absence")
    order = []
    for _ in range(4):
        order.append(served_next(at_counter))
        at_counter.post("thu", "/counter/finishes", counter="1", number=order[-1])
    assert order.index(number) == 2


def test_it_keeps_two_tellers_off_one_desk_and_says_who_sits_there(at_counter: LocalApp) -> None:
    assert "Thu" in at_counter.get("wei", "/counter").text
    answer = at_counter.ask("wei", "/counter/openings", counter="1", service="A01")
    assert answer.json()["sentence"] == "A colleague is already at counter 1."
    assert at_counter.hall.counters["1"].teller == at_counter.id_of("thu")


def test_it_keeps_one_teller_off_two_desks(at_counter: LocalApp) -> None:
    answer = at_counter.ask("thu", "/counter/openings", counter="2", service="A01")
    assert answer.json()["sentence"] == ("You are already at counter 1. Please close it first.")


def test_it_keeps_two_customers_off_one_teller(at_counter: LocalApp) -> None:
    number = called(at_counter)
    waiting = at_counter.take()
    answer = at_counter.ask("thu", "/counter/calls", counter="1")
    assert answer.json()["sentence"] == (f"Ticket {number} is still here. Please finish it first.")
    assert at_counter.ticket(waiting).state is TicketState.WAITING


def test_it_explains_an_order_that_was_not_expected(at_counter: LocalApp) -> None:
    """Somebody called by hand goes before others; the card says so, and how many."""
    at_counter.take()
    chosen = at_counter.take()
    fields = {"number": chosen, "reason": "Quick question"}
    at_counter.post("thu", "/counter/calls", counter="1", **fields)
    html = at_counter.get("thu", "/counter").text
    assert "chosen by hand (Quick question)" in html
    assert "goes before one who came earlier" in html


def test_it_moves_one_ticket_and_no_other(at_counter: LocalApp) -> None:
    others = [at_counter.take("F01") for _ in range(3)]
    before = [at_counter.ticket(number) for number in others]
    number = served(at_counter)
    at_counter.post("thu", "/counter/finishes", counter="1", number=number)
    assert [at_counter.ticket(number) for number in others] == before


def test_it_ranks_no_teller_anywhere(at_counter: LocalApp) -> None:
    number = served(at_counter)
    at_counter.clock.advance(600)
    at_counter.post("thu", "/counter/finishes", counter="1", number=number)
    at_counter.post("wei", "/counter/openings", counter="2", service="A01")
    day = at_counter.get("wei", "/counter/day").text
    assert "Thu" not in day and "10 min" not in day


def test_it_takes_back_a_slip_of_the_finger(office: ServedApp, terminal: Page) -> None:
    number = office.take()
    for key, words in (("n", "Called"), ("s", "Being served"), ("f", "Nobody")):
        press(terminal, key)
        expect_customer(terminal, words)
    press(terminal, "u")
    expect_customer(terminal, "Being served")
    assert office.ticket(number).state is TicketState.SERVING
