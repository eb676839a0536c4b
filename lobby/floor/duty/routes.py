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


def duty_part(here: TabletRequest) -> LivePart:
    def present(hall: Hall, _now: object) -> DutyView:
        return duty_of(here.stand, hall)

    return LivePart("duty", f"{PAGE}/live", ("roster",), present, HALL_WORDS)


async def page(request: Request) -> Response:
    """Whoever may take lobby duty sees who has it; the hall itself only who does."""
    here = await help_responder_request(request)
    if here.walks:
        return here.page(request, "floor/duty.html", part=duty_part(here))
    view = duty_of(here.stand, here.branch.hall)
    return here.plain_page(request, "floor/take_duty.html", view=view)


async def say(request: Request) -> Response:
    """On duty, patrolling, with a customer or away, where a colleague may stand in."""
    here = await help_responder_request(request)
    sent = await form_fields(request)
    try:
        state = DutyState(sent.get("state", ""))
    except ValueError:
        raise HTTPException(400) from None
    stand_in = sent.get("stand_in") or None
    if stand_in is not None and not here.name_of(stand_in):
        raise HTTPException(400)
    command = SetDuty(here.me, state, stand_in, sent.get("note", ""))
    await perform(here.branch, command, here.actor, idempotency_key(request, sent))
    return command_response(request, PAGE if sent.get("back") == PAGE else "/floor")


async def leave(request: Request) -> Response:
    here = await help_responder_request(request)
    sent = await form_fields(request)
    command = LeaveDuty(here.me, sent.get("note", ""))
    await perform(here.branch, command, here.actor, idempotency_key(request, sent))
    return command_response(request, PAGE)


routes: list[BaseRoute] = [
    Route(PAGE, page),
    Route(PAGE, say, methods=["POST"]),
    Route(f"{PAGE}/ends", leave, methods=["POST"]),
    WebSocketRoute(f"{PAGE}/live", live_socket(lambda here, _connection: duty_part(here))),
]
