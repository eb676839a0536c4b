"""A colleague called by a colleague, and a complaint taken down where it is made."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.core.person_words import choices
from lobby.floor.tablet.request import TabletRequest, floor_staff_request
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.model.help import HelpKind
from lobby.web.commands import command_response, form_fields, idempotency_key, perform

HELP, COMPLAINTS = "/floor/help", "/floor/complaints"


async def help_form(request: Request) -> Response:
    """Where, as one tap each: whoever needs help has no hand free for typing."""
    tablet = await floor_staff_request(request)
    places = tuple(choices(tablet.branch.plan, tablet.language))
    return tablet.page(request, "floor/help/call_help.html", places=places)


async def complaint_form(request: Request) -> Response:
    """First the customer's own words, only then where and which ticket."""
    tablet = await floor_staff_request(request)
    places = tuple(choices(tablet.branch.plan, tablet.language))
    return tablet.page(request, "floor/help/complaint.html", places=places)


async def call_help(request: Request) -> Response:
    return await _call(request, await floor_staff_request(request), HelpKind.HELP)


async def take_complaint(request: Request) -> Response:
    return await _call(request, await floor_staff_request(request), HelpKind.COMPLAINT)


async def _call(request: Request, tablet: TabletRequest, kind: HelpKind) -> Response:
    form = await form_fields(request)
    number = form.get("number", "").strip().upper() or None
    command = CallColleague(kind, form.get("place", ""), number, form.get("note", ""))
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, "/floor")


routes: list[BaseRoute] = [
    Route(HELP, help_form),
    Route(HELP, call_help, methods=["POST"]),
    Route(COMPLAINTS, complaint_form),
    Route(COMPLAINTS, take_complaint, methods=["POST"]),
]
