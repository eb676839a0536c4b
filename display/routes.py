"""The display's three addresses: the page, the scale it is drawn to, and its live socket."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from display.announcements import Zone
from display.regions import paint_display, present_display
from display.scale import smallest_call_px
from display.words import words
from lobby.branch import Branch
from lobby.live.rooms import Urgency
from lobby.web.devices import DeviceKind, require_device, still_paired
from lobby.web.house import house_of
from lobby.web.livescreen import LiveScreen, first_regions, serve
from lobby.web.pages import language_of


@dataclass(frozen=True, slots=True)
class Wall:
    """One display in its hall: all that its page and its socket have to agree on."""

    branch: Branch
    zone: Zone
    language: str


async def show_display(request: Request) -> Response:
    house = house_of(request)
    wall = wall_of(request)
    now = house.clock.now()
    local = wall.branch.plan.local(now)
    screen = screen_of(request, wall)
    calls = screen.present(wall.branch.hall, now).calls
    return house.pages.page(
        request,
        "display/page.html",
        wall.language,
        branch_name=wall.branch.plan.name(wall.language),
        socket=f"/display/live?language={wall.language}",
        counters=wall.zone.numbers(wall.branch.plan),
        second_of_day=(local.hour * 60 + local.minute) * 60 + local.second,
        regions=first_regions(screen, now),
        newest=calls[0] if calls else None,
        words=words(wall.branch.plan, wall.language),
    )


async def show_scale(request: Request) -> Response:
    device = require_device(request, DeviceKind.DISPLAY)
    css = f".display {{ --smallest-call: {smallest_call_px(device.settings)}px; }}\n"
    return Response(css, media_type="text/css", headers={"cache-control": "no-store"})


async def keep_live(websocket: WebSocket) -> None:
    await serve(websocket, screen_of(websocket, wall_of(websocket)))


def wall_of(connection: HTTPConnection) -> Wall:
    device = require_device(connection, DeviceKind.DISPLAY)
    branch = house_of(connection).branches[device.branch_id]
    zone = Zone.of(device.settings, branch.plan)
    return Wall(branch, zone, language_of(connection, device.language))


def screen_of(connection: HTTPConnection, wall: Wall) -> LiveScreen:
    pages = house_of(connection).pages
    zone, language = wall.zone, wall.language
    return LiveScreen(
        key=f"{wall.branch.id}/display/{zone.key}/{language}",
        urgency=Urgency.DISPLAY,
        branch=wall.branch,
        present=lambda hall, now: present_display(hall, now, zone, language),
        paint=lambda view: paint_display(pages, view, language),
        still_allowed=still_paired(connection, DeviceKind.DISPLAY),
        announces=True,
    )


routes: list[BaseRoute] = [
    Route("/display", show_display),
    Route("/display/scale.css", show_scale),
    WebSocketRoute("/display/live", keep_live),
]
