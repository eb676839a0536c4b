"""What hands and eyes need of the kiosk, measured in millimetres on the screens it is built for."""

import itertools
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize

from lobby.queueing.commands.ticket import TakeTicket
from tests.app.matrix import Matrix
from tests.app.server import ServedApp
from tests.kiosk.conftest import TALL, Stand

SCREENS: list[tuple[ViewportSize, float]] = [
    (TALL, 0.248),
    ({"width": 1280, "height": 800}, 0.17),
    ({"width": 800, "height": 1280}, 0.17),
]
TARGET_MM = {"": 20.0, "large": 24.0}
CAPITAL_MM = {"": 4.8, "large": 6.1}
GAP_MM = 3.0
PLAY_PX = 0.5

TARGETS = """() => [...document.querySelectorAll("a, button")]
    .filter((target) => target.checkVisibility() && !target.closest("dialog:not([open])"))
    .map((target) => {
        const { left, top, right, bottom } = target.getBoundingClientRect();
        return { name: target.textContent.trim(), left, top, right, bottom };
    })"""

TEXTS = """() => {
    const pen = document.createElement("canvas").getContext("2d");
    const walker = document.createTreeWalker(document.querySelector(".kiosk__page"), 4);
    const texts = [];
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
        const style = getComputedStyle(element);
        if (style.clipPath !== "none") continue;
        pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        texts.push({
            text: walker.currentNode.data.trim(),
            capital: pen.measureText("E").actualBoundingBoxAscent,
            leading: parseFloat(style.lineHeight) / parseFloat(style.fontSize),
        });
    }
    return texts;
}"""

SCROLLS = """() => [document.documentElement.scrollWidth - innerWidth,
                   document.documentElement.scrollHeight - innerHeight]"""

SPILLS = """() => [...document.querySelectorAll("a.button, .answer")]
    .filter((box) => box.checkVisibility() && (box.scrollWidth > box.clientWidth + 1
                                               || box.scrollHeight > box.clientHeight + 1))
    .map((box) => box.textContent.trim())"""


BROKEN = """() => [...document.querySelectorAll(".kiosk__foot .button")].filter((button) => {
    const words = document.createRange();
    words.selectNodeContents(button.querySelector("span").firstChild);
    return words.getClientRects().length > 1;
}).map((button) => button.textContent.trim())"""
"""The buttons of the bottom bar whose words take more than one line."""


def too_close(one: dict[str, Any], other: dict[str, Any], gap: float) -> bool:
    apart_x = max(one["left"], other["left"]) - min(one["right"], other["right"])
    apart_y = max(one["top"], other["top"]) - min(one["bottom"], other["bottom"])
    return bool(max(apart_x, apart_y) < gap)


def check_targets(page: Page, mm_per_px: float, size: str) -> None:
    targets = page.evaluate(TARGETS)
    assert len(targets) >= 5
    least = TARGET_MM[size] / mm_per_px - PLAY_PX
    small = [
        target["name"]
        for target in targets
        if min(target["right"] - target["left"], target["bottom"] - target["top"]) < least
    ]
    assert small == []
    gap = GAP_MM / mm_per_px - PLAY_PX
    pairs = itertools.combinations(targets, 2)
    assert [(a["name"], b["name"]) for a, b in pairs if too_close(a, b, gap)] == []


def check_texts(page: Page, mm_per_px: float, size: str) -> None:
    texts = page.evaluate(TEXTS)
    assert texts
    small = {t["text"]: t for t in texts if t["capital"] * mm_per_px < CAPITAL_MM[size]}
    assert small == {}


def check_room(page: Page) -> None:
    assert page.evaluate(SCROLLS) == [0, 0]
    assert page.evaluate(SPILLS) == []


@pytest.mark.parametrize("size", TARGET_MM)
@pytest.mark.parametrize(("screen", "mm_per_px"), SCREENS)
def test_it_is_large_enough_for_every_hand_and_eye(
    stand: Stand,
    branch: ServedApp,
    matrix: Matrix,
    screen: ViewportSize,
    mm_per_px: float,
    size: str,
) -> None:
    branch.perform_together(*(TakeTicket("A01", "en", f"secret-{n}") for n in range(12)))
    page = stand(screen, mm_per_px=mm_per_px)
    paths = ("/kiosk?page=1", "/kiosk?page=2", "/kiosk?page=3", "/kiosk/tickets/A012?")
    devices, languages = range(len(SCREENS)), ("zh", "vi", "en")
    for path, device, language, chosen in matrix(paths, devices, languages, TARGET_MM):
        if (SCREENS[device][0], chosen) != (screen, size):
            continue
        page.goto(f"{branch.address}{path}&language={language}&size={size}")
        check_targets(page, mm_per_px, size)
        check_texts(page, mm_per_px, size)
        check_room(page)


def test_it_fills_most_of_a_tall_screen_with_what_is_chosen(
    stand: Stand, branch: ServedApp
) -> None:
    page = stand(TALL, mm_per_px=0.248)
    for size in TARGET_MM:
        page.goto(f"{branch.address}/kiosk?size={size}")
        box = page.locator(".kiosk__answers").bounding_box()
        assert box
        assert box["height"] >= TALL["height"] * 0.55


def test_it_shows_languages_and_bottom_bar_in_the_same_place_on_every_screen(
    stand: Stand, branch: ServedApp
) -> None:
    branch.take("A01")
    for screen, mm_per_px in SCREENS:
        page = stand(screen, mm_per_px=mm_per_px)
        places = set()
        for path in ("/kiosk", "/kiosk?page=2", "/kiosk/tickets/A001", "/kiosk/tickets/Z999"):
            page.goto(branch.address + path)
            for part in (".kiosk__languages", ".kiosk__size"):
                box = page.locator(part).bounding_box()
                assert box
                places.add((part, round(box["y"]), round(box["height"])))
        assert len(places) == 2


@pytest.mark.parametrize("size", TARGET_MM)
def test_it_keeps_each_button_of_the_bottom_bar_of_a_tall_screen_in_one_line(
    stand: Stand, branch: ServedApp, size: str
) -> None:
    page = stand(TALL, mm_per_px=0.248)
    for language, low in itertools.product(("zh", "vi", "en"), ("", "&reach=low")):
        page.goto(f"{branch.address}/kiosk?language={language}&size={size}{low}")
        assert page.evaluate(BROKEN) == []


def test_it_prints_a_slip_of_eighty_millimetres_on_one_sheet(
    stand: Stand, branch: ServedApp
) -> None:
    branch.take("A01")
    page = stand(TALL)
    page.goto(f"{branch.address}/kiosk/tickets/A001?language=vi")
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 302, "height": 600})
    visible = page.evaluate("[...document.body.children].filter((e) => e.checkVisibility()).length")
    assert visible == 1
    px_per_mm = 96 / 25.4
    number = page.evaluate(TEXTS.replace(".kiosk__page", ".slip__number"))[0]
    assert number["capital"] >= 12 * px_per_mm
    slip = page.locator(".slip").bounding_box()
    assert slip
    assert slip["width"] <= 80 * px_per_mm
    assert page.evaluate(SCROLLS)[0] == 0
