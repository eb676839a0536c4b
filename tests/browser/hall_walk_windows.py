"""The windows of the walk: each somebody's own, and photographed at every step if that is asked.

`LOBBY_WALK_PICTURES=folder` keeps a numbered picture of every window per step.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.app.badges import Badge
from tests.display.wall_page import EARS, heard

SIZES: dict[str, ViewportSize] = {
    "kiosk": {"width": 1080, "height": 1920},
    "tablet": {"width": 820, "height": 1180},
    "display": {"width": 1920, "height": 1080},
    "counter": {"width": 1366, "height": 768},
    "phone": {"width": 390, "height": 844},
}
BEARERS = {"kiosk": "kiosk", "tablet": "lan", "display": "display", "counter": "thu"}
"""Whose badge a window wears; a customer's phone wears none."""

FIRST_PATHS = {"kiosk": "/kiosk", "tablet": "/floor", "display": "/display", "counter": "/counter"}
DOUBLE_TAP_MS = 350
UNDERWAY = "button[aria-disabled=true], input[aria-disabled=true]"
"""What a page shuts until an act of its form has been answered."""

SETTLES_MS = 300
"""A change has faded in by then."""


class House(Protocol):
    """What a window has to know of the branch behind it."""

    @property
    def language(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def badges(self) -> Mapping[str, Badge]: ...


class Windows:
    """The four windows of the hall and a customer's phone, and what happened before them."""

    kiosk: Page
    tablet: Page
    display: Page
    counter: Page
    phone: Page

    def __init__(self, services: House, pictures: Path | None) -> None:
        self.services = services
        self._pictures = pictures
        self._step = 0
        self.errors: list[str] = []

    def open(self, browser: Browser, name: str) -> BrowserContext:
        """Quiet as with reduced motion, so that a picture shows no half of a change."""
        context = browser.new_context(
            viewport=SIZES[name], locale=self.services.language, reduced_motion="reduce"
        )
        if name in BEARERS:
            badge = self.services.badges[BEARERS[name]]
            cookie = {"name": badge.name, "value": badge.token, "url": self.services.address}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"{name}: {error}"))
        page.on(
            "console",
            lambda line: self.errors.extend([f"{name}: {line.text}"] * ("Policy" in line.text)),
        )
        if name == "display":
            page.add_init_script(EARS)
        setattr(self, name, page)
        if name in FIRST_PATHS:
            self.go(page, FIRST_PATHS[name])
        return context

    def go(self, page: Page, path: str) -> None:
        page.goto(f"{self.services.address}{path}")
        expect_fresh(page)

    def arrives(self, page: Page, path: str) -> None:
        """Where the last act leads by itself."""
        expect(page).to_have_url(f"{self.services.address}{path}")
        expect_fresh(page)

    def picture(self, name: str, *pages: str) -> None:
        """What every window shows now, or only those named."""
        self._step += 1
        if self._pictures is None:
            return
        for page_name in pages or SIZES:
            page: Page | None = getattr(self, page_name, None)
            if page is not None:
                page.wait_for_timeout(SETTLES_MS)
                file = f"{self._step:02d}-{name}-{page_name}.png"
                page.screenshot(path=self._pictures / file)

    def press(self, key: str) -> None:
        """At the counter, as a person does who looks first."""
        expect(self.counter.locator(f"[data-key='{key}']:visible").first).to_be_visible()
        self.counter.wait_for_timeout(DOUBLE_TAP_MS)
        self.counter.keyboard.press(key)

    def tap(self, selector: str, page: Page | None = None) -> None:
        """On the tablet, unless another window is named; two taps at once would be one."""
        window = page or self.tablet
        window.wait_for_timeout(DOUBLE_TAP_MS)
        window.locator(selector).first.click()

    def answer(self, *keys: str) -> None:
        """At the kiosk, by its numbered answers."""
        for key in keys:
            before = self.kiosk.url
            self.kiosk.wait_for_load_state()
            self.kiosk.keyboard.press(key)
            self.kiosk.wait_for_function("(before) => location.href !== before", arg=before)

    def settled(self) -> None:
        """Once every act of these windows has been answered."""
        for name in SIZES:
            page: Page | None = getattr(self, name, None)
            if page is not None:
                expect(page.locator(UNDERWAY)).to_have_count(0)

    def number_at_kiosk(self) -> str:
        title = self.kiosk.locator(".ticket h1")
        expect(title).to_be_visible()
        return title.inner_text().replace("\u200a", "")

    def spoken(self) -> list[str]:
        return [note["clip"] for note in heard(self.display)]


def expect_fresh(page: Page) -> None:
    """Where a page is kept up to date, it says so."""
    if page.locator("lobby-live").count():
        expect(page.locator("body")).to_have_attribute("data-live", "fresh")


def code(number: str) -> str:
    """As every screen writes it."""
    return f"{number[0]}\u200a{number[1:]}"


@contextmanager
def windows(browser: Browser, services: House, names: Iterable[str] = SIZES) -> Iterator[Windows]:
    """Those of these names."""
    contexts: list[BrowserContext] = []
    seen = Windows(services, _folder(services.language))
    try:
        contexts.extend(seen.open(browser, name) for name in names)
        yield seen
    finally:
        for context in contexts:
            context.close()
    assert seen.errors == []


def _folder(language: str) -> Path | None:
    named = os.environ.get("LOBBY_WALK_PICTURES")
    if not named:
        return None
    folder = Path(named) / language
    folder.mkdir(parents=True, exist_ok=True)
    return folder
