"""Care in a real browser: two taps, one hand, no hover, with or without scripts, for everybody."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lobby.i18n.languages import LANGUAGES
from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.floor import CallColleague, EndHelp, SetDuty
from lobby.queueing.commands.ticket import SetCallModes, TakeTicket
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import Intake
from lobby.queueing.model.outcomes import OUTCOMES
from tests.app.app import people_and_devices
from tests.app.matrix import Matrix
from tests.app.server import ServedApp, serve_app

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
QUERY = "() => axe.run(document, { resultTypes: ['violations'], preload: false })"
TABLETS = ((820, 1180), (1180, 820))
TARGETS = "a, button, summary, select, textarea, input:not([type=hidden])"
TOO_SMALL = f"""[...document.querySelectorAll('{TARGETS}')]
  .filter(element => element.checkVisibility())
  .filter(element => {{
    const shown = element.closest('label:has([type=radio], [type=checkbox])') ?? element;
    const box = shown.getBoundingClientRect();
    return box.height < 48 || box.width < 48;
  }}).map(element => element.outerHTML)"""
SMALL_TYPE = """[...document.querySelectorAll('body *')].filter(element =>
  element.checkVisibility() && parseFloat(getComputedStyle(element).fontSize) < 16
  && [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
).map(element => element.outerHTML)"""
NOTICES = "/floor/notices"
DOUBLE_TAP_MS = 350


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedApp]:
    """B001 asked for help and is called to be fetched; A001 waits; a card of risk is open."""
    with serve_app(tmp_path, people_and_devices) as office:
        office.perform(SetDuty(office.id_of("lan"), DutyState.ON_DUTY))
        office.perform(OpenCounter("1", office.id_of("thu"), ("A01", "B01")))
        helped = Intake(help_wanted=True)
        office.perform(TakeTicket("B01", "vi", "helped", intake=helped))
        office.perform(SetCallModes("B001", (CallMode.FETCH,)))
        office.perform(CallNext("1"))
        office.take("A01")
        office.perform(CallColleague(HelpKind.RISK, "Seats", "A001"))
        yield office


@pytest.fixture
def tablet(office: ServedApp, page: Page) -> Page:
    office.sign_in(page.context, "lan")
    page.set_viewport_size({"width": 820, "height": 1180})
    return page


def post(office: ServedApp, page: Page, path: str, **fields: Any) -> None:
    """As one of the tablet's own forms would."""
    answer = page.context.request.post(
        f"{office.address}{path}",
        form={"key": secrets.token_hex(8), **fields},
        headers={"origin": office.address, "accept": "application/json"},
    )
    assert answer.ok, answer.text()


def fill(office: ServedApp, page: Page) -> tuple[str, ...]:
    """Something on every page; their addresses."""
    for kind, detail in (("glasses", "+2.0"), ("umbrella", "")):
        post(office, page, "/floor/amenities", kind=kind, detail=detail, total="2")
    post(office, page, "/floor/amenities/loans", amenity="1", number="A001")
    post(office, page, NOTICES, notice="delay/system_slow", minutes="30")
    found = {"direction": "found", "kind": "keys", "place": "seats", "keeper": "Lan"}
    post(office, page, "/floor/lost-items", **found, contact="0912345123", agreed="yes")
    walk = {"number": "A001", "from": "seats", "to": "counter/1"}
    post(office, page, "/floor/escorts", **walk)
    words = dict.fromkeys(LANGUAGES, "Good morning.")
    post(office, page, "/floor/scripts/greeting/versions", after="0", **words)
    office.perform(TakeTicket("A01", "vi", "slip", intake=Intake(offered=True), machine="crs-2"))
    risk = office.hall.help_calls[-1].id
    return (*EMPTY, f"/floor/risks/{risk}", "/floor/lost-items/1", "/floor/diversions/S001")


EMPTY = (
    "/floor/care",
    "/floor/care/A001",
    "/floor/escorts",
    "/floor/amenities",
    "/floor/risks/new",
    "/floor/scripts",
    "/floor/scripts/greeting",
    "/floor/lost-items",
    "/floor/lost-items/new",
    "/floor/notices",
    "/floor/notices/preview?en=We close soon&minutes=30",
    "/floor/diversions/A001",
)


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(QUERY)["violations"]
    return [f"{hit['id']}: {hit['nodes'][0]['html'][:160]}" for hit in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_made_for_a_thumb_and_for_everybody(
    office: ServedApp, tablet: Page, matrix: Matrix, language: str
) -> None:
    if language == "vi":  # the language with the longest words
        for path in EMPTY:
            inspect(office, tablet, path, language)
            assert violations(tablet) == [], path
    paths = fill(office, tablet)
    in_turn = set(matrix.turns(paths, tuple(LANGUAGES)))
    for path in paths:
        inspect(office, tablet, path, language)
        if (path, language) in in_turn:
            assert violations(tablet) == [], path


def inspect(office: ServedApp, tablet: Page, path: str, language: str) -> None:
    mark = "&" if "?" in path else "?"
    tablet.goto(f"{office.address}{path}{mark}language={language}")
    for fold in tablet.locator("main summary").all():
        fold.click()
    for width, height in TABLETS:
        tablet.set_viewport_size({"width": width, "height": height})
        assert tablet.evaluate(TOO_SMALL) == [], path
        assert tablet.evaluate(SMALL_TYPE) == [], path
        assert tablet.evaluate("document.documentElement.scrollWidth") <= width, path


def test_it_notes_care_in_two_taps_and_shows_it_to_the_others(
    office: ServedApp, tablet: Page
) -> None:
    tablet.goto(f"{office.address}/floor")
    tablet.get_by_role("link", name="Care").click()
    tablet.locator("#care-B001").get_by_role("button", name="Water").click()
    expect(tablet.locator("#care-B001 .care-step--done")).to_contain_text("Water")
    (mark,) = office.ticket("B001").care
    assert mark.staff == office.id_of("lan")


def test_it_posts_a_notice_in_two_taps(office: ServedApp, tablet: Page) -> None:
    tablet.goto(f"{office.address}/floor")
    tablet.get_by_role("link", name="Notice").click()
    tablet.get_by_role("button", name="The system is slow").click()
    expect(tablet.locator(".notice-now")).to_contain_text("Our system is slow")
    tablet.wait_for_timeout(DOUBLE_TAP_MS)
    tablet.locator(".notice-now").get_by_role("button", name="Remove").click()
    expect(tablet.locator(".notice-now")).to_have_count(0)


def test_it_fetches_from_the_first_page(office: ServedApp, tablet: Page) -> None:
    tablet.goto(f"{office.address}/floor")
    card = tablet.locator("#fetch-B001")
    expect(card).to_contain_text("Bring B\u200a001 to counter 1")
    card.get_by_role("button", name="On my way").click()
    expect(card).to_contain_text("Lan is on the way")
    tablet.wait_for_timeout(DOUBLE_TAP_MS)
    card.get_by_role("button", name="Brought there").click()
    expect(card.get_by_role("button", name="On my way")).to_be_visible()
    assert office.hall.escorts == ()


def test_it_closes_a_risk_card_on_every_tablet_at_once(office: ServedApp, tablet: Page) -> None:
    call = office.hall.help_calls[-1]
    tablet.goto(f"{office.address}/floor/risks/{call.id}")
    expect(tablet.locator("body")).to_have_attribute("data-live", "fresh")
    office.perform(EndHelp(call.id, OUTCOMES[HelpKind.RISK][0]))
    expect(tablet.locator("#region-risk")).to_contain_text("This has ended")
    expect(tablet.locator("#region-risk_end button")).to_have_count(0)


def test_it_draws_a_page_anew_that_the_hall_does_not_know(office: ServedApp, tablet: Page) -> None:
    post(office, tablet, "/floor/amenities", kind="umbrella", detail="", total="2")
    tablet.goto(f"{office.address}/floor/amenities")
    for left in ("1 of 2 available", "All lent out"):
        tablet.locator(".thing").click()
        expect(tablet.locator(".thing")).to_contain_text(left)
        tablet.wait_for_timeout(DOUBLE_TAP_MS)
    tablet.get_by_role("button", name="Given back").first.click()
    expect(tablet.locator(".thing")).to_contain_text("1 of 2 available")


def test_it_shows_a_contact_and_forgets_it(office: ServedApp, tablet: Page) -> None:
    fill(office, tablet)
    item = f"{office.address}/floor/lost-items/1"
    tablet.goto(item)
    expect(tablet.get_by_text("09****123")).to_be_visible()
    tablet.get_by_role("button", name="Show in full").click()
    expect(tablet.get_by_text("0912345123")).to_be_visible()
    tablet.goto(item)
    expect(tablet.get_by_text("0912345123")).to_have_count(0)
    expect(tablet.get_by_text("Viewed the contact details in full")).to_be_visible()


def test_it_works_without_scripts(office: ServedApp, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False, locale="en") as context:
        office.sign_in(context, "lan")
        tablet = context.new_page()
        tablet.goto(f"{office.address}/floor/care")
        tablet.locator("#care-B001").get_by_role("button", name="Greeted").click()
        expect(tablet.locator("#care-B001 .care-step--done")).to_contain_text("Greeted")
        tablet.goto(f"{office.address}{NOTICES}")
        tablet.get_by_role("button", name="Few counters open").click()
        expect(tablet.locator(".notice-now")).to_contain_text("Fewer counters")
        tablet.goto(f"{office.address}/floor/lost-items/new")
        tablet.get_by_label("Umbrella").check()
        tablet.get_by_label("Kept by, or kept where").fill("Lan, safe")
        tablet.get_by_role("button", name="Save").click()
        expect(tablet.get_by_role("heading", name="Umbrella")).to_be_visible()
