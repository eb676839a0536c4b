"""A kiosk that speaks, in a real browser: in order, never twice at once, and silent when told."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
import uvicorn
from playwright.sync_api import Locator, Page, expect

from tests.app.ports import free_port
from tests.app.server import Running, wait_until
from tests.speech.booth import CLIP_S, CLIPS, booth, clips_heard, heard, with_ears

UNRECORDED = "text=A%20sentence%20that%20nobody%20has%20recorded"
LOCAL_VOICES = """window.voices = [
    {lang: "en-GB", localService: false, name: "far"},
    {lang: "vi-VN", localService: true, name: "other"},
    {lang: "en_US", localService: true, name: "near"},
];"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    port = free_port()
    config = uvicorn.Config(booth(), port=port, log_config=None, ws="none", lifespan="off")
    running = Running(uvicorn.Server(config), port)
    running.start()
    yield f"http://127.0.0.1:{port}"
    running.stop()


@pytest.fixture
def kiosk(page: Page, address: str) -> Page:
    """A screen with reading turned on, once it has begun to speak."""
    with_ears(page).goto(f"{address}/en?speech=on")
    hears(page, 5)
    return page


def bar(page: Page) -> Locator:
    return page.locator("lobby-speech")


def hears(page: Page, recordings: int) -> None:
    wait_until(lambda: len(heard(page)) >= recordings, 5)


def one_at_a_time(page: Page) -> bool:
    """Among the recordings that really sounded; one stopped before its turn takes no time."""
    notes = sorted((note["start"], note["end"]) for note in heard(page))
    sounding = [(start, end) for start, end in notes if end > start]
    return all(before[1] <= after[0] for before, after in pairwise(sounding))


def quiet(page: Page) -> None:
    expect(bar(page)).to_have_attribute("data-state", "quiet")


def test_it_says_the_screen_when_it_opens_in_order_and_without_overlap(kiosk: Page) -> None:
    assert clips_heard(kiosk) == CLIPS
    assert one_at_a_time(kiosk)
    expect(bar(kiosk)).to_have_attribute("data-state", "speaking")
    quiet(kiosk)


