"""Coming back to a place that was kept: the customer touches their number, and waits again."""

from datetime import datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from kiosk.back_key import PAGE
from kiosk.context import KioskContext, kiosk_context
from kiosk.errors import NotShownError
from kiosk.message_page import error_page
from kiosk.ticket_page import NOT_TODAY, NUMBER_LENGTH_MAX, SHOWN_BEFORE, SHOWN_FOR, wait_line
from lobby.branch import Outcome
from lobby.i18n.formats import ticket_code
from lobby.i18n.texts import mark, texts
from lobby.queueing.commands.ticket import ReturnFromRest
from lobby.queueing.model import overview
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.speech.sentences import sentences

WHICH = mark("Which number is yours?")
AGAIN = mark("You are back in line and have kept your place.")


async def numbers_page(request: Request) -> Response:
    kiosk = kiosk_context(request)
    say, session = texts(kiosk.language).gettext, kiosk.session
    numbers = [ticket.number for ticket in overview.resting(kiosk.branch.hall)]
    pages = max(1, -(-len(numbers) // session.answers_per_screen))
    first = (min(session.page, pages) - 1) * session.answers_per_screen
    shown = numbers[first : first + session.answers_per_screen]
    if not numbers:
        return kiosk.go_to(session.start())
    question = say(WHICH)
    said = (question, *(ticket_code(each) for each in shown))
    return kiosk.page(
        "kiosk/rests.html",
        PAGE,
        question=question,
        numbers=shown,
        more=session.to(PAGE, page=session.page % pages + 1) if pages > 1 else "",
        spoken=sentences(said, kiosk.language),
    )


async def come_back(kiosk: KioskContext) -> Outcome:
    """Raises a `Refusal` where the number is not away, as after somebody else has tapped."""
    return await kiosk.perform(ReturnFromRest(kiosk.form.get("number", "")))


def show_back(kiosk: KioskContext, _outcome: Outcome) -> Response:
    return kiosk.go_to(kiosk.session.cleared.to(f"{PAGE}/{kiosk.form.get('number', '')}"))


async def back_page(request: Request) -> Response:
    kiosk = kiosk_context(request)
    try:
        ticket = _came_back(kiosk, kiosk.services.clock.now())
    except NotShownError as error:
        return error_page(kiosk, error)
    sentence, then = texts(kiosk.language).gettext(AGAIN), wait_line(kiosk, ticket)
    number = ticket_code(ticket.number)
    return kiosk.page(
        "kiosk/back.html",
        f"{PAGE}/{ticket.number}",
        number=number,
        sentence=sentence,
        then=then,
        spoken=sentences((number, sentence, then), kiosk.language),
    )


def _came_back(kiosk: KioskContext, now: datetime) -> Ticket:
    """Shown for a moment, to whoever stands before the kiosk. Raises `NotShownError`."""
    number = kiosk.number
    ticket = kiosk.branch.hall.ticket(number) if len(number) <= NUMBER_LENGTH_MAX else None
    if ticket is None:
        raise NotShownError(HTTPStatus.NOT_FOUND, NOT_TODAY)
    ended_at = ticket.rests[-1].ended_at if ticket.rests else None
    if ended_at is None or now - ended_at > SHOWN_FOR or ticket.state is not TicketState.WAITING:
        raise NotShownError(HTTPStatus.GONE, SHOWN_BEFORE)
    return ticket
