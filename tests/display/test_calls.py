"""Calls that come at once, in a flood, in other ways, or while the display was asleep."""

import asyncio
import threading
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lobby.queueing.commands.counter import CallNext, Finish, StartServing
from lobby.queueing.commands.ticket import SetCallModes
from lobby.queueing.model.call_modes import CallMode
from tests.app.server import ServedApp, wait_until
from tests.display.wall_page import (
    CALL_BY_HAND,
    CAPITALS_PX,
    CUT_OFF,
    DWELL_MS,
    LANDSCAPE,
    PORTRAIT,
    hang,
    heard,
    newest,
    sentence,
    shown,
    speaks,
    texts,
)
from tests.live.raw import silent_client
from tests.live.stage import HURRIED, Stage, on_stage
from tests.live.test_stalled import memory_bytes

FLOOD = 20
FRAMES = 10_000
MOST_GROWTH_BYTES = 12_000_000
ASLEEP_MS = 6_500


@pytest.fixture
def wall(page: Page, branch: ServedApp) -> Page:
    branch.open_counters()
    return hang(page, branch)


def one_after_the_other(wall: Page, calls: int, within_ms: int) -> None:
    """Calls from a few counters, as fast as they can be made by hand."""
    wall.evaluate(
        """async ([calls, within_ms]) => {
            for (let at = 0; at < calls; at += 1) {
                const ticket = `A${String(at + 101)}`;
                const detail = {
                    id: `hand-${at}`, ticket, counter: String(at % 4 + 1), languages: ["en"],
                    modes: ["voice", "display"], deadline: performance.now() + 30_000,
                };
                document.dispatchEvent(new CustomEvent("lobby:call", { detail }));
                await new Promise((resolve) => setTimeout(resolve, within_ms / calls));
            }
        }""",
        [calls, within_ms],
    )


def test_two_calls_within_100_ms_are_both_shown_and_both_spoken(
    wall: Page, branch: ServedApp
) -> None:
    speaks(wall)
    branch.take_together("A01", "B01")
    branch.call("3", "1")
    newest(wall, "B 001", "1")
    first, second = wall.evaluate("shown")
    assert shown(wall) == ["A 001", "B 001"]
    assert second["at"] - first["at"] >= DWELL_MS - 20
    said = [*sentence("A001", "3", "vi"), *sentence("B001", "1", "vi")]
    wait_until(lambda: spoken_in_order(wall, said), 15)


def spoken_in_order(wall: Page, said: list[str]) -> bool:
    rest: Iterator[str] = iter(note["clip"] for note in heard(wall))
    return all(any(clip == other for other in rest) for clip in said)


def test_twenty_calls_in_two_seconds_are_all_shown_and_said_in_order(wall: Page) -> None:
    """In a flood four stand on the panel together, each group for its whole time."""
    speaks(wall)
    one_after_the_other(wall, FLOOD, within_ms=2_000)
    expected = [f"A {number}" for number in range(101, 101 + FLOOD)]
    wall.wait_for_function("() => window.shown.at(-1)?.text.includes('\\u200a120')", timeout=20_000)
    moments = wall.evaluate("shown")
    seen = [ticket for text in shown(wall) for ticket in text.split(" + ")]
    assert [ticket for ticket in seen if ticket] == expected
    assert all(later["at"] - earlier["at"] >= DWELL_MS - 20 for earlier, later in pairwise(moments))
    said = [clip for number in range(101, 121) for clip in sentence(f"A{number}", "1", "en")[:5]]
    wait_until(lambda: spoken_in_order(wall, said), 40)


def test_a_flood_of_real_calls_ends_with_the_last_five_in_the_list(
    wall: Page, branch: ServedApp
) -> None:
    branch.take_together(*("A01",) * FLOOD)
    commands: list[Any] = []
    for number in range(1, FLOOD + 1):
        code = f"A{number:03}"
        commands += [CallNext("3"), StartServing("3", code), Finish("3", code)]
    branch.perform_together(*commands)
    newest(wall, "A 020", "3")
    assert texts(wall, ".call__ticket") == ["A 019", "A 018", "A 017", "A 016"]
    seen = [ticket for text in shown(wall) for ticket in text.split(" + ") if ticket]
    assert sorted(set(seen)) == [f"A {number:03}" for number in range(1, FLOOD + 1)]


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
def test_a_flood_can_still_be_read_from_five_metres(wall: Page, size: Any) -> None:
    wall.set_viewport_size(size)
    one_after_the_other(wall, 6, within_ms=60)
    wall.wait_for_function("() => document.querySelectorAll('.newest__call').length === 4")
    capitals = wall.evaluate(CAPITALS_PX, ".newest .number")
    assert len(capitals) == 8
    assert min(capitals) * 0.634 >= 61
    assert wall.evaluate(CUT_OFF) == []