@pytest.mark.parametrize("language", ["zh", "vi"])
def test_it_speaks_the_language_of_the_screen(page: Page, address: str, language: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with_ears(page).goto(f"{address}/{language}?speech=on&text=A012")
    hears(page, 4)
    clips = [url.partition("/sounds/")[2] for url in asked if url.endswith(".opus")]
    assert sorted(clips) == [
        f"{language}/{clip}.opus" for clip in ("digit-0", "digit-1", "digit-2", "letter-a")
    ]


def test_it_is_silent_until_somebody_asks_to_hear(page: Page, address: str) -> None:
    with_ears(page).goto(f"{address}/en")
    expect(bar(page).get_by_role("link")).to_have_text("*Read aloud")
    expect(bar(page).get_by_role("button")).to_have_count(0)
    assert clips_heard(page) == []
    page.keyboard.press("*")
    page.wait_for_url("**speech=on")
    hears(page, 5)
    page.keyboard.press("*")
    page.wait_for_url(lambda url: "speech" not in url)
    assert clips_heard(page) == []


def test_it_says_it_again_and_never_two_things_at_once(kiosk: Page) -> None:
    again = kiosk.get_by_role("button", name="Say again")
    again.click()
    again.click()
    hears(kiosk, 10)
    quiet(kiosk)
    assert clips_heard(kiosk)[-5:] == CLIPS
    assert one_at_a_time(kiosk)


def test_it_stops_when_told(kiosk: Page) -> None:
    kiosk.get_by_role("button", name="Stop").click()
    quiet(kiosk)
    notes = heard(kiosk)
    assert len(notes) == 5
    assert sum(note["end"] - note["start"] for note in notes) < CLIP_S * len(CLIPS)
    assert notes[-1]["end"] == notes[-1]["start"]


def test_it_gives_way_to_an_answer(kiosk: Page) -> None:
    kiosk.evaluate("document.body.addEventListener('click', (event) => event.preventDefault())")
    kiosk.locator("#elsewhere").click()
    expect(bar(kiosk)).to_have_attribute("data-state", "speaking")
    kiosk.locator("#answer").click()
    quiet(kiosk)
    assert heard(kiosk)[-1]["end"] == heard(kiosk)[-1]["start"]


def test_it_keeps_the_volume_for_one_person_only(kiosk: Page, address: str) -> None:
    volume = kiosk.locator("[data-speech=volume]")
    expect(volume).to_contain_text("Volume 2 of 3")
    middle = heard(kiosk)[0]["loudness"]
    volume.click()
    expect(volume).to_contain_text("Volume 3 of 3")
    hears(kiosk, 10)
    assert middle < heard(kiosk)[-1]["loudness"] == 1
    kiosk.locator("#answer").click()
    hears(kiosk, 5)
    assert heard(kiosk)[0]["loudness"] == 1
    expect(volume).to_contain_text("Volume 3 of 3")
    kiosk.goto(f"{address}/en")
    kiosk.goto(f"{address}/en?speech=on")
    expect(volume).to_contain_text("Volume 2 of 3")
    hears(kiosk, 5)
    assert heard(kiosk)[0]["loudness"] == middle


def test_it_has_three_volumes_and_begins_again(kiosk: Page) -> None:
    steps = []
    for _ in range(3):
        kiosk.keyboard.press("+")
        steps.append(kiosk.locator("[data-speech=volume]").get_attribute("data-step"))
    assert steps == ["3", "1", "2"]


def test_it_works_by_keys_alone(kiosk: Page) -> None:
    kiosk.keyboard.press("-")
    quiet(kiosk)
    kiosk.keyboard.press("/")
    hears(kiosk, 10)
    for name in ("Read aloud", "Say again", "Stop"):
        kiosk.keyboard.press("Tab")
        assert name in str(kiosk.evaluate("document.activeElement.textContent"))
    kiosk.keyboard.press("Enter")
    quiet(kiosk)


def test_it_keeps_its_key_where_nothing_can_speak(page: Page, address: str) -> None:
    with_ears(page).goto(f"{address}/en?speech=on&{UNRECORDED}")
    key = bar(page).locator(".speech__switch")
    expect(key).to_be_visible()
    expect(key).to_have_attribute("aria-disabled", "true")
    expect(bar(page)).to_have_attribute("data-why", re.compile("cannot be read aloud"))
    page.evaluate(LOCAL_VOICES + "speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(key).not_to_have_attribute("aria-disabled", "true")
    wait_until(lambda: page.evaluate("window.said.length") == 1, 5)


def test_it_says_so_when_a_recording_turns_out_to_be_lost(page: Page, address: str) -> None:
    page.route("**/digit-1.opus", lambda route: route.fulfill(status=404))
    with_ears(page).goto(f"{address}/en?speech=on")
    key = bar(page).locator(".speech__switch")
    expect(key).to_have_attribute("aria-disabled", "true")
    assert clips_heard(page) == []


def test_it_asks_a_voice_of_this_machine_only(page: Page, address: str) -> None:
    with_ears(page).add_init_script(LOCAL_VOICES)
    page.goto(f"{address}/en?speech=on&{UNRECORDED}")
    wait_until(lambda: page.evaluate("window.said.length") == 1, 5)
    assert page.evaluate("window.said[0].voice.name") == "near"
    assert page.evaluate("window.said[0].text") == "A sentence that nobody has recorded"
    page.get_by_role("button", name="Say again").click()
    wait_until(lambda: page.evaluate("window.said.length") == 2, 5)
    assert page.evaluate("window.silenced") >= 2


def test_it_says_what_appears_later_to_whoever_listens(kiosk: Page) -> None:
    kiosk.evaluate("""document.dispatchEvent(new CustomEvent("lobby:say", {
        detail: {text: "Would you like more time?", clips: ["question-more-time"]}}))""")
    hears(kiosk, 6)
    assert clips_heard(kiosk)[-1] == "question-more-time"
    assert one_at_a_time(kiosk)


def test_it_has_buttons_for_hands(kiosk: Page) -> None:
    for control in bar(kiosk).locator(".button").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 20 * 4.04 - 0.5


@pytest.mark.parametrize("language", ["zh", "vi", "en"])
def test_it_plays_what_ships_in_the_browser_itself(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/{language}?text=A012")
    page.locator(".speech__switch").click()
    page.wait_for_url("**speech=on")
    lengths_s = page.evaluate(
        """async ([language, clips]) => {
        const context = new AudioContext();
        const found = clips.map((clip) => fetch(`/static/b/sounds/${language}/${clip}.opus`));
        const bytes = await Promise.all(found.map(async (answer) => (await answer).arrayBuffer()));
        const buffers = await Promise.all(bytes.map((each) => context.decodeAudioData(each)));
        return buffers.map((buffer) => buffer.duration);
    }""",
        [language, ["chime", *CLIPS]],
    )
    assert all(0.1 < length_s < 3 for length_s in lengths_s)
    expect(bar(page)).to_have_attribute("data-state", "speaking")
    quiet(page)
