"""The display's addresses: the page, the scale it is drawn to, its live socket and its voice."""

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
from display.context import DisplayContext, DisplayRequest, display_context, still_the_same
from display.counter_sign import SignView
from display.recordings_manifest import recordings_manifest
from display.regions import HallView
from display.scale import scale_css
from display.words import languages_of, words
from lobby.live.channels import Urgency
from lobby.queueing.model.hall import Hall
from lobby.screens.display_settings import Layout
from lobby.web.commands import form_fields
from lobby.web.live_screen import LiveScreen, first_regions, serve

Present = Callable[[Hall, datetime, DisplayRequest], HallView | SignView]

SEAT = re.compile(r"[\w-]{8,40}")
"""What a page calls itself, so that the one that speaks knows that it is meant."""


async def show_display(request: Request) -> Response:
    wall = display_context(request)
    services, plan = wall.services, wall.branch.plan
    now = services.clock.now()
    local = plan.local(now)
    screen = screen_of(request, wall)
    seat = secrets.token_urlsafe(9)
    layout = wall.settings.layout
    return services.pages.page(
        request,
        "display/sign.html" if layout is Layout.COUNTER else "display/page.html",
        wall.language,
        branch_name=plan.name(wall.language),
        socket=f"/display/live?language={wall.language}&seat={seat}",
        seat=seat,
        settings=wall.settings,
        digest=wall.digest,
        second_of_day=(local.hour * 60 + local.minute) * 60 + local.second,
        regions=first_regions(screen, now),
        view=_shown_on(wall)[1](wall.branch.hall, now, wall.here),
        words=words(plan, wall.language),
        book=_book(wall) if wall.settings.speaks else {},
    )


async def show_scale(request: Request) -> Response:
    css = scale_css(display_context(request).settings)
    return Response(css, media_type="text/css", headers={"cache-control": "no-store"})


async def keep_live(websocket: WebSocket) -> None:
    wall = display_context(websocket)
    seat = websocket.query_params.get("seat", "")
    screen = screen_of(websocket, wall)
    if not wall.settings.speaks or not SEAT.fullmatch(seat):
        await serve(websocket, screen)
        return
    await serve(websocket, screen, wall.seated(seat))


async def tell_voice(request: Request) -> Response:
    """A page says whether its browser lets it sound; only one that may is asked to speak."""
    wall = display_context(request)
    form = await form_fields(request)
    if form.get("state") not in ("ready", "blocked"):
        raise HTTPException(400)
    is_ready = form["state"] == "ready"
    if wall.announcers.tell(form.get("seat", ""), wall.branch.id, is_ready=is_ready):
        wall.tell_all()
    return Response(status_code=204)


def screen_of(connection: HTTPConnection, wall: DisplayContext) -> LiveScreen:
    pages, display, language = wall.services.pages, wall.here, wall.language
    names, present = _shown_on(wall)

    def paint(region: str, view: HallView | SignView) -> str:
        return pages.render(f"display/_{region}.html", language, view=view)

    return LiveScreen(
        key=f"{wall.branch.id}/display/{wall.digest}/{language}",
        urgency=Urgency.DISPLAY,
        branch=wall.branch,
        present=lambda hall, now: dict.fromkeys(names, present(hall, now, display)),
        paint=paint,
        still_allowed=still_the_same(connection, wall),
        announces=True,
        hears=wall.hears,
    )


def _shown_on(wall: DisplayContext) -> tuple[tuple[str, ...], Present]:
    """The regions, and what all of them are drawn from."""
    if wall.settings.layout is Layout.COUNTER:
        return counter_sign.REGIONS, counter_sign.present_sign
    return regions.REGIONS, regions.present_hall


def _book(wall: DisplayContext) -> dict[str, Any]:
    build = wall.services.settings.build
    languages = languages_of(wall.branch.plan, wall.language)
    return recordings_manifest(wall.branch.plan, languages, lambda path: f"/static/{build}/{path}")


routes: list[BaseRoute] = [
    Route("/display", show_display),
    Route("/display/scale.css", show_scale),
    Route("/display/voice", tell_voice, methods=["POST"]),
    WebSocketRoute("/display/live", keep_live),
]
