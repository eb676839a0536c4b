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


def list_part(tablet: TabletRequest, _connection: HTTPConnection | None = None) -> LivePart:
    return LivePart(
        "care",
        f"{PAGE}/live",
        {"care": "floor/care/_people.html"},
        lambda hall, now: care_rows(hall, tablet.name_of, now),
        words=_words(tablet),
    )


def ticket_part(tablet: TabletRequest, connection: HTTPConnection) -> LivePart:
    number = connection.path_params["number"]
    ticket_or_404(tablet, number)
    return LivePart(
        f"care-{number}",
        f"{PAGE}/{number}/live",
        {"care_ticket": "floor/care/_ticket.html"},
        lambda hall, now: _row(tablet, hall, number, now),
        words=_words(tablet) | {"grace_s": tablet.branch.plan.counter_policy.grace_s},
    )


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    return tablet.page(request, "floor/care/page.html", part=list_part(tablet), sought=None)


async def find(request: Request) -> Response:
    """To the page of a ticket whose number was typed."""
    tablet = await floor_staff_request(request)
    typed = request.query_params.get("number", "")
    number = parse_number(tablet.branch.hall, typed)
    if number is not None:
        return RedirectResponse(f"{PAGE}/{number}", status_code=303)
    return tablet.page(request, "floor/care/page.html", part=list_part(tablet), sought=typed)


async def one(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    number = request.path_params["number"]
    return tablet.page(
        request,
        "floor/care/ticket.html",
        part=ticket_part(tablet, request),
        number=number,
        advisers=await adviser_choices(tablet, number),
        lendable=await lendable(tablet, number),
        places=tuple(choices(tablet.branch.plan, tablet.language)),
        reserved=ticket_or_404(tablet, number).reserved_teller,
    )


async def take_step(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    try:
        step = CareStep(form.get("step", ""))
    except ValueError:
        raise HTTPException(400) from None
    return await _acted(request, tablet, form, RecordCare(_number(request), step, tablet.me))


async def call_so(request: Request) -> Response:
    """How this customer is called from now on."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    way = form.get("way", "")
    if way not in WAYS:
        raise HTTPException(400)
    pager = form.get("pager", "").strip() if way == "pager" else ""
    command = SetCallModes(_number(request), WAYS[way], pager)
    return await _acted(request, tablet, form, command)


async def give_time(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    return await _acted(request, tablet, form, GiveLongerGrace(_number(request)))


async def ask_adviser(request: Request) -> Response:
    """Whom the customer would like to see; nobody in particular where the field is empty."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    command = AskAdviser(_number(request), form.get("teller") or None)
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, f"{PAGE}/{_number(request)}?asked={form.get('teller', '')}")


async def _acted(
    request: Request, tablet: TabletRequest, form: FormFields, command: Command
) -> Response:
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    back = PAGE if form.get("back") == "list" else f"{PAGE}/{_number(request)}"
    return command_response(request, back)


def _row(tablet: TabletRequest, hall: Hall, number: str, now: datetime) -> CareRow | None:
    """None on a page that is still open when a new day has begun."""
    ticket = hall.ticket(number)
    return care_row(hall, ticket, tablet.name_of, now) if ticket else None


def _number(request: Request) -> str:
    number: str = request.path_params["number"]
    return number


def _words(tablet: TabletRequest) -> dict[str, object]:
    place = partial(place_words, tablet.branch.plan, language=tablet.language)
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
