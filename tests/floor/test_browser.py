"""The tablet in a real browser: large enough for a thumb, upright and lying, and always true."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lobby.floor.alerts.cards import AT_MACHINES
from lobby.machines import MachineState
from lobby.queueing.commands.counter import CallAgain, CallNext, MarkAbsent, OpenCounter
from lobby.queueing.commands.floor import AnswerHelp, CallColleague, ReportMachine, SetDuty
from lobby.queueing.commands.ticket import OfferMachine, TakeTicket
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import Intake
from lobby.queueing.model.ticket import TicketState
from tests.app.app import people_and_devices
from tests.app.matrix import Matrix
from tests.app.server import ServedApp, serve_app
from tests.floor.conftest import GRACE_S

TABLETS = [(1180, 820), (820, 1180), (600, 960)]
PAGES = (
    "/floor",
    "/floor/waiting",
    "/floor/waiting/A001",
    "/floor/machines",
    "/floor/machines/faults",
    "/floor/help",
    "/floor/complaints",
    "/floor/duty",
    "/floor/duty/leaving",
    "/floor/slips",
    "/floor/more",
    "/floor/tickets",
    "/floor/tickets/A001",
    "/floor/devices",
)
STATIC = Path(__file__).parents[2] / "static"
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
VIOLATIONS = """() => axe.run(document, { resultTypes: ['violations'], preload: false })
  .then(found => found.violations.map(each => each.id + ': ' + each.nodes[0].html))"""
TOO_SMALL = """[...document.querySelectorAll(
  'a, button, summary, select, textarea, label:has([type=radio]), '
  + 'input:not([type=hidden], [type=radio])'
)]
  .filter(element => element.checkVisibility())
  .filter(element => {
    const box = element.getBoundingClientRect();
    return box.height < 48 || box.width < 48;
  }).map(element => element.outerHTML)"""
SMALL_TYPE = """[...document.querySelectorAll('body *')].filter(element =>
  element.checkVisibility() && parseFloat(getComputedStyle(element).fontSize) < 16
  && [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
).map(element => element.outerHTML)"""
LARGEST = """() => {
  const cards = [...document.querySelectorAll('.now-card')];
  const area = card => card.getBoundingClientRect().width * card.getBoundingClientRect().height;
  const others = cards.slice(1).map(area);
  return area(cards[0]) / Math.max(...others);
}"""

COUNT_SOUNDS = """() => {
window.sounds = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  window.sounds += 1;
  return start.apply(this, when);
};
}"""
NOTES_OF_A_CHIME = 2
DOUBLE_TAP_MS = 350
"""Nobody goes there and is back within what a page takes for one tap of a shaking hand."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path, people_and_devices) as office:
        office.perform(OpenCounter("1", office.id_of("thu"), ("A01",)))
        office.take("A01")
        office.perform(CallNext("1"))
        office.perform(CallAgain("1", "A001"))
        office.clock.advance(GRACE_S)
        office.perform(MarkAbsent("1", "A001"))
        yield office


@pytest.fixture
def tablet(office: ServedApp, page: Page) -> Page:
    return at_the_tablet(office, page, "lan")


def at_the_tablet(office: ServedApp, page: Page, person: str, path: str = "/floor") -> Page:
    office.sign_in(page.context, person)
    page.set_viewport_size({"width": 820, "height": 1180})
    page.goto(f"{office.address}{path}")
    expect(page.locator("body")).to_have_attribute("data-live", "fresh")
    return page


def test_it_shows_who_comes_without_being_asked(office: ServedApp, tablet: Page) -> None:
    office.take("B01")
    expect(tablet.locator("#arrival-B001")).to_be_visible(timeout=2_000)
    expect(tablet.locator("#waiting-B001")).to_be_visible()


def test_it_lets_somebody_wait_again_with_one_touch(office: ServedApp, tablet: Page) -> None:
    tablet.get_by_role("link", name="Waiting", exact=True).click()
    tablet.get_by_role("button", name="Wait again").click()
    expect(tablet.locator("#waiting-A001")).to_be_visible()
    expect(tablet.locator("#absent-A001")).to_have_count(0)
    assert office.ticket("A001").state is TicketState.WAITING


def test_it_issues_a_ticket_with_two_touches(office: ServedApp, tablet: Page) -> None:
    tablet.get_by_role("link", name="Issue a ticket").click()
    tablet.get_by_role("button", name="Foreign exchange").click()
    expect(tablet.locator(".issued-number")).to_have_text("F\u200a001")
    tablet.get_by_role("link", name="Code for the phone page").click()
    expect(tablet.get_by_text("F\u200a001").first).to_be_visible()
    tablet.locator("a[data-key='1']").click()
    expect(tablet).to_have_url(f"{office.address}/floor")


def test_it_asks_before_a_device_is_taken_away(office: ServedApp, tablet: Page) -> None:
    tablet.goto(f"{office.address}/floor/devices")
    away = tablet.locator(f"#device-{office.badges['display'].id}")
    away.locator("summary").click()
    away.get_by_role("button", name="Yes, unpair it").click()
    expect(away).to_have_count(0)


def test_it_shows_a_call_for_help_within_two_seconds(office: ServedApp, tablet: Page) -> None:
    office.perform(CallColleague(HelpKind.HELP, "Kiosk at the entrance"))
    expect(tablet.locator("strong", has_text="Kiosk at the entrance")).to_be_visible(timeout=2_000)
    tablet.get_by_role("button", name="On my way").click()
    expect(tablet.get_by_text("You are on it")).to_be_visible()
    tablet.wait_for_timeout(DOUBLE_TAP_MS)
    tablet.locator("summary", has_text="Outcome").click()
    tablet.get_by_role("button", name="Brought to a counter").click()
    expect(tablet.locator(".now-card")).to_have_count(0)
    assert office.hall.help_calls == ()


