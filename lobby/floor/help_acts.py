"""Going to somebody who has called, and saying how it ended."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.rounds import round_of
from lobby.queueing import commands as do
from lobby.web.acts import act, done, fields, key_of

PAGE = "/floor"


async def go(request: Request) -> Response:
    """The others see who goes."""
    here = await round_of(request)
    sent = await fields(request)
    command = do.AnswerHelp(request.path_params["help_id"], here.actor.id)
    await act(here.branch, command, here.actor, key_of(request, sent))
    return done(request, PAGE)


async def end(request: Request) -> Response:
    here = await round_of(request)
    sent = await fields(request)
    command = do.EndHelp(request.path_params["help_id"], sent.get("outcome", ""))
    await act(here.branch, command, here.actor, key_of(request, sent))
    return done(request, PAGE)


routes: list[BaseRoute] = [
    Route(f"{PAGE}/calls/{{help_id:int}}/answers", go, methods=["POST"]),
    Route(f"{PAGE}/calls/{{help_id:int}}/outcomes", end, methods=["POST"]),
]