def test_who_is_fetched_in_person_is_neither_called_out_nor_shown_large(
    wall: Page, branch: ServedApp
) -> None:
    speaks(wall)
    branch.take_together("A01", "A01")
    branch.perform_together(SetCallModes("A001", (CallMode.FETCH,)), CallNext("3"))
    expect(wall.locator(".call__ticket")).to_have_text("A\u200a001")
    wall.wait_for_timeout(600)
    assert shown(wall) == []
    assert heard(wall) == []
    expect(wall.locator(".newest")).to_be_hidden()


def test_who_has_a_pager_is_not_spoken_to_and_the_wall_never_hears_the_pagers_number(
    wall: Page, branch: ServedApp
) -> None:
    speaks(wall)
    branch.take("A01")
    branch.perform_together(SetCallModes("A001", (CallMode.DISPLAY, CallMode.PAGER), "pager-77"))
    branch.call("3")
    newest(wall, "A 001", "3")
    wall.wait_for_timeout(400)
    assert heard(wall) == []
    assert "pager-77" not in wall.content()


def test_a_call_by_flash_flashes_the_whole_frame_three_times_once_a_second(wall: Page) -> None:
    wall.evaluate(CALL_BY_HAND, ["A012", "3", ["flash"]])
    newest(wall, "A 012", "3")
    frame = "getComputedStyle(document.querySelector('.wall'), '::after')"
    assert wall.evaluate(f"{frame}.animationDuration") == "1s"
    assert wall.evaluate(f"{frame}.animationIterationCount") == "3"


def test_a_flash_stands_still_for_those_who_ask_for_it(wall: Page) -> None:
    wall.emulate_media(reduced_motion="reduce")
    wall.evaluate(CALL_BY_HAND, ["A012", "3", ["flash"]])
    newest(wall, "A 012", "3")
    frame = "getComputedStyle(document.querySelector('.wall'), '::after')"
    assert wall.evaluate(f"{frame}.animationName") == "none"


def test_a_display_that_slept_shows_the_truth_at_once_and_speaks_of_nothing_old(
    wall: Page, branch: ServedApp
) -> None:
    """Nothing runs in it while a minute passes in the branch; what was sent lies in its socket."""
    speaks(wall)
    branch.take_together(*("A01",) * 4, "B01")
    branch.call("3")
    newest(wall, "A 001", "3")
    sleeper = wall.context.new_cdp_session(wall)
    sleeper.send("Debugger.enable")
    before = len(wall.evaluate("heard"))
    sleeper.send("Debugger.pause")
    branch.perform_together(StartServing("3", "A001"), Finish("3", "A001"), CallNext("3"))
    branch.perform_together(StartServing("3", "A002"), Finish("3", "A002"), CallNext("3"))
    branch.call("1")
    pause = threading.Event()
    pause.wait(ASLEEP_MS / 1000)
    branch.clock.advance(60)
    sleeper.send("Debugger.resume")
    newest(wall, "B 001", "1")
    wall.wait_for_timeout(1_500)
    assert texts(wall, ".call__ticket")[:2] == ["A 003", "A 002"]
    assert shown(wall)[-1] == "B 001"
    assert wall.evaluate("announced")[1:] == []
    old = {"vi/digit-2", "vi/letter-b"}
    assert old.isdisjoint(note["clip"] for note in wall.evaluate("heard")[before:])


def test_ten_thousand_frames_to_a_sleeping_display_leave_memory_flat() -> None:
    """It reads nothing at all: its mailbox keeps the newest picture, then the socket is cut."""
    stage = Stage(HURRIED, filling=8_000)

    async def hurry() -> None:
        for _ in range(FRAMES):
            stage.move_on(calls=1)
            await asyncio.sleep(0)
            await asyncio.sleep(0)

    with on_stage(stage) as services, silent_client(services):
        wait_until(lambda: stage.hub.tally.sockets_open[0] == 1, 5)
        before = memory_bytes()
        services.do(hurry)
        assert len(stage.views_painted) > FRAMES / 10
        stage.views_painted.clear()
        assert memory_bytes() - before < MOST_GROWTH_BYTES
        wait_until(lambda: stage.hub.tally.slow_sockets_cut == 1, 5)
