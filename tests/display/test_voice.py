"""What the hall hears: in order, twice, in two languages, never two at once, from one display."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lobby.queueing.commands.counter import CallAgain, CallNext
from lobby.store.devices import DeviceKind
from tests.app.server import ServedApp, wait_until
from tests.conftest import CHROMIUM_ARGUMENTS
from tests.display.wall_page import (
    EARS,
    clips,
    falls_silent,
    hang,
    heard,
    hears,
    look_at,
    newest,
    overlaps,
    sentence,
    speaks,
)
from tests.needs import needs

CHIME = ["zh/chime"]
SILENT = "window.MUTED = true;\n" + EARS
RECORD = """
    window.heard = [];
    const make = BaseAudioContext.prototype.createBufferSource;
    BaseAudioContext.prototype.createBufferSource = function () {
        const source = make.call(this);
        const start = source.start.bind(source);
        source.start = (at) => {
            const end = at + source.buffer.duration;
            heard.push({ clip: "", start: at, end, now: this.currentTime });
            start(at);
        };
        return source;
    };
"""


def call_by_hand(wall: Page, ticket: str, counter: str, left_ms: int, *languages: str) -> None:
    wall.evaluate(
        """([ticket, counter, left_ms, languages]) => {
            const deadline = performance.now() + left_ms;
            const modes = ["voice", "display"];
            const detail = { id: `hand-${ticket}`, ticket, counter, deadline, languages, modes };
            document.dispatchEvent(new CustomEvent("lobby:call", { detail }));
        }""",
        [ticket, counter, left_ms, list(languages)],
    )


@pytest.fixture
def wall(page: Page, branch: ServedApp) -> Page:
    branch.open_counters()
    return speaks(hang(page, branch, language="zh"))


@pytest.fixture
def windows(chromium: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def another(
    chromium: Browser,
    windows: list[BrowserContext],
    branch: ServedApp,
    *,
    ears: str = EARS,
    language: str = "en",
    settings: Mapping[str, Any] | None = None,
) -> Page:
    """One more display, in a browser window of its own."""
    context = chromium.new_context(locale="en")
    windows.append(context)
    return hang(context.new_page(), branch, ears=ears, language=language, settings=settings)


def test_a_call_is_said_twice_in_the_language_of_the_ticket_then_twice_in_that_of_the_branch(
    wall: Page, branch: ServedApp
) -> None:
    branch.take("A01")
    branch.call("3")
    vi, zh = sentence("A001", "3", "vi"), sentence("A001", "3", "zh")
    whole = [*CHIME, *vi, *vi, *zh, *zh]
    hears(wall, len(whole), 15)
    falls_silent(wall)
    assert clips(wall) == whole
    assert overlaps(wall) == []


def test_the_number_is_said_sign_by_sign_and_the_counter_as_a_number() -> None:
    assert sentence("A012", "12", "vi")[1:] == [
        *("vi/letter-a", "vi/digit-0", "vi/digit-1", "vi/digit-2"),
        *("vi/call-between", "vi/count-10", "vi/digit-2"),
    ]
    assert sentence("B105", "3", "zh")[-3:] == ["zh/call-between", "zh/digit-3", "zh/call-after"]
    assert sentence("F020", "11", "en")[-1] == "en/count-11"


def test_two_calls_at_once_are_said_one_after_the_other_and_each_twice_in_all(
    wall: Page, branch: ServedApp
) -> None:
    branch.take_together("A01", "B01")
    branch.call("3", "1")
    first = [*sentence("A001", "3", "vi"), *sentence("A001", "3", "zh")]
    second = [*(2 * sentence("B001", "1", "vi")), *(2 * sentence("B001", "1", "zh"))]
    whole = [*CHIME, *first, *CHIME, *second]
    hears(wall, len(whole), 20)
    falls_silent(wall)
    assert clips(wall) == whole
    assert overlaps(wall) == []


def test_where_both_languages_are_one_a_call_is_still_said_twice_while_others_wait(
    wall: Page,
) -> None:
    call_by_hand(wall, "A001", "1", 30_000, "zh")
    call_by_hand(wall, "A002", "2", 30_000, "zh")
    once, other = sentence("A001", "1", "zh"), sentence("A002", "2", "zh")
    hears(wall, len([*CHIME, *once, *once, *CHIME, *other, *other]))
    assert clips(wall) == [*CHIME, *once, *once, *CHIME, *other, *other]


def test_who_would_wait_too_long_is_said_once_rather_than_not_at_all(wall: Page) -> None:
    for number, left_ms in enumerate((30_000, 1_600, 2_300), start=1):
        call_by_hand(wall, f"A00{number}", "1", left_ms, "zh")
    falls_silent(wall)
    for number in (1, 2, 3):
        said = sentence(f"A00{number}", "1", "zh")
        assert f"zh/digit-{number}" in clips(wall)
        assert clips(wall).count(said[3]) >= 1


def test_an_expired_call_is_shown_and_not_spoken(wall: Page) -> None:
    call_by_hand(wall, "A001", "1", 30_000, "vi", "zh")
    call_by_hand(wall, "B002", "2", 300, "vi", "zh")
    newest(wall, "B 002", "2")
    falls_silent(wall)
    assert "vi/letter-b" not in clips(wall)
    assert "zh/letter-b" not in clips(wall)


def test_a_ticket_called_again_before_its_turn_is_said_once_with_where_to_go_now(
    wall: Page, branch: ServedApp
) -> None:
    branch.take_together("A01", "B01")
    branch.perform_together(CallNext("3"), CallNext("1"), CallAgain("1", "B001"))
    falls_silent(wall)
    assert clips(wall).count("zh/chime") == 2


def test_a_call_is_said_with_no_network_once_the_page_is_there(wall: Page) -> None:
    wall.wait_for_load_state("networkidle")
    wall.route("**/sounds/**", lambda route: route.abort())
    call_by_hand(wall, "Z987", "4", 30_000, "en")
    hears(wall, 1 + 2 * len(sentence("Z987", "4", "en")))


def test_a_language_that_nobody_recorded_is_left_out(wall: Page) -> None:
    call_by_hand(wall, "A001", "1", 30_000, "fr", "zh")
    hears(wall, 1 + 2 * len(sentence("A001", "1", "zh")))
    assert {clip[:3] for clip in clips(wall)} == {"zh/"}


def test_a_display_that_is_set_to_be_silent_is(page: Page, branch: ServedApp) -> None:
    wall = hang(page, branch, settings={"speaks": False})
    branch.open_counters()
    branch.take("A01")
    branch.call("3")
    newest(wall, "A 001", "3")
    wall.wait_for_timeout(800)
    assert heard(wall) == []
    expect(wall.locator("[data-touch]")).to_be_hidden()


def test_it_is_as_loud_as_it_is_set(page: Page, branch: ServedApp) -> None:
    wall = speaks(hang(page, branch, settings={"loudness": 1}))
    call_by_hand(wall, "A001", "1", 30_000, "zh")
    hears(wall, 3)
    assert {note["loudness"] for note in heard(wall)} == {0.35}


def test_of_two_displays_in_one_room_only_one_speaks(
    wall: Page, branch: ServedApp, chromium: Browser, windows: list[BrowserContext]
) -> None:
    other = another(chromium, windows, branch)
    branch.take("A01")
    branch.call("3")
    for screen in (wall, other):
        newest(screen, "A 001", "3")
    hears(wall, 20, 15)
    assert heard(other) == []


def test_the_one_that_speaks_says_the_calls_of_every_display_of_its_room(
    page: Page, branch: ServedApp, chromium: Browser, windows: list[BrowserContext]
) -> None:
    """And no other: what is called upstairs is heard upstairs."""
    branch.open_counters()
    wall = speaks(hang(page, branch, settings={"counters": ["1"]}))
    beside = another(chromium, windows, branch, settings={"counters": ["3"]})
    upstairs = speaks(
        another(chromium, windows, branch, settings={"counters": ["4"], "heard_in": "first floor"})
    )
    branch.take_together("A01", "F01")
    branch.call("3", "4")
    newest(beside, "A 001", "3")
    newest(upstairs, "F 001", "4")
    falls_silent(wall)
    assert "vi/letter-a" in clips(wall)
    assert "vi/letter-f" not in clips(wall)
    assert "vi/letter-f" in clips(upstairs)
    assert "vi/letter-a" not in clips(upstairs)
    assert heard(beside) == []
    expect(wall.locator(".newest")).to_be_hidden()


def test_another_speaks_when_the_first_is_switched_off(
    wall: Page, branch: ServedApp, chromium: Browser, windows: list[BrowserContext]
) -> None:
    other = another(chromium, windows, branch)
    wall.goto("about:blank")
    speaks(other)
    branch.take("A01")
    branch.call("3")
    hears(other, 5)


def test_a_display_that_may_not_sound_says_so_until_it_is_touched(
    page: Page, branch: ServedApp
) -> None:
    branch.open_counters()
    wall = hang(page, branch, ears=SILENT)
    hint = wall.get_by_text("The sound is off. Touch this screen once so that calls are heard.")
    expect(hint).to_be_visible()
    branch.take("A01")
    branch.call("3")
    newest(wall, "A 001", "3")
    assert heard(wall) == []
    wall.mouse.click(400, 400)
    expect(hint).to_be_hidden()
    speaks(wall)
    wait_until(lambda: "vi/letter-a" in clips(wall), 10)


def test_a_display_that_may_not_sound_leaves_it_to_one_that_may(
    page: Page, branch: ServedApp, chromium: Browser, windows: list[BrowserContext]
) -> None:
    branch.open_counters()
    mute = hang(page, branch, ears=SILENT)
    other = speaks(another(chromium, windows, branch))
    expect(mute.locator("[data-touch]")).to_be_hidden()
    branch.take("A01")
    branch.call("3")
    hears(other, 5)
    assert heard(mute) == []


def test_a_real_browser_chains_real_recordings_without_gap_or_overlap(
    chromium: Browser, branch: ServedApp
) -> None:
    """The graph of Web Audio itself, in a kiosk's browser that may sound without a touch."""
    branch.open_counters()
    browser = chromium.browser_type.launch(
        executable_path=needs("browser"),
        args=[*CHROMIUM_ARGUMENTS, "--autoplay-policy=no-user-gesture-required"],
    )
    try:
        page = browser.new_context(locale="en").new_page()
        branch.let_in(page.context, branch.paired(DeviceKind.DISPLAY, language="zh"))
        page.add_init_script(RECORD)
        wall = speaks(look_at(page, branch))
        branch.take("A01")
        branch.call("3")
        said = len(sentence("A001", "3", "vi"))
        hears(wall, 1 + 2 * said, 20)
        notes = heard(wall)
        assert all(note["start"] >= note["now"] for note in notes)
        assert overlaps(wall) == []
        first = notes[1 : 1 + said]
        gaps = [later["start"] - one["end"] for one, later in pairwise(first)]
        assert max(map(abs, gaps)) < 0.001
    finally:
        browser.close()
