"""The page that shows a number for a moment: what it is for, how long, what comes next."""

from datetime import timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from kiosk.back_key import THEN_BACK
from kiosk.context import KioskContext, kiosk_context
from kiosk.errors import NotShownError
from kiosk.machines import machine_in_sentence
from kiosk.message_page import error_page
from kiosk.printing import Paper, may_print_again, paper_of
from kiosk.qr import qr_svg
from kiosk.slips import machine_of, slip_of, status_of
from kiosk.speech import spoken_slip
from kiosk.ticket_status import TicketStatus
from lobby.branch import Outcome
from lobby.i18n.texts import mark, texts
from lobby.printing.slip import Slip
from lobby.queueing.commands.ticket import ReturnFromMachine
from lobby.queueing.model.ticket import Ticket
from lobby.screens.kiosk_settings import PrinterKind, kiosk_settings

SHOWN_FOR = timedelta(minutes=5)
"""Longer than anybody stands before the kiosk; then a ticket is its owner's affair alone."""

ON_SCREEN_S, ON_SCREEN_LARGE_S = 10, 20
WHILE_PRINTING_S = 2
WITHOUT_PAPER = 3
"""So many times as long for a number that has to be photographed or remembered."""

NUMBER_LENGTH_MAX = 8

TO_MACHINE = mark("Please go to machine\u00a0%(number)s, %(place)s")
AHEAD_AND_WAIT = mark("%(ahead)s, %(wait)s")
TO_COUNTER = mark("Please go to counter %(counter)s now")
NOT_TODAY = mark("There is no such number today.")
SHOWN_BEFORE = mark("This number has been given out and is no longer shown here.")


async def ticket_page(request: Request) -> Response:
    kiosk = kiosk_context(request)
    try:
        return _ticket_page(kiosk, ticket_shown(kiosk))
    except NotShownError as error:
        return error_page(kiosk, error)


async def return_from_machine(kiosk: KioskContext) -> Outcome:
    """Back to the counter, at the place that the time of issue gives."""
    return await kiosk.perform(ReturnFromMachine(ticket_shown(kiosk).number))


def show_return(kiosk: KioskContext, _outcome: Outcome) -> Response:
    return kiosk.go_to(kiosk.session.cleared.to(f"/kiosk/tickets/{kiosk.number}"))


def ticket_shown(kiosk: KioskContext) -> Ticket:
    """The ticket while it may be shown here. Raises `NotShownError`."""
    number = kiosk.number
    ticket = kiosk.branch.hall.ticket(number) if len(number) <= NUMBER_LENGTH_MAX else None
    if ticket is None:
        raise NotShownError(HTTPStatus.NOT_FOUND, NOT_TODAY)
    if kiosk.services.clock.now() - ticket.taken_at > SHOWN_FOR:
        raise NotShownError(HTTPStatus.GONE, SHOWN_BEFORE)
    return ticket


def _ticket_page(kiosk: KioskContext, ticket: Ticket) -> Response:
    kiosk = kiosk.with_session(kiosk.session.cleared)
    address, paper = kiosk.customer_page(ticket.secret), paper_of(kiosk, ticket)
    slip = slip_of(kiosk, ticket, address, kiosk.language)
    status, settings = status_of(kiosk, ticket), kiosk_settings(kiosk.device.settings)
    next_step = _next_step(kiosk, status, slip)
    then_back = texts(kiosk.language).gettext(THEN_BACK) if slip.kept else ""
    return kiosk.page(
        "kiosk/ticket.html",
        f"/kiosk/tickets/{ticket.number}",
        ticket=ticket,
        status=status,
        slip=slip,
        next_step=next_step,
        then_back=then_back,
        spoken=spoken_slip(slip, (next_step, then_back), paper, kiosk.language),
        qr=qr_svg(address),
        prints=settings.printer is PrinterKind.BROWSER and settings.prints_unasked,
        offers_browser=settings.printer is PrinterKind.BROWSER and not settings.prints_unasked,
        paper_mm=settings.paper.value,
        paper=paper.value,
        prints_again=may_print_again(kiosk, ticket),
        on_screen_s=_on_screen_s(paper, is_large=kiosk.session.is_large),
    )


def _next_step(kiosk: KioskContext, status: TicketStatus, slip: Slip) -> str:
    """All that somebody has to know on the spot, in one line."""
    language = kiosk.language
    say = texts(language).gettext
    if slip.machine:
        machine = machine_of(kiosk, status.machine or "")
        return machine_in_sentence(machine, TO_MACHINE, language) if machine else slip.machine
    if status.counter is not None:
        return say(TO_COUNTER) % {"counter": status.counter}
    if slip.kept:
        return slip.kept
    if not slip.ahead or not slip.wait:
        return slip.ahead or slip.wait or ""
    return say(AHEAD_AND_WAIT) % {"ahead": slip.ahead, "wait": slip.wait}


def wait_line(kiosk: KioskContext, ticket: Ticket) -> str:
    """Of somebody who waits: who is before them, and how long that may take."""
    slip = slip_of(kiosk, ticket, "", kiosk.language)
    return _next_step(kiosk, status_of(kiosk, ticket), slip)


def _on_screen_s(paper: Paper, *, is_large: bool) -> int:
    usual_s = ON_SCREEN_LARGE_S if is_large else ON_SCREEN_S
    match paper:
        case Paper.PRINTING:
            return WHILE_PRINTING_S
        case Paper.FAILED | Paper.UNSURE:
            return usual_s * WITHOUT_PAPER
        case _:
            return usual_s
