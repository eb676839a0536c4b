"""The addresses of a display: the page, the scale it is drawn to, its live socket, its voice."""

import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from display import counter_sign, regions
from display.context import DisplayContext, DisplayInputs, display_context, still_the_same
from display.counter_sign import SignView
from display.recordings_manifest import recordings_manifest
from display.regions import HallView
from display.scale import scale_css
from display.words import languages_of, page_words
from lobby.live.channels import Urgency
from lobby.queueing.model.hall import Hall
from lobby.screens.display_settings import Layout
from lobby.web.commands import form_fields
from lobby.web.live_screen import LiveScreen, first_regions, serve

ViewOf = Callable[[Hall, datetime, DisplayInputs], HallView | SignView]

SEAT = re.compile(r"[\w-]{8,40}")
"""What a page calls itself, so that the one that speaks knows that it is meant."""

READY = {"ready": True, "blocked": False}
"""What a page says of its browser: whether it lets the page sound."""


async def display_page(request: Request) -> Response:
    display = display_context(request)
    services, plan, settings = display.services, display.branch.plan, display.settings
    now = services.clock.now()
    local = plan.local(now)
    screen = display_screen(request, display)
    seat = secrets.token_urlsafe(9)
    is_sign = settings.layout is Layout.COUNTER
    return services.pages.page(
        request,
        "display/sign.html" if is_sign else "display/page.html",
        display.language,
        branch_name=plan.name(display.language),
        socket=f"/display/live?language={display.language}&seat={seat}",
        seat=seat,
        settings=settings,
        digest=display.digest,
        second_of_day=(local.hour * 60 + local.minute) * 60 + local.second,
        regions=first_regions(screen, now),
        view=_shown_on(display)[1](display.branch.hall, now, display.inputs),
        words=page_words(plan, display.language),
        recordings=_recordings(display) if settings.speaks else {},
    )


async def scale_sheet(request: Request) -> Response:
    css = scale_css(display_context(request).settings)
    return Response(css, media_type="text/css", headers={"cache-control": "no-store"})


async def display_socket(websocket: WebSocket) -> None:
    display = display_context(websocket)
    seat = websocket.query_params.get("seat", "")
    screen = display_screen(websocket, display)
    if not display.settings.speaks or not SEAT.fullmatch(seat):
        await serve(websocket, screen)
        return
    await serve(websocket, screen, display.candidate(seat))


async def report_voice(request: Request) -> Response:
    """A page says whether its browser lets it sound; only one that may is asked to speak."""
    display = display_context(request)
    form = await form_fields(request)
    is_ready = READY.get(form.get("state", ""))
    if is_ready is None:
        raise HTTPException(400)
    if display.election.set_ready(form.get("seat", ""), display.branch.id, is_ready=is_ready):
        display.redraw_all()
    return Response(status_code=204)


def display_screen(connection: HTTPConnection, display: DisplayContext) -> LiveScreen:
    pages, inputs, language = display.services.pages, display.inputs, display.language
    names, view_of = _shown_on(display)

    def paint(region: str, view: HallView | SignView) -> str:
        return pages.render(f"display/_{region}.html", language, view=view)

    return LiveScreen(
        key=f"{display.branch.id}/display/{display.digest}/{language}",
        urgency=Urgency.DISPLAY,
        branch=display.branch,
        present=lambda hall, now: dict.fromkeys(names, view_of(hall, now, inputs)),
        paint=paint,
        still_allowed=still_the_same(connection, display),
        announces=True,
        hears=display.call_here,
    )


def _shown_on(display: DisplayContext) -> tuple[tuple[str, ...], ViewOf]:
    """The regions, and what all of them are drawn from."""
    if display.settings.layout is Layout.COUNTER:
        return counter_sign.REGIONS, counter_sign.sign_view
    return regions.REGIONS, regions.hall_view


def _recordings(display: DisplayContext) -> dict[str, Any]:
    build = display.services.settings.build
    languages = languages_of(display.branch.plan, display.language)
    return recordings_manifest(
        display.branch.plan, languages, lambda path: f"/static/{build}/{path}"
    )


routes: list[BaseRoute] = [
    Route("/display", display_page),
    Route("/display/scale.css", scale_sheet),
    Route("/display/voice", report_voice, methods=["POST"]),
    WebSocketRoute("/display/live", display_socket),
]
