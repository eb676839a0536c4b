"""Looking after those who need it: steps ticked off, ways of calling, more time, whom to see."""

from datetime import datetime
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from lobby.floor.care.advisers import adviser_choices
from lobby.floor.core.person_views import CareRow, care_row, care_rows
from lobby.floor.core.person_words import (
    ESCORT_OUTCOMES,
    STEP_ICONS,
    STEPS,
    WAY_ICONS,
    WAY_WORDS,
    WAYS,
    choices,
    place_words,
)
from lobby.floor.lending.routes import lendable
from lobby.floor.tablet.answers import parse_number, ticket_or_404
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest, floor_staff_request, live_socket
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.ticket import AskAdviser, GiveLongerGrace, RecordCare, SetCallModes
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.hall import Hall
from lobby.web.commands import FormFields, command_response, form_fields, idempotency_key, perform
from lobby.web.refusals import STATES

PAGE = "/floor/care"
WORDS = {
    "steps": STEPS,
    "step_icons": STEP_ICONS,
    "ways": WAY_WORDS,
    "way_icons": WAY_ICONS,
    "states": STATES,
    "escort_outcomes": ESCORT_OUTCOMES,
}


def list_part(here: TabletRequest, _connection: HTTPConnection | None = None) -> LivePart:
    return LivePart(
        "care",
        f"{PAGE}/live",
        ("care",),
        lambda hall, now: care_rows(hall, here.name_of, now),
        words=_words(here),
    )


def ticket_part(here: TabletRequest, connection: HTTPConnection) -> LivePart:
    number = connection.path_params["number"]
    ticket_or_404(here, number)
    return LivePart(
        f"care-{number}",
        f"{PAGE}/{number}/live",
        ("care_ticket",),
        lambda hall, now: _row(here, hall, number, now),
        words=_words(here) | {"grace_s": here.branch.plan.customs.grace_s},
    )


async def page(request: Request) -> Response:
    here = await floor_staff_request(request)
    return here.page(request, "floor/care.html", part=list_part(here), sought=None)


async def find(request: Request) -> Response:
    """To the page of a ticket whose number was typed."""
    here = await floor_staff_request(request)
    typed = request.query_params.get("number", "")
    number = parse_number(here.branch.hall, typed)
    if number is not None:
        return RedirectResponse(f"{PAGE}/{number}", status_code=303)
    return here.page(request, "floor/care.html", part=list_part(here), sought=typed)


async def one(request: Request) -> Response:
    here = await floor_staff_request(request)
    number = request.path_params["number"]
    return here.page(
        request,
        "floor/care_one.html",
        part=ticket_part(here, request),
        number=number,
        advisers=await adviser_choices(here, number),
        lendable=await lendable(here, number),
        places=tuple(choices(here.branch.plan, here.language)),
        reserved=ticket_or_404(here, number).reserved_teller,
    )


async def take_step(request: Request) -> Response:
    here, sent = await floor_staff_request(request), await form_fields(request)
    try:
        step = CareStep(sent.get("step", ""))
    except ValueError:
        raise HTTPException(400) from None
    return await _acted(request, here, sent, RecordCare(_number(request), step, here.me))


async def call_so(request: Request) -> Response:
    """How this customer is called from now on."""
    here, sent = await floor_staff_request(request), await form_fields(request)
    way = sent.get("way", "")
    if way not in WAYS:
        raise HTTPException(400)
    pager = sent.get("pager", "").strip() if way == "pager" else ""
    command = SetCallModes(_number(request), WAYS[way], pager)
    return await _acted(request, here, sent, command)


async def give_time(request: Request) -> Response:
    here, sent = await floor_staff_request(request), await form_fields(request)
    return await _acted(request, here, sent, GiveLongerGrace(_number(request)))


async def ask_adviser(request: Request) -> Response:
    """Whom the customer would like to see; nobody in particular where the field is empty."""
    here, sent = await floor_staff_request(request), await form_fields(request)
    command = AskAdviser(_number(request), sent.get("teller") or None)
    await perform(here.branch, command, here.actor, idempotency_key(request, sent))
    return command_response(request, f"{PAGE}/{_number(request)}?asked={sent.get('teller', '')}")


async def _acted(
    request: Request, here: TabletRequest, sent: FormFields, command: Command
) -> Response:
    await perform(here.branch, command, here.actor, idempotency_key(request, sent))
    back = PAGE if sent.get("back") == "list" else f"{PAGE}/{_number(request)}"
    return command_response(request, back)


def _row(here: TabletRequest, hall: Hall, number: str, now: datetime) -> CareRow | None:
    """None on a page that is still open when a new day has begun."""
    ticket = hall.ticket(number)
    return care_row(hall, ticket, here.name_of, now) if ticket else None


def _number(request: Request) -> str:
    number: str = request.path_params["number"]
    return number


def _words(here: TabletRequest) -> dict[str, object]:
    place = partial(place_words, here.branch.plan, language=here.language)
    return WORDS | {"place": place}


routes: list[BaseRoute] = [
    Route(PAGE, page),
    WebSocketRoute(f"{PAGE}/live", live_socket(list_part)),
    Route(f"{PAGE}/tickets", find),
    Route(f"{PAGE}/{{number}}", one),
    WebSocketRoute(f"{PAGE}/{{number}}/live", live_socket(ticket_part)),
    Route(f"{PAGE}/{{number}}/steps", take_step, methods=["POST"]),
    Route(f"{PAGE}/{{number}}/calls", call_so, methods=["POST"]),
    Route(f"{PAGE}/{{number}}/grace", give_time, methods=["POST"]),
    Route(f"{PAGE}/{{number}}/advisers", ask_adviser, methods=["POST"]),
]
