"""Every screen of the kiosk, in every language, on every screen it is built for, in each way to
stand before it: nothing covered, cut off, broken or half empty, and the question at one height."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.help import HelpKind
from lobby.store.devices import DeviceKind
from tests.app.matrix import Matrix
from tests.app.server import ServedApp, serve_app
from tests.kiosk.conftest import demo_branch
from tests.kiosk.test_axe import SCREENS

SIZES = {
    (1080, 1920): 0.248,
    (1920, 1080): 0.18,
    (1280, 800): 0.17,
    (800, 1280): 0.17,
}
"""Width and height, and the millimetres of a pixel."""

LANGUAGES = ("zh", "vi", "en")
MANNERS = {"normal": "", "large": "&size=large", "low": "&reach=low"}
EMPTY_MOST = 0.25
SAME_HEIGHT_PX = 6
EDGE_PX = 4
"""Between the words of a key and its frame, the frame's own line of 2 included."""

FAULTS = """() => {
  const found = [];
  const page = document.querySelector(".kiosk__page");
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight)
    found.push(`scrolls: ${scrollWidth} x ${scrollHeight}`);
  const name = (element) => element.textContent.trim().replace(/\\s+/g, " ");
  const clipped = (e) => e && (getComputedStyle(e).clipPath !== "none" || clipped(e.parentElement));
  const shown = (e) => e.getClientRects().length > 0 && !clipped(e);
  for (const control of page.querySelectorAll("a, button")) {
    if (!shown(control)) continue;
    const { left, top, right, bottom } = control.getBoundingClientRect();
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight)
      found.push(`off the screen: ${name(control)}`);
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!hit || hit.closest("a, button") !== control) found.push(`covered: ${name(control)}`);
    const spills = control.scrollWidth > control.clientWidth + 1
      || control.scrollHeight > control.clientHeight + 1;
    if (spills) found.push(`cut: ${name(control)}`);
  }
  const isChinese = document.documentElement.lang.startsWith("zh");
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  const words = (text) => isChinese
    ? [...segmenter.segment(text)].filter((s) => s.isWordLike && s.segment.length > 1)
    : [...text.matchAll(/[^\\s\\u200a]+/g)].map((m) => ({ segment: m[0], index: m.index }));
  const bands = [];
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || !shown(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { top, bottom, left, right } = range.getBoundingClientRect();
    if (bottom - top > 2) bands.push([top, bottom]);
    const key = node.parentElement.closest("a, button");
    const frame = key && shown(key) && bottom - top > 2 ? key.getBoundingClientRect() : null;
    if (frame && (left < frame.left + %EDGE% || right > frame.right - %EDGE%))
      found.push(`touches its frame: ${node.data.trim()}`);
    for (const { segment, index } of words(node.data)) {
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      const lines = new Set([...range.getClientRects()].map((r) => Math.round(r.top)));
      if (lines.size > 1) found.push(`broken word: ${segment} in ${node.data.trim()}`);
    }
  }
  for (const element of page.querySelectorAll("a, button, svg")) {
    if (!shown(element)) continue;
    const { top, bottom } = element.getBoundingClientRect();
    bands.push([top, bottom]);
  }
  bands.sort((one, other) => one[0] - other[0]);
  let reached = 0;
  let emptiest = 0;
  for (const [top, bottom] of [...bands, [innerHeight, innerHeight]]) {
    emptiest = Math.max(emptiest, top - reached);
    reached = Math.max(reached, bottom);
  }
  const question = page.querySelector(".kiosk__question, .kiosk__head .ticket__label");
  return {
    found,
    emptiest: emptiest / innerHeight,
    question: question && shown(question) ? question.getBoundingClientRect().top : null,
  };
}""".replace("%EDGE%", str(EDGE_PX))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedApp]:
    """People wait, a slip is out, and a colleague is on the way to the kiosk."""
    with serve_app(tmp_path_factory.mktemp("kiosk"), demo_branch) as branch:
        branch.services.catalogues = {"riverside": read_catalogue(DEMO)}
        codes = tuple(branch.riverside.plan.services)
        branch.perform_together(
            OpenCounter("1", "thu", tuple(code for code in codes if code[0] in "AF")),
            OpenCounter("2", "wei", tuple(code for code in codes if code[0] in "BCLW")),
        )
        branch.take_together(*["A01"] * 6, *["B01"] * 4, "F01")
        branch.call("1", "2")
        branch.settled()
        branch.perform_together(
            TakeTicket("A01", "en", "secret-of-the-slip", machine="m1"),
            CallColleague(HelpKind.HELP, "kiosk 1"),
        )
        yield branch


@pytest.fixture(scope="module")
def pages(chromium: Browser, house: ServedApp) -> Iterator[dict[tuple[int, int], Page]]:
    """One kiosk for each size."""
    contexts = []
    found = {}
    for (width, height), mm_per_px in SIZES.items():
        context = chromium.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        house.let_in(context, house.paired(DeviceKind.KIOSK, mm_per_px=mm_per_px))
        found[width, height] = context.new_page()
    yield found
    for context in contexts:
        context.close()


def look(page: Page, address: str) -> dict[str, Any]:
    page.goto(address)
    page.evaluate("() => document.fonts.ready.then(() => null)")
    found: dict[str, Any] = page.evaluate(FAULTS)
    return found


def test_it_has_nothing_covered_cut_broken_or_empty(
    house: ServedApp, pages: dict[tuple[int, int], Page], matrix: Matrix
) -> None:
    faults = {}
    heights: dict[tuple[object, str], dict[str, float]] = defaultdict(dict)
    for name, size, language, manner in matrix(SCREENS, SIZES, LANGUAGES, MANNERS):
        path = f"{SCREENS[name]}&language={language}{MANNERS[manner]}"
        seen = look(pages[size], house.address + path)
        where = f"{name} {size} {language} {manner}"
        if seen["emptiest"] > EMPTY_MOST:
            seen["found"].append(f"empty: {seen['emptiest']:.2f} of the screen")
        if seen["found"]:
            faults[where] = seen["found"]
        if seen["question"] is not None:
            heights[size, manner][where] = seen["question"]
    assert faults == {}
    apart = {
        place: found
        for place, found in heights.items()
        if max(found.values()) - min(found.values()) > SAME_HEIGHT_PX
    }
    assert apart == {}, "the question stands at one height"


SPOILED = """
    const bar = document.createElement("div");
    bar.style.cssText = "position:fixed;inset:auto 0 0;height:200px;z-index:9";
    document.body.append(bar);
    document.querySelector(".answer").style.transform = "translateX(-200px)";
"""
"""In one go with the look: what is live on the page would put it right."""


def test_it_would_find_what_is_covered_and_what_is_cut(
    house: ServedApp, pages: dict[tuple[int, int], Page]
) -> None:
    page = pages[1280, 800]
    page.goto(f"{house.address}/kiosk?language=en")
    spoiled_and_looked_at = f"""() => {{
        {SPOILED}
        return ({FAULTS})();
    }}"""
    found = page.evaluate(spoiled_and_looked_at)["found"]
    assert any(fault.startswith("covered: ") for fault in found)
    assert any(fault.startswith("off the screen: ") for fault in found)
