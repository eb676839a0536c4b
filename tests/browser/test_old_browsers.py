"""Kiosk, wall, counter's sign and pairing work in a real Chromium 87, and say one clear sentence in
an older one. `test_young_features.py` beside this holds the same without such a browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, FloatRect, Page, ViewportSize

from lobby.queueing.commands.counter import CallNext, Hold, OpenCounter
from lobby.store.devices import DeviceKind
from tests.app.server import ServedApp, serve_app, wait_until
from tests.browser.old_chromium import old_chromium
from tests.web.test_devices import add, code_for

WITHIN_S = 10
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-zygote")
ONE_SENTENCE = re.compile(
    r"浏览器版本过旧[^\n]*\s+Trình duyệt này quá cũ[^\n]*\s+This browser is too old[^\n]*"
)

WIDE: ViewportSize = {"width": 1920, "height": 1080}
TALL: ViewportSize = {"width": 1080, "height": 1920}
SCREENS: tuple[tuple[DeviceKind, str, dict[str, str]], ...] = (
    (DeviceKind.KIOSK, "/kiosk", {}),
    (DeviceKind.DISPLAY, "/display", {}),
    (DeviceKind.DISPLAY, "/display", {"layout": "counter", "counter": "1"}),
)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ServedApp]:
    """A001 is called to counter 1, and two wait."""
    with serve_app(tmp_path) as app:
        app.perform(OpenCounter("1", app.id_of("thu"), ("A01",)))
        app.take_together("A01", "A01", "A01")
        app.perform(CallNext("1"))
        app.settled()
        yield app


def launched(chromium: Browser, release: int) -> Iterator[Browser]:
    program = old_chromium(release)
    old = chromium.browser_type.launch(executable_path=program, args=list(ARGUMENTS))
    assert old.version.startswith(f"{release}.")
    yield old
    old.close()


@pytest.fixture(scope="module")
def oldest(chromium: Browser) -> Iterator[Browser]:
    yield from launched(chromium, 87)


@pytest.fixture(scope="module")
def older(chromium: Browser) -> Iterator[Browser]:
    yield from launched(chromium, 83)


Look = Callable[..., Page]


@pytest.fixture
def look(hall: ServedApp) -> Iterator[Look]:
    """Opens the screen of a new device. An error of its scripts fails the test, unless the browser
    is too old for them."""
    errors: list[str] = []
    contexts = []

    def opened(
        browser: Browser,
        kind: DeviceKind,
        path: str,
        size: ViewportSize = WIDE,
        *,
        is_too_old: bool = False,
        **settings: Any,
    ) -> Page:
        context = browser.new_context(viewport=size)
        contexts.append(context)
        hall.let_in(context, hall.paired(kind, **settings))
        page = context.new_page()
        if not is_too_old:
            page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{hall.address}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


ASK = """([selector, what]) => {
    const element = document.querySelector(selector);
    if (!element) return null;
    if (what === "text") return element.innerText.trim();
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
}"""
"""Playwright's own questions ask the page for what came later than these browsers."""


def box(page: Page, selector: str) -> FloatRect:
    found = page.evaluate(ASK, [selector, "box"])
    assert found is not None, selector
    return cast("FloatRect", found)


def text(page: Page, selector: str) -> str:
    return cast("str", page.evaluate(ASK, [selector, "text"]) or "")


def shows(page: Page, selector: str, words: str) -> None:
    wait_until(lambda: words in text(page, selector), WITHIN_S)


def is_live(page: Page) -> None:
    wait_until(lambda: page.evaluate("document.body.dataset.live") == "fresh", WITHIN_S)


def tap(page: Page, selector: str) -> None:
    page.evaluate("(selector) => document.querySelector(selector).click()", selector)


def test_a_kiosk_gives_a_number(oldest: Browser, hall: ServedApp, look: Look) -> None:
    page = look(oldest, DeviceKind.KIOSK, "/kiosk", TALL)
    is_live(page)
    assert box(page, ".answer")["height"] > 150, "drawn as large as a finger needs"
    assert box(page, "[data-too-old]")["height"] == 0
    tap(page, ".answer[value='A01']")
    page.wait_for_url("**/kiosk/tickets/A004*")
    shows(page, ".ticket__number", "A\u200a004")
    assert "A004" in hall.hall.tickets


def test_a_wall_shows_calls_large_as_they_come(
    oldest: Browser, hall: ServedApp, look: Look
) -> None:
    page = look(oldest, DeviceKind.DISPLAY, "/display")
    is_live(page)
    shows(page, "[data-newest-ticket]", "A\u200a001")
    hall.perform(Hold("1", "A001", "papers"))
    hall.perform(CallNext("1"))
    shows(page, "[data-newest-ticket]", "A\u200a002")
    newest, beside, band = (box(page, each) for each in (".newest", ".last", ".band"))
    assert newest["x"] + newest["width"] <= beside["x"]
    assert newest["width"] > 900 and box(page, ".newest__ticket")["height"] > 200
    assert band["y"] + band["height"] == pytest.approx(1080, abs=1)
    shows(page, ".line__count", "1")


def test_a_wall_that_stands_upright_has_its_list_below(oldest: Browser, look: Look) -> None:
    page = look(oldest, DeviceKind.DISPLAY, "/display", TALL)
    is_live(page)
    newest, below = box(page, ".newest"), box(page, ".last")
    assert newest["y"] + newest["height"] <= below["y"]


def test_a_sign_shows_its_counter_and_ticket(oldest: Browser, look: Look) -> None:
    page = look(oldest, DeviceKind.DISPLAY, "/display", layout="counter", counter="1")
    is_live(page)
    shows(page, ".sign__ticket", "A\u200a001")
    assert box(page, ".sign__ticket")["height"] > 300
    assert box(page, ".sign-top")["y"] == 0


def test_a_device_is_paired_by_touch(oldest: Browser, hall: ServedApp) -> None:
    code = code_for(hall, add(hall))  # type: ignore[arg-type]
    with oldest.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{hall.address}/pair")
        assert box(page, ".gate__card")["width"] > 500
        for digit in code:
            tap(page, f".keypad__key[value='{digit}']")
        tap(page, ".gate__act")
        page.wait_for_url(f"{hall.address}/kiosk")


@pytest.mark.parametrize(("kind", "path", "settings"), SCREENS)
def test_an_older_browser_says_one_clear_sentence(
    older: Browser, look: Look, kind: DeviceKind, path: str, settings: dict[str, str]
) -> None:
    page = look(older, kind, path, is_too_old=True, **settings)
    assert ONE_SENTENCE.fullmatch(text(page, "body"))
    assert page.evaluate("document.body.children.length") == 1
