"""The page's side of a live screen, in a real browser under the strict content policy."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from lobby.live.changes import Change
from lobby.live.hub import Hub
from tests.app.server import Running
from tests.live.desk import Desk, wait_until_page
from tests.live.stage import announcements, running

LISTEN = """() => {
    window.heard = [];
    document.addEventListener("lobby:call", (call) => heard.push(call.detail.id));
}"""


def test_it_redraws_what_changed(screen: Page, desk_house: Running, desk: Desk) -> None:
    desk_house.soon(desk.move_on)
    expect(screen.locator("#number")).to_have_text("2")
    expect(screen.locator("body")).to_have_attribute("data-live", "fresh")


def test_it_leaves_what_a_person_is_doing(screen: Page, desk_house: Running, desk: Desk) -> None:
    screen.locator("#fold summary").click()
    screen.locator("#note").fill("wants a passbook")
    screen.locator("#next button").focus()
    desk_house.soon(desk.move_on)
    expect(screen.locator("#number")).to_have_text("2")
    expect(screen.locator("#note")).to_have_value("wants a passbook")
    expect(screen.locator("#fold")).to_have_attribute("open", "")
    expect(screen.locator("#next button")).to_be_focused()


def test_it_leaves_what_a_person_has_chosen(screen: Page, desk_house: Running, desk: Desk) -> None:
    screen.locator("#late").check()
    desk_house.soon(desk.move_on)
    expect(screen.locator("#number")).to_have_text("2")
    expect(screen.locator("#late")).to_be_checked()
    desk.ticket = "A002"
    desk_house.soon(desk.move_on)
    expect(screen.locator("#soon")).to_be_checked()


def test_it_does_not_carry_a_note_over_to_the_next_ticket(
    screen: Page, desk_house: Running, desk: Desk
) -> None:
    key = screen.locator("#transfer [name=key]").input_value()
    screen.locator("#note").fill("about the first ticket")
    desk.ticket = "A002"
    desk_house.soon(desk.move_on)
    expect(screen.locator("#number")).to_have_text("2")
    expect(screen.locator("#note")).to_have_value("")
    assert screen.locator("#transfer [name=key]").input_value() not in ("", key)


def test_it_admits_silence_and_shows_the_truth_when_it_is_back(
    screen: Page, desk_house: Running, desk: Desk
) -> None:
    number, port = screen.locator("#number"), desk_house.port
    desk_house.stop()
    expect(screen.locator("body")).to_have_attribute("data-live", "stale", timeout=8_000)
    expect(number).to_have_text("1")
    desk.version = 41
    desk.hub = Hub("build-1", lambda: datetime.now(UTC), desk.hub.pace)
    with running(desk.app(), desk.hub, port):
        expect(number).to_have_text("41", timeout=12_000)
        expect(screen.locator("body")).to_have_attribute("data-live", "fresh")


def test_it_announces_a_call_once_and_none_that_is_too_old(
    screen: Page, desk_house: Running, desk: Desk
) -> None:
    screen.evaluate(LISTEN)
    once = announcements(version=7, calls=1)
    late = announcements(version=6, calls=1, lives_s=-1)
    desk_house.soon(lambda: desk.hub.publish(Change("demo", 7, late + once)))
    screen.wait_for_function("() => heard.length === 1")
    drop_all_sockets(desk_house)
    desk_house.soon(desk.move_on)
    expect(screen.locator("#number")).to_have_text("2", timeout=10_000)
    assert screen.evaluate("heard") == ["demo-7-0"]


def test_it_does_not_announce_after_its_sleep_what_was_called_meanwhile(
    screen: Page, desk_house: Running, desk: Desk
) -> None:
    screen.evaluate(LISTEN)
    with asleep(screen):
        desk_house.soon(lambda: desk.move_on(calls=1, lives_s=3))
        time.sleep(6.5)
    expect(screen.locator("#number")).to_have_text("2")
    screen.wait_for_timeout(500)
    assert screen.evaluate("heard") == []


def test_it_reloads_when_the_build_changed_but_not_under_the_hands_of_a_person(
    screen: Page, desk_house: Running, desk: Desk
) -> None:
    screen.locator("#outside").focus()
    desk.hub.build = desk.shown_build = "build-2"
    screen.wait_for_timeout(1_200)
    assert desk.pages_given == 1
    screen.locator("#outside").blur()
    wait_until_page(screen, lambda: desk.pages_given == 2)
    expect(screen.locator("lobby-live")).to_have_attribute("data-build", "build-2")


def test_it_does_not_reload_for_ever_between_two_builds(
    screen: Page, desk_house: Running, desk: Desk
) -> None:
    desk.hub.build = "build-2"
    wait_until_page(screen, lambda: desk.pages_given == 2)
    screen.wait_for_timeout(2_000)
    assert desk.pages_given == 2


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


def drop_all_sockets(services: Running) -> None:
    async def drop() -> None:
        for connection in list(services.server.server_state.connections):
            connection.transport.abort()

    services.do(drop)
