"""Displays in Chromium, told of by their own page: what is drawn and called out, as it happens."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, async_playwright
from playwright.async_api import Error as BrowserError

from tests.bench.live_page import HeardCall, LivePage
from tests.needs import find_browser

TELL = """
document.addEventListener("lobby:call", ({ detail: call }) => window.tell("call", call));
document.addEventListener("lobby:redrawn", ({ detail }) => {
  const regions = {};
  for (const region of document.querySelectorAll("[data-region]")) {
    regions[region.dataset.region] = region.innerHTML;
  }
  window.tell("drawn", { version: detail.version, regions });
});
setInterval(() => window.tell("live", { state: document.body.dataset.live }), 250);
"""
OPENED_WITHIN_MS = 10_000


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    program = find_browser()
    if program is None:
        raise SystemExit("Chromium is not installed: leave --browsers out.")
    async with async_playwright() as playwright:
        options = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        opened = await playwright.chromium.launch(executable_path=program, args=options)
        yield opened
        await opened.close()


class ToldPage(LivePage):
    """What the page in the browser says of itself; how it comes to that is its own matter."""

    def told(self, kind: str, what: dict[str, Any]) -> None:
        now_s = time.time()
        match kind:
            case "call":
                call = what["id"], what["ticket"], what["counter"], what["expires_at"]
                self.calls.called_out.append(HeardCall(*call, at_s=now_s))
            case "drawn":
                self._redraw(what, now_s)
            case _:
                self._is_fresh = what["state"] == "fresh"

    def is_fresh(self, now_s: float) -> bool:
        return getattr(self, "_is_fresh", False)

    def is_proven_since(self, then_s: float) -> bool:
        """It shows nobody when it last was; that it claims to be true is what people see."""
        return self.is_fresh(time.time())


class BrowserDisplay:
    """A display's page in a window of its own, opened until it is there."""

    def __init__(self, context: BrowserContext, port: int, cookie: str) -> None:
        self.page = ToldPage()
        self._context = context
        self._address = f"http://127.0.0.1:{port}"
        self._cookie = cookie

    def wake(self) -> None:
        """The browser notices by itself."""

    async def run(self) -> None:
        name, _, value = self._cookie.partition("=")
        await self._context.add_cookies([{"name": name, "value": value, "url": self._address}])
        await self._context.expose_function("tell", self.page.told)
        await self._context.add_init_script(TELL)
        window = await self._context.new_page()
        while True:
            try:
                await window.goto(f"{self._address}/display", timeout=OPENED_WITHIN_MS)
                return
            except BrowserError:
                await asyncio.sleep(1)
