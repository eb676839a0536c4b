"""The lobby manager's tablet over the web: the hall, who needs somebody, tickets and devices."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from lobby.floor import devices, diversion_acts, help_acts, machine_acts, tickets
from lobby.floor.regions import screen
from lobby.floor.rounds import ROLES, round_of
from lobby.queueing import commands as do
from lobby.web.acts import act, done, fields, key_of
from lobby.web.livescreen import first_regions, serve
from lobby.web.pages import language_of
from lobby.web.staff import require_staff

PAGE = "/floor"


async def page(request: Request) -> Response:
    here = await round_of(request)
    hall = await screen(request, here.staff, here.language)
    regions = first_regions(hall, here.house.clock.now())
    return here.page(request, "floor/page.html", regions=regions)


async def live(websocket: WebSocket) -> None:
    staff = await require_staff(websocket, *ROLES)
    language = language_of(websocket, staff.language)
    await serve(websocket, await screen(websocket, staff, language))


async def wait_again(request: Request) -> Response:
    """Back into the line after a missed call or a hold; the form says which."""
    here = await round_of(request)
    sent = await fields(request)
    number = sent.get("number", "")
    held = sent.get("after") == "hold"
    command = do.ReturnFromHold(number) if held else do.BringBack(number)
    await act(here.branch, command, here.actor, key_of(request, sent))
    return done(request, PAGE)


routes: list[BaseRoute] = [
    Route(PAGE, page),
    WebSocketRoute(f"{PAGE}/live", live),
    Route(f"{PAGE}/returns", wait_again, methods=["POST"]),
    *help_acts.routes,
    *machine_acts.routes,
    *diversion_acts.routes,
    Route(f"{PAGE}/tickets", tickets.form),
    Route(f"{PAGE}/tickets", tickets.issue, methods=["POST"]),
    Route(f"{PAGE}/tickets/{{number}}", tickets.issued),
    Route(f"{PAGE}/devices", devices.page),
    Route(f"{PAGE}/devices", devices.add, methods=["POST"]),
    Route(f"{PAGE}/devices/{{device_id:int}}/codes", devices.show_code, methods=["POST"]),
    Route(f"{PAGE}/devices/{{device_id:int}}/revocations", devices.revoke, methods=["POST"]),
]
