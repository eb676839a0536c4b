"""The sections of a branch's set-up as a browser shows them, on a laptop and on a tablet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.app.server import ServedApp, serve_app
from tests.kiosk.test_axe import violations
from tests.setup.demo import demo_and_people

PAGES = (
    "/setup/services?first=1",
    "/setup/services/A04",
    "/setup/counters",
    "/setup/hours",
    "/setup/hours/holidays?country=CN&year=2026",
    "/setup/words",
    "/setup",
)
SIZES = ((1366, 768), (820, 1180), (390, 844))
LANGUAGES = ("zh", "vi", "en")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path, demo_and_people) as office:
        yield office


def test_every_section_reads_well_at_every_size(office: ServedApp, page: Page) -> None:
    """Each page in each size, in another language than the one before."""
    office.sign_in(page.context, "minh")
    for count, path in enumerate(PAGES):
        for turn, (width, height) in enumerate(SIZES):
            page.set_viewport_size({"width": width, "height": height})
            language = LANGUAGES[(count + turn) % len(LANGUAGES)]
            page.goto(f"{office.address}{path}{'&' if '?' in path else '?'}language={language}")
            assert violations(page) == [], f"{path} in {language} at {width}"
            room = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert room <= 0, f"{path} in {language} at {width} is {room} px too wide"


def test_a_mistake_is_marked_and_a_change_is_saved_by_hand(office: ServedApp, page: Page) -> None:
    office.sign_in(page.context, "minh")
    page.goto(f"{office.address}/setup/hours?language=en")
    monday = page.get_by_label("Monday, Private customers")
    monday.fill("early")
    page.get_by_role("button", name="Save from that day on").click()
    assert monday.get_attribute("aria-invalid") == "true"
    assert monday.input_value() == "early"
    assert violations(page) == []
    monday.fill("8-12")
    page.get_by_role("button", name="Save from that day on").click()
    page.get_by_role("status").get_by_text("Saved.").wait_for()
    assert monday.input_value() == "08:00-12:00"
