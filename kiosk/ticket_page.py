"""The page that shows a number for a moment: what it is for, how long, what comes next."""

from datetime import timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from kiosk.addresses import customers_page
from kiosk.context import KioskContext, kiosk_context
from kiosk.errors import KIOSK_ERRORS
from kiosk.message_page import error_page, message_page
from kiosk.printing import Paper, paper_of
from kiosk.qr import qr_svg
from kiosk.slips import slip_of, standing_of_ticket
from kiosk.speech import slip_aloud
from kiosk.ticket_status import TicketStatus
from lobby.i18n.texts import mark, texts
from lobby.queueing.commands.ticket import ReturnFromMachine
from lobby.queueing.model.ticket import Ticket
from lobby.web.commands import command_response, form_fields, idempotency_key, perform

SHOWN_FOR = timedelta(minutes=5)
"""Longer than anybody stands before the kiosk; then a ticket is its owner's affair alone."""

ON_SCREEN_S, ON_SCREEN_LARGE_S = 10, 20
WHILE_PRINTING_S = 2
WITHOUT_PAPER = 3
"""So many times as long for a number that has to be photographed or remembered."""

NUMBER_LENGTH_MAX = 8

SEAT = mark("Please take a seat and watch the screens.")
TO_COUNTER = mark("Please go to counter %(counter)s now")
NOT_TODAY = mark("There is no such number today.")
SHOWN_BEFORE = mark("This number has been given out and is no longer shown here.")


async def ticket_page(request: Request) -> Response:
    kiosk = kiosk_context(request)
    ticket = _ticket(request, kiosk)
    return _shown(request, kiosk, ticket) if isinstance(ticket, Ticket) else ticket


async def return_from_machine(request: Request) -> Response:
    """Back to the counter, at the place that the time of issue gives."""
    kiosk = kiosk_context(request)
    ticket = _ticket(request, kiosk)
    if not isinstance(ticket, Ticket):
        return ticket
    try:
        key = idempotency_key(request, await form_fields(request))
        await perform(kiosk.branch, ReturnFromMachine(ticket.number), kiosk.actor, key)
    except KIOSK_ERRORS as trouble:
        return error_page(request, kiosk, kiosk.choices.manner, trouble)
    return command_response(request, kiosk.choices.manner.to(f"/kiosk/tickets/{ticket.number}"))


def _ticket(request: Request, kiosk: KioskContext) -> Ticket | Response:
    """The ticket while it may be shown here, or a sentence."""
    number = request.path_params["number"]
    ticket = kiosk.branch.hall.ticket(number) if len(number) <= NUMBER_LENGTH_MAX else None
    choices = kiosk.choices.manner
    say = texts(choices.language).gettext
    if ticket is None:
        return message_page(request, kiosk, choices, HTTPStatus.NOT_FOUND, say(NOT_TODAY))
    if kiosk.services.clock.now() - ticket.taken_at > SHOWN_FOR:
        return message_page(request, kiosk, choices, HTTPStatus.GONE, say(SHOWN_BEFORE))
    return ticket


def _shown(request: Request, kiosk: KioskContext, ticket: Ticket) -> Response:
    choices = kiosk.choices.manner
    address = customers_page(request, kiosk, ticket.secret)
    paper = paper_of(request, kiosk, ticket)
    slip = slip_of(kiosk, ticket, address, choices.language)
    standing = standing_of_ticket(kiosk, ticket)
    onward = _next_step(standing, choices.language)
    return kiosk.services.pages.page(
        request,
        "kiosk/ticket.html",
        choices.language,
        kiosk=kiosk,
        choices=choices,
        path=f"/kiosk/tickets/{ticket.number}",
        ticket=ticket,
        standing=standing,
        slip=slip,
        next_step=onward,
        spoken=slip_aloud(slip, onward, choices.language),
        qr=qr_svg(address),
        prints=kiosk.device.settings.get("printer") == "browser",
        paper=paper.value,
        on_screen_s=_on_screen_s(paper, is_large=choices.is_large),
    )


def _next_step(standing: TicketStatus, language: str) -> str:
    say = texts(language).gettext
    if standing.counter is None:
        return say(SEAT)
    return say(TO_COUNTER) % {"counter": standing.counter}


def _on_screen_s(paper: Paper, *, is_large: bool) -> int:
    usual_s = ON_SCREEN_LARGE_S if is_large else ON_SCREEN_S
    match paper:
        case Paper.PRINTING:
            return WHILE_PRINTING_S
        case Paper.FAILED:
            return usual_s * WITHOUT_PAPER
        case _:
            return usual_s
