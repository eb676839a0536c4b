"""One customer through the whole branch, four real windows at once, in each language."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.app.app import people_and_devices
from tests.app.server import ServedApp, serve_app

KIOSK: ViewportSize = {"width": 1080, "height": 1920}
DISPLAY: ViewportSize = {"width": 1920, "height": 1080}
COUNTER: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 360, "height": 740}
LANGUAGES = {"zh": "zh-CN", "vi": "vi", "en": "en"}
TICKET = "A\u200a001"
CALLED = {"zh": "1 号窗口", "vi": "quầy số 1", "en": "counter 1"}
"""What the customer's phone says once the counter has called."""

DOUBLE_TAP_MS = 350

Window = Callable[[str, ViewportSize], Page]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path, people_and_devices) as office:
        yield office


@pytest.fixture
def window(chromium: Browser, office: ServedApp) -> Iterator[Window]:
    """A window of its own for each person or device; nobody shares a cookie."""
    contexts: list[BrowserContext] = []

    def open_window(who: str, viewport: ViewportSize) -> Page:
        context = chromium.new_context(viewport=viewport, locale="en")
        contexts.append(context)
        if who in office.badges:
            office.sign_in(context, who)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_customer_is_seen_through_the_whole_branch(
    office: ServedApp, window: Window, language: str
) -> None:
    display = window("display", DISPLAY)
    display.goto(f"{office.address}/display?language={language}")
    expect(display.locator("html")).to_have_attribute("lang", LANGUAGES[language])
    expect(display.locator("body")).to_have_attribute("data-live", "fresh")

    kiosk = window("kiosk", KIOSK)
    kiosk.goto(f"{office.address}/kiosk?language={language}")
    kiosk.locator(".answer").first.click()
    expect(kiosk.locator("h1")).to_have_text(TICKET)
    assert office.ticket("A001").language == language

    phone = window("customer", PHONE)
    phone.goto(f"{office.address}/t/{office.ticket('A001').secret}")
    expect(phone.locator("html")).to_have_attribute("lang", LANGUAGES[language])
    expect(phone.locator("body")).to_contain_text(TICKET)

    counter = window("thu", COUNTER)
    counter.goto(f"{office.address}/counter?language={language}")
    expect(counter.locator("body")).to_have_attribute("data-live", "fresh")
    counter.locator("input[type=radio]").first.check()
    counter.keyboard.press("o")
    press_next(counter, "n")
    expect(counter.locator("#region-customer")).to_contain_text(TICKET)

    expect(display.locator("[data-newest-ticket]")).to_have_text(TICKET)
    expect(phone.locator("body")).to_contain_text(CALLED[language])

    press_next(counter, "s")
    press_next(counter, "f")
    expect(counter.locator("[data-key='n']")).to_be_visible()
    assert office.ticket("A001").state == "finished"


def press_next(counter: Page, key: str) -> None:
    """As a person does who looks first: faster than a double tap nothing is taken for meant."""
    expect(counter.locator(f"[data-key='{key}']")).to_be_visible()
    counter.wait_for_timeout(DOUBLE_TAP_MS)
    counter.keyboard.press(key)
