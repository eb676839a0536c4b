"""The tablet in a real browser: large enough for a thumb, upright and lying, and always true."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lobby.queueing import commands as do
from lobby.queueing.ticket import TicketState
from tests.office import Office, open_office

TABLETS = [(1280, 800), (800, 1280)]
PAGES = ("/floor", "/floor/tickets", "/floor/devices")
TOO_SMALL = """[...document.querySelectorAll('a, button, summary, label:has(input)')]
  .filter(element => element.checkVisibility())
  .filter(element => {
    const box = element.getBoundingClientRect();
    return box.height < 48 || box.width < 48;
  }).map(element => element.outerHTML)"""
SMALL_TYPE = """[...document.querySelectorAll('body *')].filter(element =>
  element.checkVisibility() && parseFloat(getComputedStyle(element).fontSize) < 16
  && [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
).map(element => element.outerHTML)"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as office:
        office.perform(do.OpenCounter("1", office.id_of("thu"), ("A01",)))
        office.take("A01")
        office.perform(do.CallNext("1"))
        office.perform(do.MarkAbsent("1", "A001"))
        yield office


@pytest.fixture
def tablet(office: Office, page: Page) -> Page:
    office.sign_in(page.context, "lan")
    page.set_viewport_size({"width": 800, "height": 1280})
    page.goto(f"{office.address}/floor")
    expect(page.locator("body")).to_have_attribute("data-live", "fresh")
    return page


def test_it_shows_who_comes_without_being_asked(office: Office, tablet: Page) -> None:
    office.take("B01")
    expect(tablet.locator("#waiting-B001")).to_be_visible()


def test_it_lets_somebody_wait_again_with_one_touch(office: Office, tablet: Page) -> None:
    tablet.get_by_role("button", name="Wait again").click()
    expect(tablet.locator("#waiting-A001")).to_be_visible()
    expect(tablet.locator("#absent-A001")).to_have_count(0)
    assert office.ticket("A001").state is TicketState.WAITING


def test_it_issues_a_ticket_with_two_touches(office: Office, tablet: Page) -> None:
    tablet.get_by_role("link", name="Issue a ticket").click()
    tablet.get_by_role("button", name="Foreign exchange").click()
    expect(tablet.locator(".issued-number")).to_have_text("F\u200a001")
    tablet.get_by_role("link", name="Code and printed slip").click()
    expect(tablet.get_by_text("F\u200a001").first).to_be_visible()


def test_it_asks_before_a_device_is_taken_away(office: Office, tablet: Page) -> None:
    tablet.goto(f"{office.address}/floor/devices")
    away = tablet.locator(f"#device-{office.badges['display'].id}")
    away.locator("summary").click()
    away.get_by_role("button", name="Yes, take it away").click()
    expect(away).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), TABLETS)
@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_it_is_made_for_a_thumb(
    office: Office, tablet: Page, width: int, height: int, language: str
) -> None:
    tablet.set_viewport_size({"width": width, "height": height})
    for path in PAGES:
        tablet.goto(f"{office.address}{path}?language={language}")
        assert tablet.evaluate(TOO_SMALL) == []
        assert tablet.evaluate(SMALL_TYPE) == []
        assert tablet.evaluate("document.documentElement.scrollWidth") <= width
