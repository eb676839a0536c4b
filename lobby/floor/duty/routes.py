"""Taking lobby duty, saying how one stands, and handing it on with a word for the next."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from lobby.floor.core.words import HALL_WORDS
from lobby.floor.duty.views import DutyView, duty_of
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest, help_responder_request, live_socket
from lobby.queueing.commands.floor import LeaveDuty, SetDuty
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.hall import Hall
from lobby.web.commands import command_response, form_fields, idempotency_key, perform

PAGE = "/floor/duty"


def duty_part(tablet: TabletRequest) -> LivePart:
    def present(hall: Hall, _now: object) -> DutyView:
        return duty_of(tablet.stand, hall)

    regions = {"roster": "floor/duty/_roster.html"}
    return LivePart("duty", f"{PAGE}/live", regions, present, HALL_WORDS)


async def page(request: Request) -> Response:
    """Whoever may take lobby duty sees who has it; the hall itself only who does."""
    tablet = await help_responder_request(request)
    if tablet.walks:
        return tablet.page(request, "floor/duty/page.html", part=duty_part(tablet))
    view = duty_of(tablet.stand, tablet.branch.hall)
    return tablet.plain_page(request, "floor/duty/take_duty.html", view=view)


async def say(request: Request) -> Response:
    """On duty, patrolling, with a customer or away, where a colleague may stand in."""
    tablet = await help_responder_request(request)
    form = await form_fields(request)
    try:
        state = DutyState(form.get("state", ""))
    except ValueError:
        raise HTTPException(400) from None
    stand_in = form.get("stand_in") or None
    if stand_in is not None and not tablet.name_of(stand_in):
        raise HTTPException(400)
    command = SetDuty(tablet.me, state, stand_in, form.get("note", ""))
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, PAGE if form.get("back") == PAGE else "/floor")


async def leave(request: Request) -> Response:
    tablet = await help_responder_request(request)
    form = await form_fields(request)
    command = LeaveDuty(tablet.me, form.get("note", ""))
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, PAGE)


routes: list[BaseRoute] = [
    Route(PAGE, page),
    Route(PAGE, say, methods=["POST"]),
    Route(f"{PAGE}/ends", leave, methods=["POST"]),
    WebSocketRoute(f"{PAGE}/live", live_socket(lambda tablet, _connection: duty_part(tablet))),
]
