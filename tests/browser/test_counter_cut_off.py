"""A terminal that loses the network in the middle of an act: pressed again, it is still one act."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.commands.ticket import CancelTicket
from lobby.queueing.model.ticket import TicketState
from tests.app.app import people_and_devices
from tests.app.server import ServedApp, serve_app
from tests.counter.keyboard import expect_customer, press

SILENCE_MS = 12_000
"""Longer than a screen believes in what it last heard."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path, people_and_devices) as office:
        office.perform(OpenCounter("1", office.id_of("thu"), ("A01", "B01")))
        yield office


class Line:
    """The terminal's connection for live frames: it may fall silent without being closed."""

    def __init__(self, page: Page) -> None:
        self.is_silent = False
        page.route_web_socket("**/counter/live*", self._connect)

    def _connect(self, near: WebSocketRoute) -> None:
        far = near.connect_to_server()
        far.on_message(lambda frame: None if self.is_silent else near.send(frame))


@pytest.fixture
def line(page: Page) -> Line:
    return Line(page)


@pytest.fixture
def terminal(office: ServedApp, page: Page, line: Line) -> Page:
    office.sign_in(page.context, "thu")
    page.goto(f"{office.address}/counter")
    expect(page.locator("body")).to_have_attribute("data-live", "fresh")
    return page


def test_it_calls_one_customer_when_the_answer_is_lost(office: ServedApp, terminal: Page) -> None:
    """The request arrives, its answer does not; the page asks again with the same key."""
    first, second = office.take(), office.take()
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort("connectionreset")

    terminal.route("**/counter/calls", lose_the_first_answer)
    before = office.hall.version
    press(terminal, "n")
    expect_customer(terminal, "Called")
    terminal.wait_for_timeout(1_500)  # the page has asked again by now
    assert lost
    assert office.hall.version == before + 1
    assert office.ticket(first).state is TicketState.CALLED
    assert office.ticket(second).state is TicketState.WAITING


def test_it_says_so_when_nothing_gets_through_and_then_acts_once(
    office: ServedApp, terminal: Page
) -> None:
    number = office.take()
    terminal.route("**/counter/calls", lambda route: route.abort("internetdisconnected"))
    press(terminal, "n")
    expect(terminal.locator("[data-notice]")).to_have_text(
        "There was no answer. Nothing is lost: please try again.", timeout=15_000
    )
    assert office.ticket(number).state is TicketState.WAITING
    before = office.hall.version
    terminal.unroute("**/counter/calls")
    press(terminal, "n")
    expect_customer(terminal, "Called")
    expect(terminal.locator("[data-notice]")).to_be_hidden()
    assert office.hall.version == before + 1


def test_it_acts_once_though_it_never_heard_that_it_was_done(
    office: ServedApp, terminal: Page, line: Line
) -> None:
    """All answers are lost, and the live frames too: the teller sees nothing and presses again."""
    first, second = office.take(), office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("2")
    line.is_silent = True

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    terminal.route("**/counter/calls", lose_the_answer)
    before = office.hall.version
    press(terminal, "n")
    expect(terminal.locator("[data-notice]")).to_contain_text("There was no answer", timeout=15_000)
    terminal.unroute("**/counter/calls")
    line.is_silent = False
    press(terminal, "n")
    expect_customer(terminal, "Called")
    assert office.hall.version == before + 1
    assert office.ticket(first).state is TicketState.CALLED
    assert office.ticket(second).state is TicketState.WAITING


def test_it_admits_that_it_is_behind_and_shows_the_truth_when_it_is_back(
    office: ServedApp, terminal: Page, line: Line
) -> None:
    line.is_silent = True
    office.take()
    office.take()
    banner = terminal.locator("[data-stale-banner]")
    expect(banner).to_be_visible(timeout=SILENCE_MS)
    line.is_silent = False
    expect(terminal.locator(".waiting-mine")).to_contain_text("2", timeout=SILENCE_MS)
    expect(banner).to_be_hidden()


def test_it_leaves_others_in_peace_while_it_is_cut_off(
    office: ServedApp, chromium: Browser, terminal: Page, line: Line
) -> None:
    """What the hall does meanwhile is done; the terminal's late act is refused, not forced."""
    number = office.take()
    press(terminal, "n")
    expect_customer(terminal, "Called")
    line.is_silent = True
    office.perform(CancelTicket(number))
    press(terminal, "s")
    expect(terminal.locator("[data-notice]")).to_contain_text("no longer at this counter")
    assert office.ticket(number).state is TicketState.CANCELLED
