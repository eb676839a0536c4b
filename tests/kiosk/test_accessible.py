"""The checklist of accessibility for kiosks, line by line: K1 to K20.

Where another module holds the proof, it is named here; where we fall short, the exception stands
here with its reason.

- K1, K2: `test_sizes.py` and here. Exception: on a ten-inch tablet in large text the longest
  sentences of advice scroll by a few lines; the bottom bar with help and back stays in sight, and
  papers and place are then on the slip and on the phone.
- K3: `test_axe.py` for text, here for large text and for borders.
- K6: `test_wizard.py` goes every way through every service.
- K8: `test_help.py`; a call is on the tablet with the act itself.
- K10, K11: `test_time_given.py`.
- K14: `test_walks.py` with digits alone. Exception: languages, reading aloud and moving down have
  no digit of their own; Tab reaches them.
- K17: `test_wizard.py` and `test_advice.py`.
- K20: `test_paper.py`.
"""

import itertools
import re
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from lobby.i18n.texts import texts
from lobby.triage.questions import PROMPTS, PROMPTS_OF_JOBS
from lobby.triage.words import CHOICES, REASONS
from tests.app.matrix import Matrix
from tests.app.server import ServedApp
from tests.kiosk.conftest import TALL, Stand, tap
from tests.kiosk.test_axe import SCREENS
from tests.kiosk.test_sizes import check_room, check_targets, check_texts

LANGUAGES = ("zh", "vi", "en")
TRANSFER = "/kiosk/advice?service=A04&receiver=known&amount=up_to_5000"
EQUALS = {
    "suggested": "/kiosk/advice?service=A01&amount=up_to_5000&credential=card",
    "offered": "/kiosk/advice?service=A06&credential=card",
    "at risk": "/kiosk/advice?service=A04&receiver=asked",
    "phone too": TRANSFER,
}
DEVICES: list[tuple[ViewportSize, float]] = [
    (TALL, 0.248),
    ({"width": 1280, "height": 800}, 0.17),
    ({"width": 800, "height": 1280}, 0.17),
]
WORDS_MOST, CHARACTERS_MOST = 12, 20
SHORTEST = 3
JARGON = re.compile(
    r"\b(?:triage|CRS|STM|diversion|queueing|pool)\b|分流|phân luồng", re.IGNORECASE
)
GESTURES = re.compile(r"touchstart|touchmove|dblclick|pointermove|dragstart|wheel|contextmenu")

CONTRASTS = """() => {
    const channels = (color) => color.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
    const ground = (element) => {
        for (let e = element; e; e = e.parentElement) {
            const color = channels(getComputedStyle(e).backgroundColor);
            if (color.length < 4 || color[3] === 1) return color;
        }
        return [255, 255, 255];
    };
    const ratio = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const skipped = "[aria-disabled=true], dialog:not([open]), .slip";
    const shown = (e) => e.checkVisibility() && !e.closest(skipped)
        && getComputedStyle(e).clipPath === "none";
    const all = [...document.querySelectorAll(".kiosk__page *")].filter(shown);
    const says = (node) => node.nodeType === 3 && node.data.trim();
    const told = all.filter((e) => [...e.childNodes].some(says));
    const frames = ".answer, .way, .kiosk__languages .button, "
        + ".kiosk__foot .button, .kiosk__beside .button";
    const framed = all.filter((e) => e.matches(frames));
    return {
        text: Math.min(...told.map((e) => ratio(channels(getComputedStyle(e).color), ground(e)))),
        border: Math.min(99, ...framed.map((e) =>
            ratio(channels(getComputedStyle(e).borderTopColor), ground(e.parentElement)))),
    };
}"""


