"""The page's side of a live screen, in a real browser under the strict content policy."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from lobby.live.channels import Change
from lobby.live.hub import Hub, Pace
from lobby.live.rooms import Scene, Urgency
from tests.live.stage import Running, Stage, announcements, running, wait_until

STATIC = Path(__file__).resolve().parents[2] / "static"
POLICY = "default-src 'self'"

SHELL = """<!doctype html><html lang="en"><head><title>Stage</title>
<link rel="icon" href="/static/icon.svg">
<script type="module" src="/static/js/live.js"></script>
<script type="module" src="/static/js/acts.js"></script>
</head><body>
<p data-notice role="status"></p>
<template data-act-failed>Nothing was sent. Please try again.</template>
<input id="outside" type="text">
<lobby-live data-socket="/live" data-build="{build}">
<section id="region-desk" data-region="desk">{desk}</section>
</lobby-live></body></html>"""

DESK = """<p id="number">{version}</p>
<details id="fold"><summary>More</summary>{version}</details>
<form id="next" data-act method="post" action="/calls">
<input type="hidden" name="key" data-fresh-key value=""><button data-key="n">Next</button></form>
<form id="transfer" data-act method="post" action="/transfers">
<input type="hidden" name="number" value="{ticket}">
<input type="hidden" name="key" data-fresh-key value="">
<input id="note" name="note" type="text"><button>Transfer</button></form>"""


LISTEN = """() => {
    window.heard = [];
    document.addEventListener("lobby:call", (call) => heard.push(call.detail.id));
}"""


class Desk(Stage):
    """A page with two acts. What is sent to it is written down; how it answers can be set."""

    def __init__(self) -> None:
        super().__init__(Pace(hello_s=0.3, allowed_s=0.1))
        self.acts: list[dict[str, str]] = []
        self.answers: list[Response] = []
        self.ticket = "A001"
        self.shown_build = "build-1"
        self.pages_given = 0

    def scene(self, key: str = "demo/counter/en", urgency: int = Urgency.COUNTER) -> Scene:
        def look() -> tuple[int, Any]:
            return self.version, (self.version, self.ticket)

        return Scene(key, "demo", urgency, look, self.paint, announces=True)

    def paint(self, view: Any) -> dict[str, str]:
        return {"desk": DESK.format(version=view[0], ticket=view[1])}

    async def page(self, _: Request) -> Response:
        self.pages_given += 1
        desk = self.paint((self.version, self.ticket))["desk"]
        html = SHELL.format(build=self.shown_build, desk=desk)
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    async def act(self, request: Request) -> Response:
        fields = parse_qsl((await request.body()).decode())
        self.acts.append({"path": request.url.path, **dict(fields)})
        return self.answers.pop(0) if self.answers else JSONResponse({"location": "/"})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self.page),
                Route("/calls", self.act, methods=["POST"]),
                Route("/transfers", self.act, methods=["POST"]),
                WebSocketRoute("/live", self.live),
                Mount("/static", StaticFiles(directory=STATIC)),
            ]
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def house(desk: Desk) -> Iterator[Running]:
    with running(desk.app(), desk.hub) as house:
        yield house


@pytest.fixture
def screen(page: Page, house: Running, desk: Desk) -> Page:
    """The page, once its socket is there."""
    page.goto(f"http://127.0.0.1:{house.port}/")
    wait_until(lambda: desk.hub.sockets_open[Urgency.COUNTER] == 1, 5)
    house.soon(desk.move_on)
    expect(page.locator("#number")).to_have_text("1")
    return page


def test_it_redraws_what_changed(screen: Page, house: Running, desk: Desk) -> None:
    house.soon(desk.move_on)
    expect(screen.locator("#number")).to_have_text("2")
    expect(screen.locator("body")).to_have_attribute("data-live", "fresh")


def test_it_leaves_what_a_person_is_doing(screen: Page, house: Running, desk: Desk) -> None:
    screen.locator("#fold summary").click()
    screen.locator("#note").fill("wants a passbook")
    screen.locator("#next button").focus()
    house.soon(desk.move_on)
    expect(screen.locator("#number")).to_have_text("2")
    expect(screen.locator("#note")).to_have_value("wants a passbook")
    expect(screen.locator("#fold")).to_have_attribute("open", "")
    expect(screen.locator("#next button")).to_be_focused()


def test_it_does_not_carry_a_note_over_to_the_next_ticket(
    screen: Page, house: Running, desk: Desk
) -> None:
    key = screen.locator("#transfer [name=key]").input_value()
    screen.locator("#note").fill("about the first ticket")
    desk.ticket = "A002"
    house.soon(desk.move_on)
    expect(screen.locator("#number")).to_have_text("2")
    expect(screen.locator("#note")).to_have_value("")
    assert screen.locator("#transfer [name=key]").input_value() not in ("", key)


def test_it_admits_silence_and_shows_the_truth_when_it_is_back(
    screen: Page, house: Running, desk: Desk
) -> None:
    number, port = screen.locator("#number"), house.port
    house.stop()
    expect(screen.locator("body")).to_have_attribute("data-live", "stale", timeout=8_000)
    expect(number).to_have_text("1")
    desk.version = 41
    desk.hub = Hub("build-1", lambda: datetime.now(UTC), desk.hub.pace)
    with running(desk.app(), desk.hub, port):
        expect(number).to_have_text("41", timeout=12_000)
        expect(screen.locator("body")).to_have_attribute("data-live", "fresh")


def test_it_announces_a_call_once_and_none_that_is_too_old(
    screen: Page, house: Running, desk: Desk
) -> None:
    screen.evaluate(LISTEN)
    once = announcements(version=7, calls=1)
    late = announcements(version=6, calls=1, lives_s=-1)
    house.soon(lambda: desk.hub.publish(Change("demo", 7, late + once)))
    screen.wait_for_function("heard.length === 1")
    screen.evaluate("window.dispatchEvent(new Event('online'))")
    drop_all_sockets(house, desk)
    house.soon(desk.move_on)
    expect(screen.locator("#number")).to_have_text("2", timeout=10_000)
    assert screen.evaluate("heard") == ["demo-7-0"]


def test_it_does_not_announce_after_its_sleep_what_was_called_meanwhile(
    screen: Page, house: Running, desk: Desk
) -> None:
    screen.evaluate(LISTEN)
    with asleep(screen):
        house.soon(lambda: desk.move_on(calls=1, lives_s=3))
        time.sleep(6.5)
    expect(screen.locator("#number")).to_have_text("2")
    screen.wait_for_timeout(500)
    assert screen.evaluate("heard") == []


def test_it_reloads_when_the_build_changed_but_not_under_the_hands_of_a_person(
    screen: Page, house: Running, desk: Desk
) -> None:
    screen.locator("#outside").focus()
    desk.hub.build = desk.shown_build = "build-2"
    screen.wait_for_timeout(1_200)
    assert desk.pages_given == 1
    screen.locator("#outside").blur()
    wait_until_page(screen, lambda: desk.pages_given == 2)
    expect(screen.locator("lobby-live")).to_have_attribute("data-build", "build-2")


def test_it_does_not_reload_for_ever_between_two_builds(
    screen: Page, house: Running, desk: Desk
) -> None:
    desk.hub.build = "build-2"
    wait_until_page(screen, lambda: desk.pages_given == 2)
    screen.wait_for_timeout(2_000)
    assert desk.pages_given == 2


def test_it_sends_a_double_tap_once(screen: Page, desk: Desk) -> None:
    screen.locator("#next button").dblclick()
    screen.wait_for_timeout(500)
    assert [act["path"] for act in desk.acts] == ["/calls"]
    assert len(desk.acts[0]["key"]) == 32


def test_it_presses_a_control_by_its_key_but_not_while_a_person_types(
    screen: Page, desk: Desk
) -> None:
    screen.locator("#outside").press("n")
    screen.locator("#outside").blur()
    assert desk.acts == []
    screen.keyboard.press("Control+n")
    screen.keyboard.press("n")
    wait_until_page(screen, lambda: desk.acts)
    screen.wait_for_timeout(400)
    screen.keyboard.press("n")
    wait_until_page(screen, lambda: len(desk.acts) == 2)
    assert desk.acts[0]["key"] != desk.acts[1]["key"]


def test_it_sends_a_lost_act_again_with_the_same_key(screen: Page, desk: Desk) -> None:
    desk.answers = [Response(status_code=502), Response(status_code=504)]
    screen.locator("#next button").click()
    wait_until_page(screen, lambda: len(desk.acts) == 3)
    assert len({act["key"] for act in desk.acts}) == 1
    expect(screen.locator("[data-notice]")).to_have_text("")


def test_it_says_so_when_nothing_could_be_sent(screen: Page, desk: Desk) -> None:
    desk.answers = [Response(status_code=502) for _ in range(4)]
    button = screen.locator("#next button")
    button.click()
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(screen.locator("[data-notice]")).to_have_text(
        "Nothing was sent. Please try again.", timeout=8_000
    )
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.click()
    wait_until_page(screen, lambda: len(desk.acts) == 5)
    assert len({act["key"] for act in desk.acts}) == 1, "it may have been done the first time"


def test_it_shows_why_an_act_was_refused(screen: Page, desk: Desk) -> None:
    desk.answers = [JSONResponse({"sentence": "Nobody is waiting."}, status_code=409)]
    screen.locator("#next button").click()
    expect(screen.locator("[data-notice]")).to_have_text("Nobody is waiting.")


def test_it_goes_where_an_act_leads(screen: Page, desk: Desk) -> None:
    desk.answers = [JSONResponse({"location": "/?ticket=A001"})]
    screen.locator("#next button").click()
    screen.wait_for_url("**/?ticket=A001")
    assert desk.pages_given == 2


def test_it_forgets_a_note_once_it_was_sent(screen: Page, house: Running, desk: Desk) -> None:
    screen.locator("#note").fill("wants a passbook")
    screen.locator("#transfer button").click()
    wait_until_page(screen, lambda: desk.acts)
    assert desk.acts[0]["note"] == "wants a passbook"
    expect(screen.locator("#note")).to_have_value("")


@contextmanager
def asleep(page: Page) -> Iterator[None]:
    """Stops the process behind the page, as the lid of a laptop does; its socket stays open."""
    browser = page.context.browser
    assert browser is not None
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [process["id"] for process in processes if process["type"] == "renderer"]
    assert renderers
    for renderer in renderers:
        os.kill(renderer, signal.SIGSTOP)
    try:
        yield
    finally:
        for renderer in renderers:
            os.kill(renderer, signal.SIGCONT)


def drop_all_sockets(house: Running, desk: Desk) -> None:
    async def drop() -> None:
        for connection in list(house.server.server_state.connections):
            connection.transport.abort()

    house.do(drop)
    wait_until(lambda: desk.hub.sockets_open[Urgency.COUNTER] == 0, 5)


def wait_until_page(page: Page, true: Any, within_ms: int = 5_000) -> None:
    """Like `wait_until`, but the browser's events go on meanwhile."""
    for _ in range(within_ms // 50):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"still not so after {within_ms} ms")
