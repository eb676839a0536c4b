"""The customer's own page behind the QR code: where they stand, and a way to leave the line."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.websockets import WebSocket

from kiosk.own_ticket import OwnTicket, find_own_ticket, own_screen
from kiosk.standing import Standing
from lobby.branch import Actor, ActorKind
from lobby.i18n.texts import mark, texts
from lobby.queueing.commands import CancelTicket
from lobby.queueing.refusals import Refusal
from lobby.web.acts import act, done, fields, json_response, key_of, wants_json
from lobby.web.house import house_of
from lobby.web.livescreen import first_regions, serve
from lobby.web.pages import language_of

PRIVATE = {"x-robots-tag": "noindex, nofollow"}
"""The address is the key to the page. Like every answer of the house it is kept by no cache and
told to no other site; this one is also listed by no search engine."""

UNKNOWN = mark("This address leads to no ticket. Please scan the code on your ticket once more.")


async def own_page(request: Request) -> Response:
    own = await find_own_ticket(request)
    if own is None:
        return _unknown(request)
    standing = own.standing()
    status = HTTPStatus.GONE if standing.is_over else HTTPStatus.OK
    if wants_json(request):
        return _privately(json_response(_as_json(own, standing), status))
    return own.house.pages.page(
        request,
        "kiosk/own_page.html",
        own.language,
        status_code=status,
        headers=PRIVATE,
        branch_name=own.branch.plan.name(own.language),
        path=own.path,
        standing=standing,
        regions=first_regions(own_screen(own), own.house.clock.now()),
    )


async def leave_line(request: Request) -> Response:
    """Where it is too late to leave, the page itself says how things stand."""
    own = await find_own_ticket(request)
    if own is None:
        return _unknown(request)
    sent = await fields(request)
    if own.standing().is_over:
        return await own_page(request)
    number = own.link.number
    try:
        customer = Actor(ActorKind.CUSTOMER, number)
        await act(own.branch, CancelTicket(number), customer, key_of(request, sent))
    except Refusal:
        if wants_json(request):
            raise
        return RedirectResponse(own.address, HTTPStatus.SEE_OTHER)
    return done(request, own.address)


async def own_socket(websocket: WebSocket) -> None:
    own = await find_own_ticket(websocket)
    if own is None:
        await websocket.close()  # before accept, so the answer is 403
        return
    await serve(websocket, own_screen(own))


def _as_json(own: OwnTicket, standing: Standing) -> dict[str, object]:
    return {
        "number": standing.number,
        "state": standing.state,
        "ahead": standing.ahead,
        "counter": standing.counter,
        "version": own.branch.hall.version,
    }


def _unknown(request: Request) -> Response:
    language = language_of(request)
    if wants_json(request):
        sentence = texts(language).gettext(UNKNOWN)
        return _privately(json_response({"sentence": sentence}, HTTPStatus.NOT_FOUND))
    return house_of(request).pages.page(
        request,
        "kiosk/no_ticket.html",
        language,
        status_code=HTTPStatus.NOT_FOUND,
        headers=PRIVATE,
        branch_name="",
        path="",
    )


def _privately(response: Response) -> Response:
    response.headers.update(PRIVATE)
    return response
