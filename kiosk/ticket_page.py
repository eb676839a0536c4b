"""The page that shows a number for a moment: what it is for, how long, what comes next."""

from datetime import timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from kiosk.context import KioskContext, kiosk_context
from kiosk.message_page import message_page
from kiosk.printing import Paper, paper_of
from kiosk.qr import qr_svg
from kiosk.slips import slip_of, status_of
from kiosk.speech import spoken_slip
from kiosk.ticket_status import TicketStatus
from lobby.i18n.texts import mark, texts
from lobby.queueing.commands.ticket import ReturnFromMachine
from lobby.queueing.model.ticket import Ticket
from lobby.web.commands import perform

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
    ticket = _ticket(kiosk)
    return _ticket_page(kiosk, ticket) if isinstance(ticket, Ticket) else ticket


async def return_from_machine(kiosk: KioskContext) -> Response:
    """Back to the counter, at the place that the time of issue gives."""
    ticket = _ticket(kiosk)
    if not isinstance(ticket, Ticket):
        return ticket
    await perform(kiosk.branch, ReturnFromMachine(ticket.number), kiosk.actor, kiosk.key)
    return kiosk.go_to(kiosk.session.cleared.to(f"/kiosk/tickets/{ticket.number}"))


def _ticket(kiosk: KioskContext) -> Ticket | Response:
    """The ticket while it may be shown here, or a sentence."""
    number = kiosk.number
    ticket = kiosk.branch.hall.ticket(number) if len(number) <= NUMBER_LENGTH_MAX else None
    say = texts(kiosk.language).gettext
    if ticket is None:
        return message_page(kiosk, HTTPStatus.NOT_FOUND, say(NOT_TODAY))
    if kiosk.services.clock.now() - ticket.taken_at > SHOWN_FOR:
        return message_page(kiosk, HTTPStatus.GONE, say(SHOWN_BEFORE))
    return ticket


def _ticket_page(kiosk: KioskContext, ticket: Ticket) -> Response:
    kiosk = kiosk.with_session(kiosk.session.cleared)
    address, paper = kiosk.customer_page(ticket.secret), paper_of(kiosk, ticket)
    slip = slip_of(kiosk, ticket, address, kiosk.language)
    status = status_of(kiosk, ticket)
    next_step = _next_step(status, kiosk.language)
    return kiosk.page(
        "kiosk/ticket.html",
        f"/kiosk/tickets/{ticket.number}",
        ticket=ticket,
        status=status,
        slip=slip,
        next_step=next_step,
        spoken=spoken_slip(slip, next_step, kiosk.language),
        qr=qr_svg(address),
        prints=kiosk.device.settings.get("printer") == "browser",
        paper=paper.value,
        on_screen_s=_on_screen_s(paper, is_large=kiosk.session.is_large),
    )


def _next_step(status: TicketStatus, language: str) -> str:
    say = texts(language).gettext
    if status.counter is None:
        return say(SEAT)
    return say(TO_COUNTER) % {"counter": status.counter}


def _on_screen_s(paper: Paper, *, is_large: bool) -> int:
    usual_s = ON_SCREEN_LARGE_S if is_large else ON_SCREEN_S
    match paper:
        case Paper.PRINTING:
            return WHILE_PRINTING_S
        case Paper.FAILED:
            return usual_s * WITHOUT_PAPER
        case _:
            return usual_s
