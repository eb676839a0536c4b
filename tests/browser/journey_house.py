"""The demo's branch in this process, on a Monday morning, before the windows of its people."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.queueing.model.ticket import Ticket
from lobby.setup.branch_file import save_branch_file
from lobby.store.devices import DeviceKind
from lobby.store.people import Role
from tests.app.badges import Badge, employ, pair_device
from tests.app.server import ServedApp, serve_app
from tests.browser.hall_walk_windows import SIZES, Windows, windows
from tests.display.wall_page import EARS

PEOPLE = {
    "thu": Role.TELLER,
    "wei": Role.TELLER,
    "lan": Role.LOBBY_MANAGER,
    "hoa": Role.LOBBY_MANAGER,
    "minh": Role.BRANCH_HEAD,
}
CASH, SERVICE = ("A01", "A02", "A04"), ("B01", "B02", "B03")


class Journey:
    """One person's way through the hall: `at` are the windows, `office` what is behind them."""

    def __init__(self, office: ServedApp, at: Windows, browser: Browser, stack: ExitStack) -> None:
        self.office, self.at, self.language = office, at, at.services.language
        self._browser, self._stack = browser, stack

    def opens(self, teller: str, counter: str, services: tuple[str, ...]) -> None:
        """A teller sits down, without a window of their own."""
        answer = self.office.ask(teller, "/counter/openings", counter=counter, service=services)
        assert answer.is_success, answer.text

    def sits_down(self, counter: str = "1") -> None:
        """Before the counter's window, for all that it offers."""
        self.at.counter.locator(f"input[name=counter][value='{counter}']").check()
        self.at.press("o")
        expect(self.at.counter.locator("#customer-none")).to_be_visible()

    def passes_on_to(self, teller: str, service: str) -> None:
        """At the counter's window: to this colleague, and back afterwards."""
        window = self.at.counter
        self.at.press("t")
        form = window.locator("form[action='/counter/transfers']")
        form.locator("select[name=to]").select_option(f"teller:{self.office.id_of(teller)}")
        form.locator("select[name=to_service]").select_option(service)
        form.locator("[name=come_back]").check()
        self.at.tap("form[action='/counter/transfers'] button", window)
        expect(window.locator("#customer-none")).to_be_visible()

    def on_duty(self, who: str = "lan") -> None:
        assert self.office.ask(who, "/floor/duty", state="on_duty").is_success

    def ticket(self, number: str) -> Ticket:
        return self.office.ticket(number)

    def shows_phone(self, number: str) -> Page:
        """The code on the slip was read."""
        path = f"/t/{self.ticket(number).secret}?language={self.language}"
        self.at.go(self.at.phone, path)
        return self.at.phone

    def wishes(self, name: str, act: str) -> None:
        """On the phone: a line is opened, and what it offers is done."""
        phone = self.at.phone
        phone.locator(f"details[id^='wish-{name}'] summary").click()
        self.at.tap(f"form[action*='/{act}'] button", phone)

    def card(self, kind: str, who: str = "tablet") -> Page:
        """The tablet, once a card of this kind is on it."""
        tablet: Page = getattr(self.at, who)
        expect(tablet.locator(f".now-card[data-kind={kind}]")).to_be_visible()
        return tablet

    def display(self, **settings: Any) -> Page:
        """One more, with settings of its own, and somebody who listens."""
        context = self._stack.enter_context(
            self._browser.new_context(viewport=SIZES["display"], reduced_motion="reduce")
        )
        device = self.office.paired(DeviceKind.DISPLAY, language=self.language, **settings)
        self.office.let_in(context, device)
        wall = context.new_page()
        wall.add_init_script(EARS)
        self.at.go(wall, "/display")
        return wall

    def later(self, minutes: float) -> None:
        """What was done before is dated before."""
        self.at.settled()
        self.office.clock.advance(60 * minutes)


@contextmanager
def journey(browser: Browser, folder: Path, language: str, *names: str) -> Iterator[Journey]:
    """With these windows open, each in the person's language."""

    def furnish(connection: Connection) -> dict[str, Badge]:
        return _furnish(connection, language)

    with serve_app(folder, furnish) as office:
        house = _House(office, language)
        with windows(browser, house, names) as at, ExitStack() as stack:
            yield Journey(office, at, browser, stack)


class _House:
    """What windows have to know of it."""

    def __init__(self, office: ServedApp, language: str) -> None:
        self.language, self.address, self.badges = language, office.address, office.badges


def _furnish(connection: Connection, language: str) -> dict[str, Badge]:
    save_branch_file(connection, read_branch_file(DEMO))
    people = {
        name: employ(connection, name, role, language=language) for name, role in PEOPLE.items()
    }
    settings = {DeviceKind.KIOSK: {"mm_per_px": 0.248}, DeviceKind.DISPLAY: {}}
    return people | {
        kind.value: pair_device(connection, kind, language=language, settings=own)
        for kind, own in settings.items()
    }
