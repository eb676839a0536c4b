"""What comes over a screen that is read aloud is heard, too: in a browser, without a server."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.app.server import ServedApp, wait_until
from tests.kiosk.conftest import Stand, stop_clock, tap
from tests.speech.booth import clips_heard, with_ears

QUESTION = "/kiosk/advice?service=A01"
MORE_TIME = ["question-more-time", "pause", "starts-over", "pause", "need-time"]
LOST = ["away-lost", "pause", "away-goes-on"]


def said(page: Page, clips: list[str]) -> Callable[[], bool]:
    """Whether they were heard, one after the other, at the end."""
    return lambda: clips_heard(page)[-len(clips) :] == clips


def test_it_asks_aloud_whether_more_time_is_wanted(stand: Stand, advised: ServedApp) -> None:
    page = with_ears(stand())
    stop_clock(page)
    page.goto(f"{advised.address}{QUESTION}&speech=on")
    page.clock.run_for(60_500)
    wait_until(said(page, MORE_TIME), 5)


def test_it_asks_silently_where_nothing_is_read_aloud(stand: Stand, advised: ServedApp) -> None:
    page = with_ears(stand())
    stop_clock(page)
    page.goto(f"{advised.address}{QUESTION}")
    page.clock.run_for(60_500)
    assert page.get_by_role("dialog").is_visible()
    assert clips_heard(page) == []


def test_it_says_without_a_network_that_the_connection_is_lost(
    stand: Stand, advised: ServedApp
) -> None:
    page = with_ears(stand())
    page.goto(f"{advised.address}{QUESTION}&speech=on")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    tap(page.locator(".answer").first)
    wait_until(said(page, LOST), 5)
    page.context.set_offline(False)
