"""A page with two acts and a live region, as small as a page of ours can be."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from lobby.live.channels import Rendering, Urgency
from lobby.live.hub import Pace
from tests.live.stage import Stage

STATIC = Path(__file__).resolve().parents[2] / "static"
POLICY = "default-src 'self'"

SHELL = """<!doctype html><html lang="en"><head><title>Stage</title>
<link rel="icon" href="/static/icon.svg">
<script type="module" src="/static/js/live.js"></script>
<script type="module" src="/static/js/acts.js"></script>
</head><body>
<p data-notice role="status"></p>
<template data-act-failed>Nothing was sent. Please try again.</template>
<input id="outside" type="text">
<lobby-live data-socket="/live" data-build="{build}">
<section id="region-desk" data-region="desk">{desk}</section>
</lobby-live></body></html>"""

DESK = """<p id="number">{version}</p>
<details id="fold"><summary>More</summary>{version}</details>
<form id="next" data-act method="post" action="/calls">
<input type="hidden" name="key" data-fresh-key value=""><button data-key="n">Next</button></form>
<form id="transfer" data-act method="post" action="/transfers">
<input type="hidden" name="number" value="{ticket}">
<input type="hidden" name="key" data-fresh-key value="">
<input id="note" name="note" type="text">
<input id="soon" name="minutes" type="radio" value="10" checked>
<input id="late" name="minutes" type="radio" value="20"><button>Transfer</button></form>"""


class Desk(Stage):
    """What is sent to it is written down; how it answers can be set."""

    def __init__(self) -> None:
        super().__init__(Pace(hello_s=0.3, allowed_s=0.1))
        self.acts: list[dict[str, str]] = []
        self.answers: list[Response] = []
        self.ticket = "A001"
        self.shown_build = "build-1"
        self.pages_given = 0

    def rendering(self, key: str = "demo/counter/en", urgency: int = Urgency.COUNTER) -> Rendering:
        def look() -> tuple[int, Any]:
            return self.version, {"desk": (self.version, self.ticket)}

        return Rendering(key, "demo", urgency, look, self.paint, announces=True)

    def paint(self, _region: str, view: Any) -> str:
        return DESK.format(version=view[0], ticket=view[1])

    async def page(self, _: Request) -> Response:
        self.pages_given += 1
        desk = self.paint("desk", (self.version, self.ticket))
        html = SHELL.format(build=self.shown_build, desk=desk)
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    async def act(self, request: Request) -> Response:
        fields = parse_qsl((await request.body()).decode())
        self.acts.append({"path": request.url.path, **dict(fields)})
        return self.answers.pop(0) if self.answers else JSONResponse({"location": "/"})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self.page),
                Route("/calls", self.act, methods=["POST"]),
                Route("/transfers", self.act, methods=["POST"]),
                WebSocketRoute("/live", self.live),
                Mount("/static", StaticFiles(directory=STATIC)),
            ]
        )


def wait_until_page(page: Page, true: Any, within_ms: int = 5_000) -> None:
    """Like `wait_until`, but the browser's events go on meanwhile."""
    for _ in range(within_ms // 50):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"still not so after {within_ms} ms")
