"""A tablet without a network: it says what it last knew, does nothing behind anybody's back, and
one act stays one act; and how it sounds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from lobby.machines import MachineState
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.commands.floor import AnswerHelp, CallColleague, ReportMachine, SetDuty
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from tests.app.app import people_and_devices
from tests.app.server import ServedApp, serve_app
from tests.floor.test_browser import at_the_tablet

COUNT_SOUNDS = """() => {
window.sounds = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  window.sounds += 1;
  return start.apply(this, when);
};
}"""
NOTES_OF_A_CHIME = 2
STALE_S = 9
"""After five seconds of silence a page says so; a slow machine gets some more."""


class Network:
    """The network between a tablet and the house, which can be cut and mended."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._is_up = True
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket("**/floor/**", self._connect)

    def cut(self) -> None:
        self._is_up = False
        self._page.context.set_offline(True)
        for socket in self._sockets:
            socket.close()

    def mend(self) -> None:
        self._is_up = True
        self._page.context.set_offline(False)

    def _connect(self, socket: WebSocketRoute) -> None:
        if self._is_up:
            socket.connect_to_server()
            self._sockets.append(socket)
        else:
            socket.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path, people_and_devices) as office:
        office.perform(OpenCounter("1", office.id_of("thu"), ("A01",)))
        office.perform(SetDuty(office.id_of("lan"), DutyState.ON_DUTY))
        yield office


def test_it_marks_what_is_old_and_shows_the_truth_afterwards(office: ServedApp, page: Page) -> None:
    network = Network(page)
    tablet = at_the_tablet(office, page, "lan")
    office.take("A01")
    expect(tablet.locator("#waiting-A001")).to_be_visible()
    network.cut()
    office.take("A01")
    banner = tablet.get_by_text("No connection. This is the last known state.")
    expect(banner).to_be_visible(timeout=STALE_S * 1000)
    expect(tablet.locator("[data-known-at]")).not_to_be_empty()
    expect(tablet.locator("#waiting-A001")).to_be_visible()
    expect(tablet.locator("#waiting-A002")).to_have_count(0)
    network.mend()
    expect(tablet.locator("#waiting-A002")).to_be_visible(timeout=15_000)
    expect(banner).to_be_hidden()


def test_it_does_an_act_once_that_was_cut_off_in_the_middle(office: ServedApp, page: Page) -> None:
    """Without a network the act says so and waits for nobody; pressed again it is done once."""
    office.perform(CallColleague(HelpKind.HELP, "By the plant"))
    network = Network(page)
    tablet = at_the_tablet(office, page, "lan")
    before = office.hall.version
    network.cut()
    tablet.get_by_role("button", name="On my way").click()
    said = tablet.locator("[data-notice]")
    expect(said).to_contain_text("There was no answer. Nothing is lost", timeout=30_000)
    network.mend()
    tablet.wait_for_timeout(1_000)
    assert office.hall.version == before, "nothing is sent later behind anybody's back"
    tablet.get_by_role("button", name="On my way").click()
    expect(tablet.get_by_text("You are on it")).to_be_visible(timeout=15_000)
    assert office.hall.version == before + 1


def test_it_does_an_act_once_whose_answer_was_lost(office: ServedApp, page: Page) -> None:
    office.perform(CallColleague(HelpKind.HELP, "By the plant"))
    tablet = at_the_tablet(office, page, "lan")
    before, lost = office.hall.version, []

    def lose_the_first_answers(route: Route) -> None:
        route.fetch()
        lost.append(route.request.post_data)
        if len(lost) < 3:
            route.abort()
        else:
            route.continue_()

    page.route("**/floor/cards/**", lose_the_first_answers)
    tablet.get_by_role("button", name="On my way").click()
    expect(tablet.get_by_text("You are on it")).to_be_visible(timeout=15_000)
    tablet.wait_for_timeout(2_500)
    assert len(lost) == 3 and len(set(lost)) == 1
    assert office.hall.version == before + 1


