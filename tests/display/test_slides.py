"""Quiet texts of the branch's own: only when nobody is called, gone at once, never too late."""

from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from lobby.queueing.commands.floor import PostNotice
from lobby.queueing.model.notices import NoticeKind
from tests.app.server import ServedApp
from tests.display.wall_page import LANDSCAPE, PORTRAIT, STALE_WITHIN_MS, Line, hang, newest, texts

QUIET_MS = 1_500
TODAY = {"from": "2026-03-02", "until": "2026-03-02", "texts": {"en": "Keep your PIN to yourself"}}
SLIDE = ".slide"

OVERFLOWING = """() => ["slides .slide", "notices .notice-line", "wall .stage", "stage .newest"]
    .flatMap((places) => {
        const [home, inner] = places.split(" ");
        return [...document.querySelectorAll(`.${home} ${inner}`)].map((element) => {
            const room = element.closest(`.${home}`).getBoundingClientRect();
            const box = element.getBoundingClientRect();
            const fits = !element.checkVisibility()
                || (box.top >= room.top - 1 && box.bottom <= room.bottom + 1);
            return fits ? null : `${inner} ${box.top} ${box.bottom} in ${room.top} ${room.bottom}`;
        });
    })
    .filter(Boolean)"""
"""What does not fit its place, from above or from below."""


def set_pace(wall: Page, **paces_ms: int) -> None:
    wall.evaluate(
        "(paces) => Object.assign(document.querySelector('lobby-live').dataset, paces)", paces_ms
    )


def with_slides(page: Page, branch: ServedApp, *slides: dict[str, Any], **device: Any) -> Page:
    wall = hang(page, branch, settings={"slides": list(slides)}, **device)
    set_pace(wall, quietMs=QUIET_MS)
    return wall


@pytest.fixture
def wall(page: Page, branch: ServedApp) -> Page:
    branch.open_counters()
    return with_slides(page, branch, TODAY)


def test_it_shows_a_slide_while_nobody_was_called_yet(wall: Page) -> None:
    expect(wall.locator(SLIDE)).to_have_text("Keep your PIN to yourself")
    expect(wall.locator(SLIDE)).to_be_visible()
    expect(wall.locator(".welcome")).to_be_hidden()


def test_a_call_takes_the_place_of_a_slide_within_a_second(wall: Page, branch: ServedApp) -> None:
    expect(wall.locator(SLIDE)).to_be_visible()
    wall.evaluate(
        """() => {
            const now = () => performance.now();
            document.addEventListener("lobby:redrawn", () => { window.told ??= now(); });
            const panel = document.querySelector(".newest");
            new MutationObserver(() => {
                if (panel.checkVisibility()) window.seen ??= now();
            }).observe(document.body, { attributes: true, subtree: true });
        }"""
    )
    branch.take("A01")
    wall.evaluate("window.told = undefined")
    branch.call("3")
    newest(wall, "A 001", "3")
    expect(wall.locator(".newest")).to_be_visible()
    expect(wall.locator(SLIDE)).to_be_hidden()
    assert wall.evaluate("window.seen - window.told") < 1_000


def test_it_waits_until_the_hall_was_quiet_for_a_while(wall: Page, branch: ServedApp) -> None:
    branch.take("A01")
    branch.call("3")
    newest(wall, "A 001", "3")
    wall.wait_for_timeout(QUIET_MS // 2)
    expect(wall.locator(SLIDE)).to_be_hidden()
    expect(wall.locator(SLIDE)).to_be_visible()


def test_the_last_calls_stay_beside_a_slide(wall: Page, branch: ServedApp) -> None:
    branch.take_together("A01", "B01")
    branch.call("3")
    branch.call("1")
    expect(wall.locator(SLIDE)).to_be_visible(timeout=10_000)
    assert texts(wall, ".call__ticket") == ["B 001", "A 001"]


def test_a_slide_ends_with_its_last_day(wall: Page, branch: ServedApp) -> None:
    expect(wall.locator(SLIDE)).to_be_visible()
    branch.clock.advance(15 * 3600)
    branch.take("A01")
    expect(wall.locator(SLIDE)).to_have_count(0)
    expect(wall.locator(".slides")).to_be_hidden()


def test_a_screen_that_is_cut_off_never_shows_a_slide_past_its_day(
    page: Page, branch: ServedApp
) -> None:
    line = Line(page)
    wall = with_slides(page, branch, TODAY)
    expect(wall.locator(SLIDE)).to_be_visible()
    line.cut()
    expect(wall.locator("body")).to_have_attribute("data-live", "stale", timeout=STALE_WITHIN_MS)
    expect(wall.locator(SLIDE)).to_be_hidden()


def test_its_own_clock_ends_a_slide_before_the_server_has_told_the_new_day(
    page: Page, branch: ServedApp
) -> None:
    branch.clock.advance((15 * 60 - 1) * 60 + 57)
    wall = with_slides(page, branch, TODAY)
    expect(wall.locator(SLIDE)).to_be_visible()
    expect(wall.locator(".clock__time")).to_have_text("00:00")
    expect(wall.locator(SLIDE)).to_be_hidden(timeout=1_000)


def test_slides_and_their_languages_take_turns(page: Page, branch: ServedApp) -> None:
    both = TODAY | {"texts": {"en": "One", "zh": "一"}}
    other = TODAY | {"texts": {"en": "Two"}}
    wall = with_slides(page, branch, both, other)
    set_pace(wall, slideMs=700)
    for text in ("一", "Two", "One"):
        shown = wall.locator(SLIDE).filter(visible=True)
        expect(shown).to_have_text(text)


def test_a_slide_makes_no_sound(wall: Page) -> None:
    expect(wall.locator(SLIDE)).to_be_visible()
    wall.wait_for_timeout(500)
    assert wall.evaluate("heard") == []
    assert wall.locator("video, audio").count() == 0


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
@pytest.mark.parametrize("language", ["zh", "vi", "en"])
def test_the_longest_slide_and_a_notice_leave_room_for_each_other(
    page: Page, branch: ServedApp, size: ViewportSize, language: str
) -> None:
    sign = "请" if language == "zh" else "quyển "
    longest = TODAY | {"texts": {language: (sign * 160)[: 80 if language == "zh" else 160]}}
    branch.open_counters()
    branch.perform_together(PostNotice(NoticeKind.CASH_LIMIT, "large_sums_by_appointment", 30))
    branch.take_together("A01", "A02", "B01", "F01")
    for counter in ("3", "2", "1", "4"):
        branch.call(counter)
    wall = with_slides(page, branch, longest, language=language)
    wall.set_viewport_size(size)
    expect(wall.locator(SLIDE)).to_be_visible(timeout=15_000)
    assert wall.evaluate(OVERFLOWING) == []
