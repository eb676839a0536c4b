"""The wall in a real browser before a real branch: what people in the hall see, and when."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from lobby.queueing.commands.counter import CallAgain, CallNext, Finish, StartServing
from tests.app.server import ServedApp
from tests.display.wall_page import (
    CALL_BY_HAND,
    CAPITALS_PX,
    CUT_OFF,
    CUT_OFF_WHEN_STALE,
    DWELL_MS,
    LANDSCAPE,
    PORTRAIT,
    STALE_WITHIN_MS,
    Line,
    hang,
    newest,
    shown,
    texts,
)


@pytest.fixture
def wall(page: Page, branch: ServedApp) -> Page:
    return hang(page, branch)


def test_it_is_almost_empty_in_the_morning(wall: Page) -> None:
    expect(wall.locator(".welcome")).to_contain_text("Please take a number at the kiosk")
    expect(wall.locator(".newest")).to_be_hidden()
    expect(wall.locator(".band__title")).to_be_hidden()
    expect(wall.locator("h1")).to_have_text("Riverside Branch")


def test_it_shows_a_call_and_where_to_go(wall: Page, branch: ServedApp) -> None:
    branch.open_counters()
    branch.take("A01")
    branch.call("3")
    newest(wall, "A 001", "3")
    expect(wall.locator(".welcome")).to_be_hidden()


def test_it_shows_two_calls_at_once_one_after_the_other(wall: Page, branch: ServedApp) -> None:
    branch.open_counters()
    branch.take_together("A01", "B01")
    branch.call("3", "1")
    newest(wall, "B 001", "1")
    first, second = wall.evaluate("shown")
    assert shown(wall) == ["A 001", "B 001"]
    assert second["at"] - first["at"] >= DWELL_MS - 20


def test_it_gives_each_call_five_seconds(page: Page, branch: ServedApp) -> None:
    wall = hang(page, branch)
    wall.reload()
    assert wall.locator("lobby-live").get_attribute("data-dwell-ms") == "5000"


def test_it_keeps_a_call_for_its_time_though_the_customer_was_quick(
    wall: Page, branch: ServedApp
) -> None:
    branch.open_counters()
    branch.take_together("A01", "A01")
    branch.perform_together(
        CallNext("3"), StartServing("3", "A001"), Finish("3", "A001"), CallNext("3")
    )
    newest(wall, "A 002", "3")
    first, second = wall.evaluate("shown")
    assert shown(wall) == ["A 001", "A 002"]
    assert second["at"] - first["at"] >= DWELL_MS - 20


def test_it_shows_a_ticket_called_again_before_its_turn_once(wall: Page, branch: ServedApp) -> None:
    branch.open_counters()
    branch.take_together("A01", "B01", "F01")
    branch.perform_together(CallNext("3"), CallNext("1"), CallAgain("1", "B001"), CallNext("4"))
    newest(wall, "F 001", "4")
    assert shown(wall) == ["A 001", "B 001", "F 001"]


def test_it_lists_the_other_calls_newest_first(wall: Page, branch: ServedApp) -> None:
    branch.open_counters()
    branch.take_together("A01", "B01", "F01")
    branch.call("3")
    branch.call("1")
    branch.call("4")
    newest(wall, "F 001", "4")
    assert texts(wall, ".call__ticket") == ["B 001", "A 001"]
    assert texts(wall, ".call__counter") == ["1", "3"]


def test_it_blinks_three_times_once_a_second(wall: Page, branch: ServedApp) -> None:
    branch.open_counters()
    branch.take("A01")
    branch.call("3")
    wall.wait_for_timeout(4_200)
    assert wall.evaluate("pulses") == 3
    duration = "getComputedStyle(document.querySelector('.newest')).animationDuration"
    assert wall.evaluate(duration) == "1s"


def test_it_stands_still_for_those_who_ask_for_it(wall: Page, branch: ServedApp) -> None:
    wall.emulate_media(reduced_motion="reduce")
    branch.open_counters()
    branch.take("A01")
    branch.call("3")
    newest(wall, "A 001", "3")
    wall.wait_for_timeout(1_500)
    assert wall.evaluate("pulses") == 0


def test_it_shows_only_the_counters_that_it_faces(page: Page, branch: ServedApp) -> None:
    wall = hang(page, branch, settings={"counters": ["1"]})
    branch.open_counters()
    branch.take_together("A01", "B01")
    branch.call("3", "1")
    newest(wall, "B 001", "1")
    wall.wait_for_timeout(DWELL_MS + 500)
    assert shown(wall) == ["B 001"]
    assert texts(wall, ".call__ticket") == []


def test_it_says_how_many_wait_for_what(wall: Page, branch: ServedApp) -> None:
    branch.take_together("A01", "A01", "F01")
    expect(wall.locator(".line")).to_have_count(2)
    assert texts(wall, ".line__label") == ["Cash and transfers", "Foreign exchange"]
    assert texts(wall, ".line__count") == ["2", "1"]


def test_it_goes_by_the_clock_of_the_branch(wall: Page, branch: ServedApp) -> None:
    expect(wall.locator(".clock__time")).to_have_text("09:00")
    branch.clock.advance(2 * 3600)
    branch.take("A01")
    expect(wall.locator(".clock__time")).to_have_text("11:00")


def test_its_clock_goes_on_between_frames(wall: Page) -> None:
    wall.evaluate("document.querySelector('[data-minute-of-day]').textContent = ''")
    expect(wall.locator(".clock__time")).to_have_text("09:00")


def test_it_admits_that_it_hears_nothing_and_comes_back_with_the_truth(
    page: Page, branch: ServedApp
) -> None:
    line = Line(page)
    wall = hang(page, branch)
    branch.open_counters()
    branch.take_together("A01", "B01", "A01")
    branch.call("3")
    newest(wall, "A 001", "3")

    line.cut()
    stale = wall.get_by_text(
        "Connection lost, trying again. Please watch the signs at the counters."
    )
    expect(stale).to_be_visible(timeout=STALE_WITHIN_MS)
    expect(wall.locator(".band__pages")).to_be_hidden()
    newest(wall, "A 001", "3")
    branch.call("1")
    branch.perform_together(StartServing("3", "A001"), Finish("3", "A001"))

    line.mend()
    newest(wall, "B 001", "1")
    expect(stale).to_be_hidden()
    assert texts(wall, ".line__count")[0] == "1"
    wall.wait_for_timeout(DWELL_MS + 500)
    assert wall.evaluate("announced") == ["A001", "B001"]
    newest(wall, "B 001", "1")


def test_it_does_not_announce_again_after_a_reload(wall: Page, branch: ServedApp) -> None:
    branch.open_counters()
    branch.take("A01")
    branch.call("3")
    newest(wall, "A 001", "3")
    wall.reload()
    branch.take("A01")
    expect(wall.locator(".line__count").first).to_have_text("1")
    newest(wall, "A 001", "3")
    assert wall.evaluate("announced") == []


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
@pytest.mark.parametrize("language", ["zh", "vi", "en"])
def test_it_can_be_read_from_five_metres(
    page: Page, branch: ServedApp, size: ViewportSize, language: str
) -> None:
    wall = hang(page, branch, language=language)
    wall.set_viewport_size(size)
    branch.open_counters()
    branch.take_together(*("A01",) * 2, "A02", "B01", "F01")
    branch.call("3")
    branch.call("2")
    branch.call("1")
    branch.call("4")
    newest(wall, "F 001", "4")
    wall.evaluate(CALL_BY_HAND, ["W1000", "12"])
    newest(wall, "W 1000", "12")
    assert len(texts(wall, ".call__ticket")) == 4
    capitals = wall.evaluate(CAPITALS_PX, ".newest .number, .call > .number")
    assert len(capitals) == 10
    assert min(capitals) * 0.634 >= 61
    assert wall.evaluate(CUT_OFF) == []
    assert wall.evaluate(CUT_OFF_WHEN_STALE) == []
