"""A wall that nobody looks after: late lines, wrong clocks, new builds, and who cannot see well."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from lobby.queueing.commands.floor import PostNotice
from lobby.queueing.model.notices import NoticeKind
from lobby.store.devices import DeviceKind
from tests.app.server import ServedApp
from tests.display.test_slides import TODAY
from tests.display.wall_page import hang, newest, speaks, texts

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
VIOLATIONS = """() => axe.run(document, { resultTypes: ["violations"], preload: false })
    .then(({ violations }) => violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`))"""
AN_HOUR_AHEAD = "const real = Date.now; Date.now = () => real() + 3_600_000;"
LATE_MS = 1_500

Change = Callable[[dict[str, Any]], dict[str, Any]]


def through(page: Page, change: Change, *, late_ms: int = 0) -> None:
    """Every frame as it was, or as `change` makes it; a call `late_ms` later than it was sent."""

    def connect(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            frame = change(json.loads(message))
            if frame["frame"] == "call" and late_ms:
                page.wait_for_timeout(late_ms)
            socket.send(json.dumps(frame))

        server.on_message(pass_on)

    page.route_web_socket("**/display/live*", connect)


def short_lived(frame: dict[str, Any]) -> dict[str, Any]:
    return frame | {"ttl_s": 1.0} if frame["frame"] == "call" else frame


def test_a_call_that_comes_too_late_over_a_slow_line_is_shown_and_not_spoken(
    page: Page, branch: ServedApp
) -> None:
    branch.open_counters()
    through(page, short_lived, late_ms=LATE_MS)
    wall = speaks(hang(page, branch))
    branch.take("A01")
    branch.call("3")
    newest(wall, "A 001", "3")
    wall.wait_for_timeout(LATE_MS + 1_500)
    assert wall.evaluate("announced") == []
    assert wall.evaluate("heard") == []


def test_a_short_lived_call_over_a_quick_line_is_spoken(page: Page, branch: ServedApp) -> None:
    branch.open_counters()
    through(page, short_lived)
    wall = speaks(hang(page, branch))
    branch.take("A01")
    branch.call("3")
    wall.wait_for_function("() => window.heard.length > 0")


def test_a_screen_whose_clock_is_an_hour_ahead_still_announces(
    page: Page, branch: ServedApp
) -> None:
    page.add_init_script(AN_HOUR_AHEAD)
    branch.open_counters()
    wall = speaks(hang(page, branch))
    expect(wall.locator(".clock__time")).to_have_text("09:00")
    branch.take("A01")
    branch.call("3")
    wall.wait_for_function("() => window.heard.length > 0")
    assert wall.evaluate("announced") == ["A001"]


def test_it_loads_itself_anew_when_the_server_was_renewed(page: Page, branch: ServedApp) -> None:
    build: dict[str, str] = {}
    through(page, lambda frame: frame | build)
    branch.open_counters()
    hang(page, branch)
    build["build"] = "new"
    with page.expect_navigation(url="**/display*"):
        branch.take("A01")
        branch.call("3")


def test_it_shows_the_last_calls_to_who_was_away_for_a_moment(
    page: Page, branch: ServedApp
) -> None:
    """Was I called? The list says so, and says it again after a reload."""
    branch.open_counters()
    wall = hang(page, branch)
    branch.take_together("A01", "B01", "F01")
    for counter in ("3", "1", "4"):
        branch.call(counter)
    newest(wall, "F 001", "4")
    wall.reload()
    newest(wall, "F 001", "4")
    assert texts(wall, ".call__ticket") == ["B 001", "A 001"]


def test_it_goes_on_without_its_scripts(page: Page, branch: ServedApp) -> None:
    page.route("**/*.js", lambda route: route.abort())
    branch.open_counters()
    branch.take("A01")
    branch.call("3")
    branch.let_in(page.context, branch.paired(DeviceKind.DISPLAY))
    page.goto(f"{branch.address}/display")
    expect(page.locator("[data-newest-ticket]")).to_have_text("A\u200a001")
    expect(page.locator(".line__count").first).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "vi", "en"])
@pytest.mark.parametrize("layout", ["hall", "counter"])
def test_it_bars_nobody(page: Page, branch: ServedApp, layout: str, language: str) -> None:
    branch.open_counters()
    settings = {"layout": layout, "counter": "3", "slides": [TODAY]}
    branch.perform_together(PostNotice(NoticeKind.DELAY, "system_slow", 30))
    branch.take_together("A01", "B01")
    branch.call("3", "1")
    wall = hang(page, branch, language=language, settings=settings)
    wall.emulate_media(reduced_motion="reduce")
    wall.wait_for_timeout(300)
    wall.evaluate(f"{AXE}; undefined")
    assert wall.evaluate(VIOLATIONS) == []
    wall.evaluate("document.body.dataset.live = 'stale'")
    assert wall.evaluate(VIOLATIONS) == []


@pytest.mark.parametrize("language", ["zh", "vi", "en"])
def test_the_form_that_sets_it_bars_nobody(page: Page, branch: ServedApp, language: str) -> None:
    branch.paired(DeviceKind.DISPLAY, slides=[TODAY])
    branch.sign_in(page.context, "lan")
    page.goto(f"{branch.address}/floor/displays/1?language={language}")
    page.evaluate(f"{AXE}; undefined")
    assert page.evaluate(VIOLATIONS) == []
