"""K10 and K11: all the time somebody needs, a hint where they do not get on, then nothing left."""

import re

from playwright.sync_api import expect

from lobby.queueing.model.help import HelpKind
from tests.app.server import ServedApp
from tests.kiosk.conftest import Stand, stop_clock, tap


def test_k10_more_time_is_given_at_least_ten_times_and_then_all_is_erased(
    stand: Stand, advised: ServedApp
) -> None:
    page = stand()
    stop_clock(page)
    page.goto(f"{advised.address}/kiosk/advice?service=A01&amount=up_to_5000")
    question = page.get_by_role("dialog")
    for _time in range(10):
        page.clock.run_for(60_500)
        expect(question).to_be_visible()
        page.clock.run_for(15_000)
        question.get_by_role("button").click()
        expect(question).to_be_hidden()
        page.clock.run_for(400)
    page.clock.run_for(60_500)
    page.clock.run_for(20_500)
    expect(page).to_have_url(f"{advised.address}/kiosk")
    assert "up_to" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_k10_two_warnings_call_somebody_once(stand: Stand, advised: ServedApp) -> None:
    page = stand()
    stop_clock(page)
    page.goto(f"{advised.address}/kiosk/advice?service=A01")
    for _time in range(3):
        page.clock.run_for(60_500)
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_role("dialog").get_by_role("button").click()
        page.clock.run_for(400)
    calls = [call.kind for call in advised.riverside.hall.help_calls]
    assert calls == [HelpKind.STUCK]


def test_k10_three_steps_back_call_somebody_once(stand: Stand, advised: ServedApp) -> None:
    page = stand()
    page.goto(f"{advised.address}/kiosk")
    for _time in range(4):
        tap(page.locator("[data-key='1']"))
        page.wait_for_url("**/kiosk/advice**")
        tap(page.locator("[data-back]"))
        page.wait_for_url("**/kiosk")
    calls = [call.kind for call in advised.riverside.hall.help_calls]
    assert calls == [HelpKind.STUCK]


def test_k10_and_k11_large_text_is_one_tap_shows_no_clock_and_ends_with_the_visit(
    stand: Stand, advised: ServedApp
) -> None:
    page = stand()
    page.goto(f"{advised.address}/kiosk")
    tap(page.locator(".kiosk__size"))
    expect(page.locator("body")).to_have_class(re.compile("kiosk--large"))
    warning = page.locator("dialog[data-idle]").text_content() or ""
    assert not re.search(r"\d", warning), "no running out of seconds"
    for key in ("2", "5", "1"):
        tap(page.locator(f"[data-key='{key}']"))
        page.wait_for_load_state()
    expect(page.locator("body")).to_have_class(re.compile("kiosk--large"))
    tap(page.get_by_role("link", name="Done"))
    expect(page.locator("body")).to_have_class("kiosk")
