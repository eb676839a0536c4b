"""A teller's whole morning without a mouse: every act has a key, and no key is ever lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.ticket import TicketState
from tests.app.app import people_and_devices
from tests.app.server import ServedApp, serve_app
from tests.counter.keyboard import expect_customer, has_focus_somewhere, press


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path, people_and_devices) as office:
        yield office


def sit_down(page: Page) -> None:
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "counter":
            break
    page.keyboard.press("Space")
    press(page, "o")
    expect(page.get_by_role("heading", name="Counter 1")).to_be_visible()


def open_panel(page: Page, key: str, first: str) -> None:
    """And see that the hands are in it before going on."""
    press(page, key)
    expect(page.locator(f"details[open] {first}:focus")).to_be_visible()


def test_a_morning_passes_by_keyboard_alone(office: ServedApp, page: Page) -> None:
    office.sign_in(page.context, "thu")
    page.goto(f"{office.address}/counter")
    expect(page.locator("body")).to_have_attribute("data-live", "fresh")
    sit_down(page)
    an_ordinary_customer(office, page)
    one_who_comes_late(office, page)
    one_who_takes_longer(office, page)
    one_who_cannot_wait(office, page)
    a_break_is_planned_and_dropped(office, page)
    the_counter_pauses(office, page)
    looks_back_on_the_day(page)
    press(page, "x")
    expect(page.get_by_role("heading", name="Which counter are you at?")).to_be_visible()
    assert not office.hall.counters["1"].is_open


def an_ordinary_customer(office: ServedApp, page: Page) -> None:
    number = office.take()
    expect(page.locator(".waiting-mine")).to_contain_text("1")
    for key, words in (("n", "Called"), ("s", "Being served"), ("f", "Nobody at your counter")):
        press(page, key)
        expect_customer(page, words)
        assert has_focus_somewhere(page)
    assert office.ticket(number).state is TicketState.FINISHED


def one_who_comes_late(office: ServedApp, page: Page) -> None:
    """Called, called again, given up, brought back and served."""
    number = office.take()
    press(page, "n")
    expect_customer(page, "Called")
    press(page, "a")
    expect(page.locator("[data-notice]")).to_contain_text("once more first")
    press(page, "r")
    expect(page.locator(".customer-state")).to_contain_text("2 times")
    office.clock.advance(office.hall.plan.counter_policy.grace_s)
    press(page, "a")
    expect_customer(page, "Nobody at your counter")
    open_panel(page, "b", "button")
    press(page, "1")
    expect(page.locator(".waiting-mine")).to_contain_text("1")
    for key, words in (("n", "Called"), ("s", "Being served"), ("f", "Nobody at your counter")):
        press(page, key)
        expect_customer(page, words)
    assert office.ticket(number).returns == 1


def one_who_takes_longer(office: ServedApp, page: Page) -> None:
    """Interrupted, given one more service, held, called back, sent away by mistake, finished."""
    number = office.take()
    press(page, "n")
    expect_customer(page, "Called")
    press(page, "s")
    expect_customer(page, "Being served")
    press(page, "p")
    expect_customer(page, "Service on pause")
    press(page, "p")
    expect_customer(page, "Being served")
    open_panel(page, "d", "select")
    page.keyboard.type("Open")
    page.keyboard.press("Tab")
    press(page, "Enter")
    expect(page.get_by_text("In this visit")).to_be_visible()
    open_panel(page, "h", "button")
    press(page, "1")
    expect(page.locator("#region-beside")).to_contain_text("10 min left")
    open_panel(page, "b", "button")
    press(page, "1")
    expect(page.locator(".waiting-mine")).to_contain_text("1")
    press(page, "n")
    expect_customer(page, "Called")
    open_panel(page, "t", "select")
    page.keyboard.type("Foreign")
    press(page, "Tab")
    for _ in range(3):
        page.keyboard.press("Tab")
    press(page, "Enter")
    expect_customer(page, "Nobody at your counter")
    press(page, "u")
    expect_customer(page, "Called")
    press(page, "s")
    expect_customer(page, "Being served")
    press(page, "f")
    expect_customer(page, "Nobody at your counter")
    assert set(office.ticket(number).services_done) == {"A01", "B01"}


def one_who_cannot_wait(office: ServedApp, page: Page) -> None:
    """Chosen out of turn, with a colleague who approves and one who looks after a risk."""
    first, second = office.take(), office.take()
    expect(page.locator(".waiting-mine")).to_contain_text("2")
    open_panel(page, "c", "input[type=radio]")
    page.keyboard.press("ArrowDown")
    press(page, "1")
    expect_customer(page, "Called")
    assert office.ticket(second).state is TicketState.CALLED
    press(page, "s")
    expect_customer(page, "Being served")
    open_panel(page, "g", "button")
    press(page, "2")
    expect(page.locator("#region-beside")).to_contain_text("Approve something here")
    open_panel(page, "w", "button")
    press(page, "2")
    expect(page.locator("#region-beside")).to_contain_text("Risk alert")
    kinds = {call.kind for call in office.hall.help_calls}
    assert kinds == {HelpKind.AUTHORISATION, HelpKind.RISK}
    press(page, "f")
    expect_customer(page, "Nobody at your counter")
    for key, words in (("n", "Called"), ("s", "Being served"), ("f", "Nobody at your counter")):
        press(page, key)
        expect_customer(page, words)
    assert office.ticket(first).state is TicketState.FINISHED


def a_break_is_planned_and_dropped(office: ServedApp, page: Page) -> None:
    open_panel(page, "l", "input[type=time]")
    page.keyboard.type("1210PM")
    press(page, "Enter")
    expect(page.locator("#region-beside")).to_contain_text("Break planned 12:10")
    open_panel(page, "l", "input[type=time]")
    page.keyboard.press("Shift+Tab")
    press(page, "Enter")
    expect(page.locator("#region-beside")).not_to_contain_text("Break planned")
    session = office.hall.counters["1"].session
    assert session and session.planned_break is None


def the_counter_pauses(office: ServedApp, page: Page) -> None:
    open_panel(page, "p", "button")
    press(page, "2")
    expect_customer(page, "On pause")
    assert office.hall.counters["1"].is_paused
    press(page, "p")
    expect_customer(page, "Nobody at your counter")


def looks_back_on_the_day(page: Page) -> None:
    press(page, "m")
    expect(page.get_by_role("heading", name="My day")).to_be_visible()
    press(page, "m")
    expect(page.locator("body")).to_have_attribute("data-live", "fresh")
