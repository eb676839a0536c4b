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


def part(tablet: TabletRequest, connection: HTTPConnection) -> LivePart:
    number = connection.path_params["number"]
    ticket_or_404(tablet, number)
    return LivePart(
        f"diversion-{number}",
        f"{WAYS}/{number}/live",
        {"diversion": "floor/diversion/_diversion.html"},
        lambda hall, now: _way(tablet, hall, number, now),
        words=WORDS,
    )


def _way(tablet: TabletRequest, hall: Hall, number: str, now: datetime) -> Way | None:
    """None on a page that is still open when a new day has begun."""
    ticket = hall.ticket(number)
    return way_of(tablet, hall, ticket, now) if ticket else None


async def page(request: Request) -> Response:
    """One customer and the machine, with the words that fit how far they have come."""
    tablet = await floor_staff_request(request)
    ticket, now = ticket_or_404(tablet, request.path_params["number"]), tablet.services.clock.now()
    way = way_of(tablet, tablet.branch.hall, ticket, now)
    situation = SCRIPTS.get(way.stage)
    scripts = await library(tablet.services.store, tablet.branch.id)
    script = scripts[situation][0] if situation else None
    return tablet.page(
        request,
        "floor/diversion/page.html",
        part=part(tablet, request),
        number=ticket.number,
        script=script,
        wordings=wordings(script.texts, ticket.language) if script else (),
    )


async def offer(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    command = OfferMachine(form.get("number", ""), form.get("machine", ""))
    return await _acted(request, tablet, form, command)


async def answer(request: Request) -> Response:
    """The customer's own word, as they said it; a reason for waiting may be left out."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    number, said = form.get("number", ""), form.get("answer", "")
    if said not in ("accept", "decline"):
        raise HTTPException(400)
    reason = form.get("reason", "")
    accepts = said == "accept"
    command = AcceptMachine(number) if accepts else DeclineMachine(number, reason=reason)
    return await _acted(request, tablet, form, command)


async def go_along(request: Request) -> Response:
    """A colleague walked to the machine with them."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    return await _acted(request, tablet, form, WentAlong(form.get("number", ""), tablet.me))


async def confirm(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    command = ConfirmMachineJob(form.get("number", ""), ConfirmedBy.STAFF)
    return await _acted(request, tablet, form, command)


async def bring_back(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    reason = form.get("reason", "")
    command = ReturnFromMachine(form.get("number", ""), reason=reason)
    return await _acted(request, tablet, form, command)


async def _acted(
    request: Request, tablet: TabletRequest, form: FormFields, command: Command
) -> Response:
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    number = form.get("number", "")
    stays = form.get("back") == "way" and number.isalnum()
    # The words beside the way change with it, so the page is opened anew and not only redrawn.
    return command_response(
        request, f"{WAYS}/{number}?after={form.get('step', '')[:12]}" if stays else PAGE
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