def test_it_takes_two_taps_to_say_that_a_machine_is_down(office: ServedApp, tablet: Page) -> None:
    tablet.get_by_role("link", name="Devices").click()
    machine = tablet.locator("#machine-atm-1")
    machine.locator("summary").click()
    machine.get_by_role("button", name="Out of order").click()
    expect(machine.locator("summary")).to_contain_text("Out of order")
    expect(machine.get_by_role("button", name="Working")).to_be_hidden()
    assert office.hall.machines["atm-1"].state is MachineState.DOWN


def test_it_works_without_scripts(office: ServedApp, chromium: Browser) -> None:
    office.perform(CallColleague(HelpKind.HELP, "By the plant"))
    with chromium.new_context(java_script_enabled=False, locale="en") as context:
        office.sign_in(context, "lan")
        tablet = context.new_page()
        tablet.goto(f"{office.address}/floor")
        tablet.get_by_role("button", name="On my way").click()
        expect(tablet.get_by_text("You are on it")).to_be_visible()
        tablet.goto(f"{office.address}/floor/machines")
        tablet.locator("#machine-crs-2 summary").click()
        tablet.locator("#machine-queue-crs-2").get_by_role("button", name="3").click()
        expect(tablet.locator("#machine-crs-2 .machine-queue")).to_contain_text("3")


def test_it_folds_what_is_more_than_five(office: ServedApp, tablet: Page) -> None:
    for place in ("One", "Two", "Three", "Four", "Five", "Six", "Seven"):
        office.perform(CallColleague(HelpKind.STUCK, place))
    expect(tablet.locator(".now-card:visible")).to_have_count(5)
    tablet.get_by_text("2 more cards").click()
    expect(tablet.locator(".now-card:visible")).to_have_count(7)


def test_it_says_with_one_tap_how_one_stands(office: ServedApp, tablet: Page) -> None:
    tablet.get_by_role("button", name="Take lobby duty").click()
    tablet.wait_for_timeout(DOUBLE_TAP_MS)
    tablet.get_by_role("button", name="Walking the hall").click()
    expect(tablet.locator("[aria-pressed=true]", has_text="Walking")).to_be_visible()
    assert office.hall.duty[office.id_of("lan")].state is DutyState.PATROLLING


def test_it_hides_nothing_behind_a_hovering_pointer() -> None:
    for sheet in (STATIC / "css").glob("floor*.css"):
        assert ":hover" not in sheet.read_text(encoding="utf-8")


@pytest.mark.parametrize(("width", "height"), TABLETS)
def test_it_makes_the_first_card_the_largest(
    office: ServedApp, tablet: Page, width: int, height: int
) -> None:
    tablet.set_viewport_size({"width": width, "height": height})
    for kind in (HelpKind.HELP, HelpKind.PREMIUM, HelpKind.ARRIVAL, HelpKind.COMPLAINT):
        office.perform(CallColleague(kind, "Kiosk at the entrance", "A001"))
    expect(tablet.locator(".now-card:visible")).to_have_count(4)
    assert tablet.evaluate(LARGEST) > 1.5
    assert tablet.locator(".now-go.button--main").count() == 1


@pytest.mark.parametrize(("width", "height"), TABLETS)
@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_it_is_made_for_a_thumb(
    office: ServedApp, tablet: Page, matrix: Matrix, width: int, height: int, language: str
) -> None:
    tablet.set_viewport_size({"width": width, "height": height})
    fill(office)
    for path, size, chosen in matrix(PAGES, TABLETS, ("en", "zh", "vi")):
        if (size, chosen) != ((width, height), language):
            continue
        tablet.goto(f"{office.address}{path}?language={language}")
        for fold in tablet.locator("summary").all():
            fold.click()
        assert tablet.evaluate(TOO_SMALL) == []
        assert tablet.evaluate(SMALL_TYPE) == []
        assert tablet.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_it_stands_in_nobodys_way(
    office: ServedApp, tablet: Page, matrix: Matrix, language: str
) -> None:
    fill(office)
    for path, chosen in matrix.turns(PAGES, ("en", "zh", "vi")):
        if chosen != language:
            continue
        tablet.goto(f"{office.address}{path}?language={language}")
        for fold in tablet.locator("summary").all():
            fold.click()
        tablet.evaluate(AXE)
        assert (path, tablet.evaluate(VIOLATIONS)) == (path, [])


def fill(office: ServedApp) -> None:
    """Something of everything: cards of each kind, a slip, an offer, duty, a machine down."""
    office.perform(SetDuty(office.id_of("lan"), DutyState.ON_DUTY))
    for kind in HelpKind:
        place = "atm-1" if kind in AT_MACHINES else "Kiosk at the entrance"
        office.perform(CallColleague(kind, place, "A001"))
    office.perform(AnswerHelp(office.hall.help_calls[1].id, office.id_of("lan")))
    office.perform(ReportMachine("atm-1", MachineState.DOWN, 2))
    slip = TakeTicket("A01", "vi", "slip", intake=Intake(offered=True), machine="crs-2")
    office.perform(slip)
    office.perform(OfferMachine(office.take("A01"), "crs-2"))
    office.take("B01")
