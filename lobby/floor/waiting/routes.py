"""The page of everybody who is here: waiting, missed, on hold, at a machine, at a counter."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from lobby.floor.core.words import CARD_WORDS, HALL_WORDS
from lobby.floor.devices.machine_views import Slip, slips
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest, floor_staff_request, live_socket
from lobby.floor.waiting.counters import Call, CounterRow, counter_rows, last_calls
from lobby.floor.waiting.lines import Line, lines_of
from lobby.queueing.commands.ticket import BringBack, ReturnFromHold
from lobby.queueing.model.hall import Hall
from lobby.screens.lists import Absent, Person, absents, held
from lobby.web.commands import command_response, form_fields, idempotency_key, perform

PAGE = "/floor/waiting"
REGIONS = {
    "waiting": "floor/waiting/_lines.html",
    "returns": "floor/waiting/_returns.html",
    "slips": "floor/devices/_slips.html",
    "counters": "floor/waiting/_counters.html",
    "calls": "floor/waiting/_calls.html",
}


@dataclass(frozen=True, slots=True)
class WaitingView:
    lines: tuple[Line, ...]
    held: tuple[Person, ...]
    absents: tuple[Absent, ...]
    slips: tuple[Slip, ...]
    desks: tuple[CounterRow, ...]
    calls: tuple[Call, ...]


def waiting_part(tablet: TabletRequest) -> LivePart:
    stand = tablet.stand

    def present(hall: Hall, now: datetime) -> WaitingView:
        return WaitingView(
            lines=lines_of(stand, hall, now),
            held=held(hall, now),
            absents=absents(hall, now),
            slips=slips(hall, now),
            desks=counter_rows(hall, stand.name_of, now),
            calls=last_calls(hall),
        )

    return LivePart("waiting", f"{PAGE}/live", REGIONS, present, {**CARD_WORDS, **HALL_WORDS})


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    return tablet.page(request, "floor/waiting/page.html", part=waiting_part(tablet))


async def wait_again(request: Request) -> Response:
    """Back into the line after a missed call or a hold; the form says which."""
    tablet = await floor_staff_request(request)
    form = await form_fields(request)
    number = form.get("number", "")
    is_held = form.get("after") == "hold"
    command = ReturnFromHold(number) if is_held else BringBack(number)
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, PAGE)


routes: list[BaseRoute] = [
    Route(PAGE, page),
    WebSocketRoute(f"{PAGE}/live", live_socket(lambda tablet, _connection: waiting_part(tablet))),
    Route("/floor/returns", wait_again, methods=["POST"]),
]