def test_it_stays_on_the_page_that_it_has(office: ServedApp, page: Page) -> None:
    network = Network(page)
    tablet = at_the_tablet(office, page, "lan")
    network.cut()
    tablet.get_by_role("link", name="Waiting", exact=True).click()
    expect(tablet.locator("[data-notice]")).to_contain_text("No connection right now.")
    assert tablet.url == f"{office.address}/floor"
    network.mend()
    tablet.get_by_role("link", name="Waiting", exact=True).click()
    expect(tablet).to_have_url(f"{office.address}/floor/waiting")


def test_it_gives_a_card_to_one_of_two_tablets(
    office: ServedApp, page: Page, chromium: Browser
) -> None:
    office.perform(CallColleague(HelpKind.HELP, "By the plant"))
    lan = at_the_tablet(office, page, "lan")
    with chromium.new_context(locale="en") as context:
        minh = at_the_tablet(office, context.new_page(), "minh")
        both = [tablet.get_by_role("button", name="On my way") for tablet in (lan, minh)]
        both[0].click()
        expect(lan.get_by_text("You are on it")).to_be_visible()
        expect(minh.get_by_text("Lan is on the way")).to_be_visible(timeout=2_000)
        expect(both[1]).to_have_count(0)
    assert office.hall.help_calls[0].taken_by == office.id_of("lan")


def test_it_tells_who_comes_a_moment_too_late_who_was_first(office: ServedApp, page: Page) -> None:
    office.perform(CallColleague(HelpKind.HELP, "By the plant"))
    tablet = at_the_tablet(office, page, "lan")

    def be_quicker(route: Route) -> None:
        call = office.hall.help_calls[0]
        if call.taken_by is None:
            office.perform(AnswerHelp(call.id, office.id_of("minh")))
        route.continue_()

    page.route("**/floor/cards/**", be_quicker)
    tablet.get_by_role("button", name="On my way").click()
    expect(tablet.get_by_text("Minh is already on the way.")).to_be_visible()
    expect(tablet.get_by_text("Minh is on the way")).to_be_visible()


def listening(tablet: Page) -> Page:
    tablet.evaluate(COUNT_SOUNDS)
    tablet.locator("header").first.click(position={"x": 300, "y": 20})
    return tablet


def sounded(tablet: Page) -> int:
    return int(tablet.evaluate("window.sounds"))


def test_it_sounds_once_a_minute_at_most(office: ServedApp, page: Page) -> None:
    tablet = listening(at_the_tablet(office, page, "lan"))
    for place in ("One", "Two", "Three"):
        office.perform(CallColleague(HelpKind.HELP, place))
        expect(tablet.locator("strong", has_text=place)).to_be_visible()
    tablet.wait_for_timeout(6_000)
    assert sounded(tablet) == NOTES_OF_A_CHIME


def test_it_is_silent_for_everything_else(office: ServedApp, page: Page) -> None:
    tablet = listening(at_the_tablet(office, page, "lan"))
    for kind in (HelpKind.ARRIVAL, HelpKind.COMPLAINT, HelpKind.PRINTER, HelpKind.STUCK):
        office.perform(CallColleague(kind, "One"))
    office.perform(ReportMachine("atm-1", MachineState.DOWN))
    expect(tablet.locator("[data-kind=fault]")).to_be_visible()
    tablet.wait_for_timeout(1_000)
    assert sounded(tablet) == 0


def test_it_sounds_where_the_next_one_on_duty_is_after_a_minute(
    office: ServedApp, page: Page
) -> None:
    office.clock.advance(5)
    office.perform(SetDuty(office.id_of("minh"), DutyState.ON_DUTY))
    tablet = listening(at_the_tablet(office, page, "minh", "/floor/waiting"))
    office.perform(CallColleague(HelpKind.HELP, "One"))
    expect(tablet.locator(".alert", has_text="One")).to_be_visible()
    tablet.wait_for_timeout(1_000)
    assert sounded(tablet) == 0, "the first minute is Lan's"
    office.clock.advance(60)
    tablet.wait_for_timeout(7_000)
    assert sounded(tablet) == NOTES_OF_A_CHIME
