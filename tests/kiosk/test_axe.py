"""What assistive technology would stumble over: nothing, on any page, in any size."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.help import HelpKind
from tests.app.matrix import Matrix
from tests.app.server import ServedApp
from tests.kiosk.conftest import Stand

ROOT = Path(__file__).parents[2]
VENDOR = Path(__file__).parent.parent / "vendor"
AXE = (VENDOR / "axe.min.js").read_text(encoding="utf-8")

QUERY = "() => axe.run(document, { resultTypes: ['violations'], preload: false })"
"""Without loading sheets itself: it would write those that a sheet imports into the page, which our
policy forbids. The one rule that asks for it, of pages that turn, is a test of its own."""

SCREENS = {
    "services": "/kiosk?",
    "groups": "/kiosk?group=all",
    "group": "/kiosk?group=lobby",
    "question": "/kiosk/advice?service=A01",
    "risk question": "/kiosk/advice?service=A04",
    "two ways": "/kiosk/advice?service=A04&receiver=known&amount=up_to_5000",
    "one way": "/kiosk/advice?service=B02",
    "a colleague": "/kiosk/advice?service=H01",
    "elsewhere": "/kiosk/advice/phone?service=A04&receiver=known&amount=up_to_5000",
    "told": "/kiosk/advice?service=A01&colour=red",
    "help": "/kiosk/help?",
    "ticket": "/kiosk/tickets/A006?",
    "slip": "/kiosk/tickets/S001?",
}


MANNERS = ("", "&size=large", "&reach=low", "&size=large&speech=on")


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(QUERY)["violations"]
    return [f"{hit['id']}: {hit['nodes'][0]['html'][:160]}" for hit in found]


@pytest.mark.parametrize(
    "sheet", sorted((ROOT / "static" / "css").glob("*.css")), ids=lambda sheet: sheet.name
)
def test_no_sheet_turns_a_page_by_how_the_screen_is_held(sheet: Path) -> None:
    words = sheet.read_text(encoding="utf-8")
    turned = [part for part in words.split("@media")[1:] if "orientation" in part.split("{")[0]]
    assert not [part for part in turned if "rotate" in part]


@pytest.fixture
def furnished(advised: ServedApp) -> ServedApp:
    """A slip is out and a colleague is on the way to the kiosk."""
    advised.perform_together(TakeTicket("A01", "en", "secret-of-the-slip", machine="m1"))
    advised.perform_together(CallColleague(HelpKind.HELP, "Hall"))
    return advised


@pytest.mark.parametrize("manner", MANNERS)
def test_it_finds_nothing_on_any_screen_of_the_kiosk(
    stand: Stand, furnished: ServedApp, matrix: Matrix, manner: str
) -> None:
    page = stand(mm_per_px=0.248)
    for name, chosen, language in matrix(SCREENS, MANNERS, ("zh", "vi", "en")):
        if chosen == manner:
            page.goto(f"{furnished.address}{SCREENS[name]}&language={language}{manner}")
            assert violations(page) == [], f"{name} in {language}"


def test_it_finds_nothing_on_the_customers_pages(chromium: Browser, furnished: ServedApp) -> None:
    tickets = furnished.hall.tickets
    secrets = (tickets["A006"].secret, "secret-of-the-slip", "leads-nowhere")
    with chromium.new_context(viewport={"width": 320, "height": 568}) as context:
        page = context.new_page()
        for language in ("zh", "vi", "en"):
            for secret in secrets:
                page.goto(f"{furnished.address}/t/{secret}?language={language}")
                assert violations(page) == [], f"{secret} in {language}"


def test_it_would_find_a_button_without_a_name(stand: Stand, furnished: ServedApp) -> None:
    page = stand()
    page.goto(f"{furnished.address}/kiosk")
    page.evaluate("document.body.append(document.createElement('button'))")
    assert any(hit.startswith("button-name") for hit in violations(page))


def test_it_looks_with_the_tool_exactly_as_released() -> None:
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    noted = re.search(r"^\| `axe\.min\.js` .*`([0-9a-f]{64})` \|$", readme, re.MULTILINE)
    assert noted
    assert hashlib.sha256((VENDOR / "axe.min.js").read_bytes()).hexdigest() == noted[1]
