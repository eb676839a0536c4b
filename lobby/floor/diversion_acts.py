"""The way to a machine and back as a colleague hears it from the customer."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.rounds import Round, round_of
from lobby.queueing import commands as do
from lobby.queueing.intake import ConfirmedBy
from lobby.web.acts import Fields, act, done, fields, key_of

PAGE = "/floor"
ANSWERS: dict[str, type[do.AcceptMachine | do.DeclineMachine]] = {
    "accept": do.AcceptMachine,
    "decline": do.DeclineMachine,
}


async def offer(request: Request) -> Response:
    here, sent = await round_of(request), await fields(request)
    command = do.OfferMachine(sent.get("number", ""), sent.get("machine", ""))
    return await _acted(request, here, sent, command)


async def answer(request: Request) -> Response:
    """The customer's own word, as they said it."""
    here, sent = await round_of(request), await fields(request)
    said = ANSWERS.get(sent.get("answer", ""))
    if said is None:
        raise HTTPException(400)
    return await _acted(request, here, sent, said(sent.get("number", "")))


async def confirm(request: Request) -> Response:
    here, sent = await round_of(request), await fields(request)
    command = do.ConfirmMachineJob(sent.get("number", ""), ConfirmedBy.STAFF)
    return await _acted(request, here, sent, command)


async def bring_back(request: Request) -> Response:
    here, sent = await round_of(request), await fields(request)
    return await _acted(request, here, sent, do.ReturnFromMachine(sent.get("number", "")))


async def _acted(request: Request, here: Round, sent: Fields, command: do.Command) -> Response:
    await act(here.branch, command, here.actor, key_of(request, sent))
    return done(request, PAGE)


routes: list[BaseRoute] = [
    Route(f"{PAGE}/offers", offer, methods=["POST"]),
    Route(f"{PAGE}/offers/answers", answer, methods=["POST"]),
    Route(f"{PAGE}/slips/confirmations", confirm, methods=["POST"]),
    Route(f"{PAGE}/slips/returns", bring_back, methods=["POST"]),
]
