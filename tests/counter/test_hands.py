"""Hands and ears of every kind: single keys, a finger on glass, a screen reader, no script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from lobby.queueing.commands.ticket import CancelTicket, TakeTicket
from lobby.queueing.model.ticket import TicketState
from tests.app.server import ServedApp
from tests.counter.keyboard import expect_customer, has_focus_somewhere, press
from tests.counter.test_axe import called, idle, serving

SMALLEST_PX = 48
TOO_SMALL = """least => [...document.querySelectorAll(
    'a[href], button, summary, select, label:has(input[type=radio], input[type=checkbox]), '
    + 'input:not([type=hidden], [type=radio], [type=checkbox]), textarea')]
  .filter(control => control.checkVisibility({ visibilityProperty: true }))
  .map(control => [control.outerHTML.slice(0, 120), control.getBoundingClientRect()])
  .filter(([, box]) => box.height < least - 0.5 || box.width < least - 0.5)
  .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
KEYS = "[...document.querySelectorAll('[data-key]')].filter(one => one.checkVisibility())" + (
    ".map(one => one.dataset.key.toLowerCase())"
)


@pytest.mark.parametrize("state", [idle, called, serving])
def test_it_gives_each_act_a_key_of_its_own(
    office: ServedApp, terminal: Page, state: object
) -> None:
    assert callable(state)
    state(office)
    terminal.reload()
    keys = terminal.evaluate(KEYS)
    assert len(keys) > 5
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 1 for key in keys), "no modifier, so nothing of the browser's own"


def test_it_tells_a_screen_reader_each_key(office: ServedApp, terminal: Page) -> None:
    called(office)
    terminal.reload()
    start = terminal.get_by_role("button", name="Start")
    expect(start).to_have_attribute("aria-keyshortcuts", "S")


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_it_leaves_the_browsers_own_keys_alone(
    office: ServedApp, terminal: Page, modifier: str
) -> None:
    number = office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("1")
    press(terminal, f"{modifier}+b")
    expect(terminal.locator("details[open]")).to_have_count(0)
    assert office.ticket(number).state is TicketState.WAITING


def test_it_takes_no_letter_for_an_act_while_somebody_types(
    office: ServedApp, terminal: Page
) -> None:
    office.take()
    press(terminal, "n")
    expect_customer(terminal, "Called")
    press(terminal, "w")
    words = terminal.get_by_label("What did you notice?")
    words.focus()
    terminal.keyboard.type("nsfraht 123")
    expect(words).to_have_value("nsfraht 123")
    expect_customer(terminal, "Called")
    assert office.hall.help_calls == ()


def test_it_lets_the_single_keys_be_switched_off_for_good(
    office: ServedApp, terminal: Page
) -> None:
    office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("1")
    switch = terminal.get_by_role("switch", name="Single-key shortcuts")
    expect(switch).to_be_checked()
    switch.press("Space")
    expect(switch).not_to_be_checked()
    terminal.reload()
    expect(terminal.locator("body")).to_have_attribute("data-live", "fresh")
    expect(terminal.locator(".key-hint").first).to_be_hidden()
    press(terminal, "n")
    terminal.wait_for_timeout(500)
    expect_customer(terminal, "Nobody at your counter")
    terminal.get_by_role("button", name="Call next").press("Enter")
    expect_customer(terminal, "Called")


def test_it_announces_a_new_call_once_in_one_place(office: ServedApp, terminal: Page) -> None:
    spoken = terminal.locator(".terminal [role=status], .terminal [aria-live]")
    expect(spoken).to_have_count(1)
    terminal.evaluate("""() => {
      window.said = [];
      const note = () => window.said.push(document.querySelector('#customer-said').textContent);
      new MutationObserver(note).observe(document.querySelector('.terminal'),
        { subtree: true, characterData: true, childList: true });
    }""")
    office.perform(TakeTicket("A01", "vi", "secret-of-one"))
    press(terminal, "n")
    expect_customer(terminal, "A\u200a001, Called, Cash withdrawal, Tiếng Việt")
    office.clock.advance(120)
    office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("1")
    said = [text.strip() for text in terminal.evaluate("window.said")]
    assert [text for text in dict.fromkeys(said) if "Called" in text] == [
        "A\u200a001, Called, Cash withdrawal, Tiếng Việt"
    ]


