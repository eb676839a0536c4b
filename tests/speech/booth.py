"""One screen that speaks, as a kiosk would draw it, and ears that write down what it says."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from lobby.i18n.languages import LANGUAGES
from lobby.settings import STATIC_FILES
from lobby.speech.utterance import spoken
from lobby.web.pages import Pages

POLICY = "default-src 'self'"
SAID = "Your number A\u200a012"
CLIPS = ["your-number", "letter-a", "digit-0", "digit-1", "digit-2"]
CLIP_S = 0.4
"""How long every recording lasts to the ears below."""

EARS = (Path(__file__).parent / "ears.js").read_text(encoding="utf-8")


def booth() -> Starlette:
    pages = Pages(("lobby.web", "tests.speech"), build="b")

    def screen(request: Request) -> Response:
        language = request.path_params["language"]
        assert language in LANGUAGES
        is_on = request.query_params.get("speech") == "on"
        text = request.query_params.get("text", SAID)
        here = f"/{language}?{urlencode({'text': text})}"
        return pages.page(
            request,
            "speech/booth.html",
            language,
            headers={"content-security-policy": POLICY},
            spoken=spoken(text, language),
            is_on=is_on,
            switch=here if is_on else f"{here}&speech=on",
        )

    def scale(_request: Request) -> Response:
        return Response(":root { --mm: 4.04px; }", media_type="text/css")

    return Starlette(
        routes=[
            Route("/scale.css", scale),
            Mount("/static/b", StaticFiles(directory=STATIC_FILES)),
            Route("/{language}", screen),
        ]
    )


def with_ears(page: Page) -> Page:
    """Instead of the loudspeaker: nothing sounds, and all that would is on a list."""
    page.add_init_script(EARS)
    return page


def heard(page: Page) -> list[dict[str, Any]]:
    """Each recording that was played: its clip, loudness, start and end in seconds."""
    listed: list[dict[str, Any]] = page.evaluate("window.heard")
    return listed


def clips_heard(page: Page) -> list[str]:
    return [note["clip"] for note in heard(page)]
