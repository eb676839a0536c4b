"""A teller at work in a real browser: by keyboard alone, with a script and without."""

import pytest
from playwright.sync_api import Browser, Page, expect

from lobby.queueing.commands.ticket import CancelTicket
from lobby.queueing.model.ticket import TicketState
from tests.app.server import ServedApp
from tests.counter.keyboard import expect_customer, press

SCREENS = [(1366, 768), (1920, 1080)]
SMALL_TYPE = """[...document.querySelectorAll('body *')].filter(element =>
  element.checkVisibility() && parseFloat(getComputedStyle(element).fontSize) < 16
  && [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
).map(element => element.outerHTML)"""


def test_it_serves_a_whole_customer_with_three_keys(office: ServedApp, terminal: Page) -> None:
    number = office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("1")
    press(terminal, "n")
    expect_customer(terminal, "A\u200a001, Called")
    press(terminal, "s")
    expect_customer(terminal, "A\u200a001, Being served")
    press(terminal, "f")
    expect_customer(terminal, "Nobody at your counter")
    assert office.ticket(number).state is TicketState.FINISHED


def test_it_keeps_the_focus_on_the_next_act(office: ServedApp, terminal: Page) -> None:
    office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("1")
    for label in ("Call next", "Start", "Finish"):
        expect(terminal.locator(":focus")).to_contain_text(label)
        press(terminal, "Enter")
    expect_customer(terminal, "Nobody at your counter")


def test_it_transfers_and_takes_it_back_by_keys(office: ServedApp, terminal: Page) -> None:
    number = office.take()
    press(terminal, "n")
    expect_customer(terminal, "Called")
    press(terminal, "t")
    expect(terminal.locator("select:focus")).to_have_attribute("name", "to_service")
    terminal.keyboard.type("Open")
    terminal.keyboard.press("Tab")
    terminal.keyboard.press("Tab")
    terminal.keyboard.type("Has her passport")
    terminal.keyboard.press("Enter")
    expect_customer(terminal, "Nobody at your counter")
    assert (office.ticket(number).service, office.ticket(number).note) == (
        "B01",
        "Has her passport",
    )
    expect(terminal.get_by_text("A\u200a001 · transferred")).to_be_visible()
    press(terminal, "u")
    expect_customer(terminal, "A\u200a001, Called")
    assert office.ticket(number).service == "A01"


def test_it_leaves_a_half_typed_note_alone(office: ServedApp, terminal: Page) -> None:
    office.take()
    press(terminal, "n")
    expect_customer(terminal, "Called")
    press(terminal, "t")
    note = terminal.get_by_label("Note for your colleague")
    note.press_sequentially("Half a sen")
    office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("1")
    expect(note).to_have_value("Half a sen")
    expect(note).to_be_focused()
    terminal.keyboard.type("tence")
    expect(note).to_have_value("Half a sentence")


def test_it_forgets_a_note_with_the_customer_it_was_for(office: ServedApp, terminal: Page) -> None:
    first = office.take()
    press(terminal, "n")
    expect_customer(terminal, "Called")
    press(terminal, "t")
    terminal.get_by_label("Note for your colleague").fill("For the first one only")
    office.perform(CancelTicket(first))
    expect_customer(terminal, "Nobody at your counter")
    office.take()
    press(terminal, "n")
    expect_customer(terminal, "A\u200a002, Called")
    press(terminal, "t")
    expect(terminal.get_by_label("Note for your colleague")).to_have_value("")


def test_it_pauses_with_two_keys(office: ServedApp, terminal: Page) -> None:
    press(terminal, "p")
    expect(terminal.get_by_role("button", name="Lunch")).to_be_focused()
    press(terminal, "1")
    expect_customer(terminal, "On pause")
    assert office.hall.counters["1"].is_paused
    press(terminal, "p")
    expect_customer(terminal, "Nobody at your counter")


def test_it_lets_escape_close_a_panel(terminal: Page) -> None:
    press(terminal, "c")
    number = terminal.get_by_label("Or the number")
    number.focus()
    expect(terminal.get_by_role("button", name="Call next")).to_be_hidden()
    terminal.keyboard.press("Escape")
    expect(number).to_be_hidden()
    expect(terminal.get_by_role("button", name="Call next")).to_be_visible()
    expect(terminal.locator("#choose summary")).to_be_focused()


def test_it_gives_no_reason_that_nobody_gave(office: ServedApp, terminal: Page) -> None:
    number = office.take()
    press(terminal, "c")
    terminal.get_by_label("Or the number").fill(number)
    terminal.keyboard.press("Enter")
    expect(terminal.locator("[data-notice]")).to_have_text("Please give a reason.")
    assert office.ticket(number).state is TicketState.WAITING


def test_it_chooses_by_keys(office: ServedApp, terminal: Page) -> None:
    office.take()
    office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("2")
    press(terminal, "c")
    expect(terminal.locator("input[type=radio]:focus")).to_have_value("A001")
    terminal.keyboard.press("ArrowDown")
    press(terminal, "1")
    expect_customer(terminal, "A\u200a002, Called")


def test_it_brings_somebody_back_by_keys(office: ServedApp, terminal: Page) -> None:
    number = office.take()
    press(terminal, "n")
    expect_customer(terminal, "Called")
    press(terminal, "r")
    expect(terminal.locator(".customer-state")).to_contain_text("2 times")
    office.clock.advance(office.hall.plan.counter_policy.grace_s)
    press(terminal, "a")
    expect_customer(terminal, "Nobody at your counter")
    press(terminal, "b")
    press(terminal, "1")
    expect(terminal.locator(".waiting-mine")).to_contain_text("1")
    assert office.ticket(number).state is TicketState.WAITING


def test_it_opens_a_counter_for_one_pool(office: ServedApp, page: Page) -> None:
    office.sign_in(page.context, "lan")
    page.goto(f"{office.address}/counter")
    page.get_by_role("radio", name="3 free").check()
    page.locator("#group-1 [data-all]").uncheck()
    page.get_by_role("button", name="Open the counter").click()
    expect(page.get_by_text("Counter 3")).to_be_visible()
    assert office.hall.counters["3"].services == ("B01", "F01")


def test_it_works_without_a_script(office: ServedApp, chromium: Browser) -> None:
    number = office.take()
    with chromium.new_context(java_script_enabled=False, locale="en") as context:
        office.sign_in(context, "thu")
        page = context.new_page()
        page.goto(f"{office.address}/counter")
        page.get_by_role("button", name="Call next").click()
        expect_customer(page, "Called")
        page.locator("summary", has_text="Hold").click()
        page.get_by_role("button", name="Fetching papers").click()
        expect_customer(page, "Nobody at your counter")
    assert office.ticket(number).state is TicketState.ON_HOLD


@pytest.mark.parametrize(("width", "height"), SCREENS)
@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_it_fits_the_screen_in_type_that_tires_nobody(
    office: ServedApp, terminal: Page, width: int, height: int, language: str
) -> None:
    office.take(language=language)
    terminal.set_viewport_size({"width": width, "height": height})
    terminal.goto(f"{office.address}/counter?language={language}")
    for key in ("", "n", "t"):
        if key:
            press(terminal, key)
            terminal.wait_for_timeout(300)
        assert terminal.evaluate("document.documentElement.scrollWidth") <= width
        assert terminal.evaluate("document.documentElement.scrollHeight") <= height
        assert terminal.evaluate(SMALL_TYPE) == []