def test_it_never_loses_the_focus_when_the_hall_moves_on(office: ServedApp, terminal: Page) -> None:
    number = office.take()
    press(terminal, "n")
    expect_customer(terminal, "Called")
    terminal.locator(f"#again-{number} button").focus()
    office.perform(CancelTicket(number))
    expect_customer(terminal, "Nobody at your counter")
    assert has_focus_somewhere(terminal)
    gone = office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("1")
    press(terminal, "c")
    expect(terminal.locator("input[type=radio]:focus")).to_have_value(gone)
    office.perform(CancelTicket(gone))
    expect(terminal.locator("[name=typed_number]:focus")).to_be_visible()


def test_it_leaves_the_reading_place_of_a_screen_reader_alone(
    office: ServedApp, terminal: Page
) -> None:
    """Whoever reads without the focus is not pulled away by what happens in the hall."""
    terminal.locator(".terminal-waiting").click()
    terminal.evaluate("document.activeElement.blur()")
    office.take()
    expect(terminal.locator(".waiting-mine")).to_contain_text("1")
    assert not has_focus_somewhere(terminal)


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)])
def test_it_is_large_enough_for_a_finger(
    office: ServedApp, terminal: Page, size: tuple[int, int]
) -> None:
    terminal.set_viewport_size({"width": size[0], "height": size[1]})
    serving(office)
    terminal.reload()
    assert terminal.evaluate(TOO_SMALL, SMALLEST_PX) == []
    for panel in ("add", "hold", "transfer", "colleague", "risk", "bring-back"):
        terminal.locator(f"details[id^={panel}] summary").click()
        assert terminal.evaluate(TOO_SMALL, SMALLEST_PX) == [], panel
        terminal.keyboard.press("Escape")
    terminal.goto(f"{office.address}/counter/day")
    assert terminal.evaluate(TOO_SMALL, SMALLEST_PX) == []


def test_it_serves_a_customer_by_touch(office: ServedApp, chromium: Browser) -> None:
    number = office.take()
    with chromium.new_context(
        has_touch=True, locale="en", viewport={"width": 1280, "height": 800}
    ) as context:
        office.sign_in(context, "thu")
        page = context.new_page()
        page.goto(f"{office.address}/counter")
        expect(page.locator("body")).to_have_attribute("data-live", "fresh")
        for label, words in (("Call next", "Called"), ("Start", "Being served")):
            page.get_by_role("button", name=label).tap()
            expect_customer(page, words)
            page.wait_for_timeout(350)
        page.locator("summary", has_text="Hold").tap()
        page.get_by_text("20 min", exact=True).tap()
        page.get_by_role("button", name="Fetching papers").tap()
        expect_customer(page, "Nobody at your counter")
    hold_until = office.ticket(number).hold_until
    assert hold_until and (hold_until - office.clock.now()).total_seconds() == 20 * 60


def test_it_does_everything_without_a_script(office: ServedApp, chromium: Browser) -> None:
    number = office.take()
    with chromium.new_context(java_script_enabled=False, locale="en") as context:
        office.sign_in(context, "thu")
        page = context.new_page()
        page.goto(f"{office.address}/counter")
        expect(page.locator(".key-hint").first).to_be_hidden()
        for label, words in (
            ("Call next", "Called"),
            ("Start", "Being served"),
            ("Pause service", "Service on pause"),
            ("Go on", "Being served"),
        ):
            page.get_by_role("button", name=label).click()
            expect_customer(page, words)
        page.locator("summary", has_text="Add a service").click()
        page.locator("select[name=service]").select_option("B01")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("In this visit")).to_be_visible()
        page.locator("summary", has_text="Risk alert").click()
        page.get_by_role("button", name="Does not know the receiver").click()
        expect(page.locator("#region-beside")).to_contain_text("Risk alert")
        page.get_by_role("button", name="Finish").click()
        expect_customer(page, "Nobody at your counter")
        page.locator("summary", has_text="Plan a break").click()
        page.get_by_label("Starts at").fill("12:10")
        page.get_by_role("button", name="Plan the break").click()
        expect(page.locator("#region-beside")).to_contain_text("Break planned 12:10")
        page.get_by_role("link", name="My day").click()
        page.get_by_label("What went well").fill("All forms at hand")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("All forms at hand")).to_be_visible()
    assert office.ticket(number).state is TicketState.FINISHED