@pytest.mark.parametrize("size", ["", "large"])
@pytest.mark.parametrize(("screen", "mm_per_px"), DEVICES)
def test_k1_and_k2_hands_and_eyes_find_what_they_need(
    stand: Stand,
    advised: ServedApp,
    matrix: Matrix,
    screen: ViewportSize,
    mm_per_px: float,
    size: str,
) -> None:
    page = stand(screen, mm_per_px=mm_per_px)
    paths = [path for name, path in SCREENS.items() if name not in ("help", "slip")]
    devices = range(len(DEVICES))
    for path, device, language, chosen in matrix(paths, devices, LANGUAGES, ("", "large")):
        if (DEVICES[device][0], chosen) != (screen, size):
            continue
        page.goto(f"{advised.address}{path}&language={language}&size={size}")
        check_texts(page, mm_per_px, size)
        if screen is TALL:
            check_targets(page, mm_per_px, size)
            check_room(page)
        else:
            expect(page.locator(".kiosk__help .button")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("size", "least"), [("", 4.5), ("large", 7.0)])
def test_k3_everything_stands_out_from_its_ground(
    stand: Stand, advised: ServedApp, size: str, least: float
) -> None:
    page = stand(mm_per_px=0.248)
    for path in SCREENS.values():
        page.goto(f"{advised.address}{path}&size={size}")
        found = page.evaluate(CONTRASTS)
        assert found["text"] >= least, path
        assert found["border"] >= 3.0, path


def test_k4_no_colour_speaks_alone(stand: Stand, advised: ServedApp) -> None:
    page = stand(mm_per_px=0.248)
    page.goto(f"{advised.address}{TRANSFER}")
    cheapest = page.locator(".fact__cheapest")
    expect(cheapest).to_have_text("Lowest fee")
    expect(cheapest.locator("svg")).to_be_visible()
    current = page.locator("[aria-current]")
    assert "3px" in current.evaluate("(e) => getComputedStyle(e).borderWidth")


def test_k5_the_languages_stand_in_the_same_place_and_keep_the_answers(
    stand: Stand, advised: ServedApp
) -> None:
    for screen, mm_per_px in DEVICES:
        page = stand(screen, mm_per_px=mm_per_px)
        places = set()
        for path in SCREENS.values():
            page.goto(advised.address + path)
            box = page.locator(".kiosk__languages").bounding_box()
            assert box
            places.add((round(box["x"]), round(box["y"]), round(box["height"])))
        assert len(places) == 1
    page.goto(f"{advised.address}{EQUALS['suggested']}")
    tap(page.get_by_role("link", name="Tiếng Việt"))
    expect(page.locator(".way__title").first).to_have_text(re.compile("Tại máy"))
    assert "amount=up_to_5000" in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_k7_words_are_few_and_plain(language: str) -> None:
    say = texts(language).gettext
    said = [say(words) for words in (*PROMPTS.values(), *PROMPTS_OF_JOBS.values())]
    every = [*said, *(say(words) for words in (*REASONS.values(), *CHOICES.values()))]
    long = [s for s in said if language == "zh" and len(s) > CHARACTERS_MOST]
    long += [s for s in said if language != "zh" and len(s.split()) > WORDS_MOST]
    assert long == []
    assert [s for s in every if JARGON.search(s)] == []


def test_k8_help_stands_in_the_same_place_on_every_screen(stand: Stand, advised: ServedApp) -> None:
    for screen, mm_per_px in DEVICES:
        page = stand(screen, mm_per_px=mm_per_px)
        places = set()
        for path in SCREENS.values():
            page.goto(advised.address + path)
            box = page.locator(".kiosk__help .button").bounding_box()
            assert box
            places.add((round(box["x"]), round(box["width"]), round(box["y"] + box["height"])))
        assert len(places) == 1


@pytest.mark.parametrize("kind", EQUALS)
@pytest.mark.parametrize("size", ["", "large"])
def test_k9_the_counter_is_as_large_as_the_advice(
    stand: Stand, advised: ServedApp, matrix: Matrix, kind: str, size: str
) -> None:
    sizes, devices = ("", "large"), range(len(DEVICES))
    for device, language, one, other in matrix(devices, LANGUAGES, EQUALS, sizes):
        if (one, other) != (kind, size):
            continue
        screen, mm_per_px = DEVICES[device]
        page = stand(screen, mm_per_px=mm_per_px)
        page.goto(f"{advised.address}{EQUALS[kind]}&language={language}&size={size}")
        ways = page.locator(".way").all()
        boxes = [way.bounding_box() for way in ways]
        assert len(boxes) == 2
        assert len({(round(b["width"]), round(b["height"])) for b in boxes if b}) == 1
        assert ways[1].get_attribute("value") == "counter"


