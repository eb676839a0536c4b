"""The customer's own page behind the QR code: where they stand, and what they may wish for."""

from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from kiosk.phone.regions import phone_screen
from kiosk.phone.ticket import OwnTicket, find_lost_ticket, find_own_ticket, lost_before
from kiosk.ticket_status import TicketStatus
from lobby.forecast.wait_range import WaitRange
from lobby.i18n.texts import mark, texts
from lobby.store.epochs import LostTicket
from lobby.web.commands import json_response, wants_json
from lobby.web.live_screen import first_regions, serve
from lobby.web.pages import language_of
from lobby.web.services import services_of

PRIVATE = {"x-robots-tag": "noindex, nofollow"}
"""The address is the key to the page. Like every answer of the house it is kept by no cache and
told to no other site; this one is also listed by no search engine."""

UNKNOWN = mark("This address leads to no ticket. Please scan the code on your ticket once more.")
LOST = mark(
    "The branch had to restart its system, and your number is not known any more. We are sorry. "
    "Please take a new number. A colleague helps you with it: show this page."
)
MAYBE_LOST = mark(
    "This address leads to no ticket. If you took your number before %(time)s, it was lost when "
    "the branch restarted its system. We are sorry. Please take a new number. A colleague helps "
    "you with it."
)
DAY_ENDED = mark("This number is no longer called. Please take a new number on your next visit.")


async def ticket_page(request: Request) -> Response:
    own = await find_own_ticket(request)
    if own is not None:
        return status_page(request, own)
    lost = await find_lost_ticket(request)
    return lost_page(request, lost) if lost else unknown_page(request)


async def ticket_socket(websocket: WebSocket) -> None:
    own = await find_own_ticket(websocket)
    if own is None:
        await websocket.close()  # before accept, so the answer is 403
        return
    await serve(websocket, phone_screen(own))


def status_page(
    request: Request, own: OwnTicket, status: HTTPStatus = HTTPStatus.OK, message: str = ""
) -> Response:
    """`message` says what was asked for and could not be done."""
    ticket_status = own.status()
    status = HTTPStatus.GONE if ticket_status.is_over else status
    if wants_json(request):
        return private(json_response(_as_json(own, ticket_status), status))
    return own.services.pages.page(
        request,
        "kiosk/phone/page.html",
        own.language,
        status_code=status,
        headers=PRIVATE,
        branch_name=own.branch.plan.name(own.language),
        path=own.path,
        status=ticket_status,
        message=message,
        regions=first_regions(phone_screen(own), own.services.clock.now()),
    )


def lost_page(request: Request, lost: LostTicket) -> Response:
    """A restore took the ticket away; its customer still has the slip."""
    language = language_of(request, lost.language)
    return _told_lost(request, language, texts(language).gettext(LOST), lost.number)


def _told_lost(request: Request, language: str, sentence: str, number: str) -> Response:
    if wants_json(request):
        facts = {"number": number, "sentence": sentence}
        return private(json_response(facts, HTTPStatus.GONE))
    return services_of(request).pages.page(
        request,
        "kiosk/phone/lost.html",
        language,
        status_code=HTTPStatus.GONE,
        headers=PRIVATE,
        branch_name="",
        path=request.url.path,
        number=number,
        sentence=sentence,
    )


def unknown_page(request: Request) -> Response:
    """Where a branch was put back from a backup today, an unknown slip may be one of those that
    were lost: nobody could tell which they were."""
    language = language_of(request)
    before = lost_before(services_of(request))
    if before:
        sentence = texts(language).gettext(MAYBE_LOST) % {"time": before}
        return _told_lost(request, language, sentence, "")
    if wants_json(request):
        sentence = texts(language).gettext(UNKNOWN)
        return private(json_response({"sentence": sentence}, HTTPStatus.NOT_FOUND))
    return services_of(request).pages.page(
        request,
        "kiosk/phone/no_ticket.html",
        language,
        status_code=HTTPStatus.NOT_FOUND,
        headers=PRIVATE,
        branch_name="",
        path="",
    )


def private(response: Response) -> Response:
    response.headers.update(PRIVATE)
    return response


def _as_json(own: OwnTicket, status: TicketStatus) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "number": status.number,
        "state": status.state,
        "service": status.service,
        "ahead": status.ahead,
        "wait": _range(status.wait.range if status.wait else None),
        "counter": status.counter,
        "machine": status.machine,
        "kept_until": status.kept_until,
        "back_by": status.back_by,
        "help": status.help,
        "version": own.branch.hall.version,
    }
    if status.is_over:
        facts["sentence"] = texts(own.language).gettext(DAY_ENDED)
    return facts


def _range(wait: WaitRange | None) -> dict[str, int | None] | None:
    return {"low_min": wait.low_min, "high_min": wait.high_min} if wait else None
