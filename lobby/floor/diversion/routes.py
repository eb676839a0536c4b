"""The way to a machine and back as a colleague goes it with the customer: hint, offer, company."""

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from lobby.floor.core.words import MACHINE_KINDS, MACHINE_STATES
from lobby.floor.diversion.views import SCRIPTS, Way, way_of
from lobby.floor.diversion.words import DECLINED, RETURNED
from lobby.floor.tablet.answers import ticket_or_404
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest, floor_staff_request, live_socket
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    ConfirmMachineJob,
    DeclineMachine,
    OfferMachine,
    ReturnFromMachine,
    WentAlong,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import ConfirmedBy
from lobby.scripts.format import wordings
from lobby.scripts.library import library
from lobby.web.commands import FormFields, command_response, form_fields, idempotency_key, perform
from lobby.web.refusals import STATES

PAGE = "/floor"
WAYS = f"{PAGE}/diversions"
WORDS = {
    "machine_kinds": MACHINE_KINDS,
    "machine_states": MACHINE_STATES,
    "states": STATES,
    "why_declined": DECLINED,
    "why_returned": RETURNED,
}


def part(here: TabletRequest, connection: HTTPConnection) -> LivePart:
    number = connection.path_params["number"]
    ticket_or_404(here, number)
    return LivePart(
        f"diversion-{number}",
        f"{WAYS}/{number}/live",
        ("diversion",),
        lambda hall, now: _way(here, hall, number, now),
        words=WORDS,
    )


def _way(here: TabletRequest, hall: Hall, number: str, now: datetime) -> Way | None:
    """None on a page that is still open when a new day has begun."""
    ticket = hall.ticket(number)
    return way_of(here, hall, ticket, now) if ticket else None


async def page(request: Request) -> Response:
    """One customer and the machine, with the words that fit how far they have come."""
    here = await floor_staff_request(request)
    ticket, now = ticket_or_404(here, request.path_params["number"]), here.house.clock.now()
    way = way_of(here, here.branch.hall, ticket, now)
    situation = SCRIPTS.get(way.stage)
    scripts = await library(here.house.store, here.branch.id)
    script = scripts[situation][0] if situation else None
    return here.page(
        request,
        "floor/diversion_page.html",
        part=part(here, request),
        number=ticket.number,
        script=script,
        wordings=wordings(script.texts, ticket.language) if script else (),
    )


async def offer(request: Request) -> Response:
    here, sent = await floor_staff_request(request), await form_fields(request)
    command = OfferMachine(sent.get("number", ""), sent.get("machine", ""))
    return await _acted(request, here, sent, command)


async def answer(request: Request) -> Response:
    """The customer's own word, as they said it; a reason for waiting may be left out."""
    here, sent = await floor_staff_request(request), await form_fields(request)
    number, said = sent.get("number", ""), sent.get("answer", "")
    if said not in ("accept", "decline"):
        raise HTTPException(400)
    reason = sent.get("reason", "")
    accepts = said == "accept"
    command = AcceptMachine(number) if accepts else DeclineMachine(number, reason=reason)
    return await _acted(request, here, sent, command)


async def go_along(request: Request) -> Response:
    """A colleague walked to the machine with them."""
    here, sent = await floor_staff_request(request), await form_fields(request)
    return await _acted(request, here, sent, WentAlong(sent.get("number", ""), here.me))


async def confirm(request: Request) -> Response:
    here, sent = await floor_staff_request(request), await form_fields(request)
    command = ConfirmMachineJob(sent.get("number", ""), ConfirmedBy.STAFF)
    return await _acted(request, here, sent, command)


async def bring_back(request: Request) -> Response:
    here, sent = await floor_staff_request(request), await form_fields(request)
    reason = sent.get("reason", "")
    command = ReturnFromMachine(sent.get("number", ""), reason=reason)
    return await _acted(request, here, sent, command)


async def _acted(
    request: Request, here: TabletRequest, sent: FormFields, command: Command
) -> Response:
    await perform(here.branch, command, here.actor, idempotency_key(request, sent))
    number = sent.get("number", "")
    stays = sent.get("back") == "way" and number.isalnum()
    # The words beside the way change with it, so the page is opened anew and not only redrawn.
    return command_response(
        request, f"{WAYS}/{number}?after={sent.get('step', '')[:12]}" if stays else PAGE
    )


routes: list[BaseRoute] = [
    Route(f"{WAYS}/{{number}}", page),
    WebSocketRoute(f"{WAYS}/{{number}}/live", live_socket(part)),
    Route(f"{WAYS}/walks", go_along, methods=["POST"]),
    Route(f"{PAGE}/offers", offer, methods=["POST"]),
    Route(f"{PAGE}/offers/answers", answer, methods=["POST"]),
    Route(f"{PAGE}/slips/confirmations", confirm, methods=["POST"]),
    Route(f"{PAGE}/slips/returns", bring_back, methods=["POST"]),
]
