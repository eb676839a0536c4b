"""A display in a real browser before a real branch, and what a person there sees and hears."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize, WebSocketRoute, expect

from lobby.speech.calls import call_voice
from lobby.speech.recordings import recordings
from lobby.store.devices import DeviceKind
from tests.app.server import ServedApp, wait_until

LANDSCAPE: ViewportSize = {"width": 1920, "height": 1080}
PORTRAIT: ViewportSize = {"width": 1080, "height": 1920}
SMALL: ViewportSize = {"width": 1024, "height": 600}
DWELL_MS = 800
STALE_WITHIN_MS = 6_500

EARS = (Path(__file__).parent / "ears.js").read_text(encoding="utf-8")

WATCH = """(dwell_ms) => {
    document.querySelector("lobby-live").dataset.dwellMs = dwell_ms;
    const calls = document.querySelector("[data-newest-calls]");
    window.shown = [];
    const note = () => {
        const tickets = calls.querySelectorAll("[data-newest-ticket]");
        const text = [...tickets].map((one) => one.textContent).join(" + ");
        if (window.shown.at(-1)?.text !== text) window.shown.push({ text, at: performance.now() });
    };
    new MutationObserver(note).observe(calls, { childList: true, subtree: true });
    window.pulses = 0;
    for (const kind of ["animationiteration", "animationend"])
        document.addEventListener(kind, () => { window.pulses += 1; });
}"""

LISTEN = """
    window.announced = [];
    document.addEventListener("lobby:call", ({ detail }) => announced.push(detail.ticket));
"""

CALL_BY_HAND = """([ticket, counter, modes]) => {
    const deadline = performance.now() + 30_000;
    const detail = {
        id: `hand-${ticket}`, ticket, counter, deadline, languages: ["en"],
        modes: modes ?? ["display"],
    };
    document.dispatchEvent(new CustomEvent("lobby:call", { detail }));
}"""


CAPITALS_PX = """(selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility())
    .map((element) => {
        const style = getComputedStyle(element);
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        return pen.measureText("E").actualBoundingBoxAscent;
    })"""

CUT_OFF = """() => [...document.querySelectorAll(".number, .saying, .line__label, .clock, h1")]
    .filter((element) => element.checkVisibility())
    .filter((element) => {
        const box = element.getBoundingClientRect();
        const home = element.closest(".newest, .call, .line, .band, .top, .wall");
        const room = home.getBoundingClientRect();
        return box.left < room.left - 1 || box.right > room.right + 1
            || box.top < room.top - 1 || box.bottom > Math.min(room.bottom, innerHeight) + 1
            || element.scrollWidth > element.clientWidth + 1
                && getComputedStyle(element).display !== "inline";
    })
    .map((element) => `${element.className} ${element.textContent}`)"""

CUT_OFF_WHEN_STALE = f"""() => {{
    document.body.dataset.live = "stale";
    return ({CUT_OFF})();
}}"""


def hang(
    page: Page,
    branch: ServedApp,
    *,
    ears: str = EARS,
    language: str = "en",
    settings: Mapping[str, Any] | None = None,
) -> Page:
    """The page on a display of its own, once its socket is there."""
    display = branch.paired(DeviceKind.DISPLAY, language=language, **(settings or {}))
    branch.let_in(page.context, display)
    page.add_init_script(LISTEN)
    page.add_init_script(ears)
    return look_at(page, branch)


def look_at(page: Page, branch: ServedApp) -> Page:
    page.set_viewport_size(LANDSCAPE)
    page.goto(f"{branch.address}/display")
    if page.locator("[data-newest-calls]").count():
        page.evaluate(WATCH, DWELL_MS)
    expect(page.locator("body")).to_have_attribute("data-live", "fresh")
    page.wait_for_function("() => document.querySelector('lobby-live').matches(':defined')")
    return page


def speaks(page: Page) -> Page:
    """Once the branch knows that this page may sound, and has asked it to."""
    page.wait_for_function(
        """() => document.querySelector("[data-ready]").dataset.ready.split(" ")[0]
            === document.querySelector("lobby-live").dataset.seat"""
    )
    return page


def newest(wall: Page, ticket: str, counter: str) -> None:
    """Waits until the large panel shows this call, and no other beside it."""
    wall.wait_for_function(
        """(call) => ["ticket", "counter"].every((part, at) => {
            const places = [...document.querySelectorAll(`[data-newest-${part}]`)];
            return places.map((place) => place.textContent).join() === call[at];
        })""",
        arg=[ticket.replace(" ", "\u200a"), counter],
        timeout=8_000,
    )


def texts(wall: Page, selector: str) -> list[str]:
    found = wall.locator(selector).filter(visible=True).all_inner_texts()
    return [text.replace("\u200a", " ") for text in found]


def shown(wall: Page) -> list[str]:
    return [moment["text"].replace("\u200a", " ") for moment in wall.evaluate("shown")]


def heard(wall: Page) -> list[dict[str, Any]]:
    """Each recording that sounded, in order: its clip, start and end in seconds."""
    notes: list[dict[str, Any]] = wall.evaluate("heard")
    return [note for note in notes if note["end"] > note["start"]]


def clips(wall: Page) -> list[str]:
    return [note["clip"] for note in heard(wall)]


def hears(wall: Page, recordings: int, within_s: float = 10) -> None:
    wait_until(lambda: len(heard(wall)) >= recordings, within_s)


def falls_silent(wall: Page) -> None:
    """Nothing new sounds for as long as several clips last."""
    before = -1
    while before != len(heard(wall)):
        before = len(heard(wall))
        wall.wait_for_timeout(900)


def overlaps(wall: Page) -> list[tuple[str, str]]:
    notes = sorted(heard(wall), key=lambda note: (note["start"], note["end"]))
    return [
        (one["clip"], other["clip"])
        for one, other in pairwise(notes)
        if other["start"] < one["end"] - 1e-6
    ]


def sentence(ticket: str, counter: str, language: str) -> list[str]:
    """A call as the recordings of this language say it once."""
    voice = call_voice(language, (counter,))
    assert voice is not None
    said = voice.clips(ticket, counter)
    assert said
    assert recordings(language).has_all(said)
    return [f"{language}/{clip}" for clip in said]


class Line:
    """The socket of a page, which can be cut and mended."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._up = True
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket("**/display/live*", self._connect)

    def cut(self) -> None:
        self._up = False
        for socket in self._sockets:
            socket.close()

    def mend(self) -> None:
        self._up = True
        self._page.evaluate("window.dispatchEvent(new Event('online'))")

    def _connect(self, socket: WebSocketRoute) -> None:
        if self._up:
            socket.connect_to_server()
            self._sockets.append(socket)
        else:
            socket.close()