def test_k12_nothing_is_promoted_on_the_way(stand: Stand, advised: ServedApp) -> None:
    page = stand(mm_per_px=0.248)
    for path in SCREENS.values():
        page.goto(advised.address + path)
        assert page.locator("img, video, iframe, [href^='http']").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_k13_every_screen_has_its_words_for_a_voice(
    stand: Stand, advised: ServedApp, language: str
) -> None:
    page = stand()
    for path in SCREENS.values():
        page.goto(f"{advised.address}{path}&language={language}&speech=on")
        bar = page.locator("lobby-speech")
        assert len(bar.get_attribute("data-text") or "") > SHORTEST
        for name in ("again", "stop", "volume"):
            expect(bar.locator(f"[data-speech='{name}']")).to_have_count(1)
        assert "speech=on" in (page.locator(".kiosk__size").get_attribute("href") or "")


def test_k14_every_control_is_reached_by_tab(stand: Stand, advised: ServedApp) -> None:
    page = stand()
    page.goto(f"{advised.address}{TRANSFER}")
    wanted = page.locator("a[href]:visible, button:visible").count()
    reached: set[str] = set()
    for _press in range(wanted + 2):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML"))
    assert len({html for html in reached if html.startswith(("<a", "<button"))}) == wanted


def test_k15_everything_to_touch_comes_down_to_a_seated_hand(
    stand: Stand, advised: ServedApp
) -> None:
    page = stand(TALL, mm_per_px=0.248)
    for path, size in itertools.product(SCREENS.values(), ("", "large")):
        page.goto(f"{advised.address}{path}&reach=low&size={size}")
        targets: list[dict[str, Any]] = page.evaluate(
            """() => [...document.querySelectorAll("a, button")].filter((e) => e.checkVisibility())
                .map((e) => ({ name: e.textContent, top: e.getBoundingClientRect().top }))"""
        )
        assert [t for t in targets if t["top"] < TALL["height"] * 0.4 - 1] == [], path
        check_room(page)


def test_k16_one_tap_is_one_step_and_no_gesture_is_needed(
    stand: Stand, advised: ServedApp, request: pytest.FixtureRequest
) -> None:
    page = stand()
    page.goto(f"{advised.address}/kiosk/advice?service=A04")
    page.locator(".answer").first.dblclick()
    page.wait_for_timeout(300)
    assert page.url.endswith("?service=A04&receiver=known"), "the second tap answered nothing"
    script = request.config.rootpath / "static" / "js" / "kiosk.js"
    assert not GESTURES.search(script.read_text(encoding="utf-8"))


def test_k18_the_ticket_says_nothing_of_amounts_or_answers(
    stand: Stand, advised: ServedApp
) -> None:
    page: Page = stand()
    page.goto(f"{advised.address}/kiosk/advice?service=A01&amount=up_to_5000&credential=card")
    tap(page.locator("[data-key='2']"))
    expect(page.locator(".ticket h1")).to_contain_text("A")
    assert "5,000" not in page.inner_text("body")
    assert "amount" not in page.url
    assert not re.search("amount=|up_to_|credential=", page.content())


def test_k19_the_slip_holds_all_that_its_owner_needs(stand: Stand, advised: ServedApp) -> None:
    page = stand(printer="browser")
    page.add_init_script("window.print = () => {}")  # a page prints one sheet at a time
    page.goto(f"{advised.address}/kiosk/tickets/A006?language=en")
    slip = page.locator(".slip").text_content() or ""
    for words in (
        *("A\u200a006", "Cash withdrawal", "people before you", "Wait: about"),
        *("Bank card or passbook", "Fee", "Everyone has a promised waiting time."),
        "Complaints: 400-000-0001",
    ):
        assert words in slip
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
