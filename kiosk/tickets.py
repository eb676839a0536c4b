"""Taking a ticket at the kiosk, and the page that shows it for a moment."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from http import HTTPStatus

import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.choices import Choices
from kiosk.qr import qr_svg
from kiosk.stand import Kiosk, kiosk_of
from kiosk.standing import Link, standing_of
from kiosk.troubles import TROUBLES, Trouble, words_for
from lobby.branch import Outcome
from lobby.i18n.texts import mark, texts
from lobby.queueing.commands import TakeTicket
from lobby.queueing.events import TicketTaken
from lobby.queueing.refusals import Refusal
from lobby.queueing.ticket import Ticket
from lobby.web.acts import act, fields, json_response, key_of, wants_json
from lobby.web.hall_words import service_named

log = structlog.get_logger()

SECRET_BYTES = 12
"""96 bits: nobody finds a customer's page by trying."""

SECRETS_AT_A_TIME = 64

SHOWN_FOR = timedelta(minutes=5)
"""Longer than anybody stands before the kiosk; then a ticket is its owner's affair alone."""

ON_SCREEN_S, ON_SCREEN_LARGE_S = 10, 20
NUMBER_LENGTH_MAX = 8

NOT_TODAY = mark("There is no such number today.")
SHOWN_BEFORE = mark("This number has been given out and is no longer shown here.")


class TicketGiven(msgspec.Struct, frozen=True):
    """The answer to a program. `url` is the customer's own page, `ahead` how many waited then,
    `location` where a kiosk goes next. The same key always gets the same bytes."""

    number: str
    secret: str
    url: str
    ahead: int
    version: int
    location: str


def _secrets() -> Iterator[str]:
    """Many at a time: asking the system for chance is the dearest part of a ticket."""
    while True:
        block = secrets.token_bytes(SECRETS_AT_A_TIME * SECRET_BYTES)
        for start in range(0, len(block), SECRET_BYTES):
            yield urlsafe_b64encode(block[start : start + SECRET_BYTES]).decode()


SECRETS = _secrets()


async def take_ticket(request: Request) -> Response:
    kiosk = kiosk_of(request)
    choices = kiosk.choices
    try:
        sent = await fields(request)
        choices = choices.speaking(sent.get("language"))
        command = TakeTicket(sent.get("service", ""), choices.language, next(SECRETS))
        outcome = await act(kiosk.branch, command, kiosk.actor, key_of(request, sent))
    except TROUBLES as trouble:
        return _troubled(request, kiosk, choices, trouble)
    return _given(request, kiosk, choices, outcome)


def _given(request: Request, kiosk: Kiosk, choices: Choices, outcome: Outcome) -> Response:
    taken = next(event for event in outcome.events if isinstance(event, TicketTaken))
    location = choices.to(f"/kiosk/tickets/{taken.number}")
    if not wants_json(request):
        return RedirectResponse(location, HTTPStatus.SEE_OTHER)
    return json_response(
        TicketGiven(
            taken.number,
            taken.secret,
            customers_page(request, kiosk, taken.secret),
            taken.ahead,
            outcome.version,
            location,
        ),
        HTTPStatus.CREATED,
    )


def _troubled(request: Request, kiosk: Kiosk, choices: Choices, trouble: Trouble) -> Response:
    status, sentence = words_for(trouble, choices.language)
    log.info("no ticket given", trouble=type(trouble).__name__, reason=str(trouble))
    if not wants_json(request):
        return _told(request, kiosk, choices, status, sentence)
    answer = {"sentence": sentence}
    if isinstance(trouble, Refusal):
        answer["refusal"] = type(trouble).__name__
    return json_response(answer, status)


async def ticket_page(request: Request) -> Response:
    kiosk = kiosk_of(request)
    number = request.path_params["number"]
    ticket = kiosk.branch.hall.ticket(number) if len(number) <= NUMBER_LENGTH_MAX else None
    now = kiosk.house.clock.now()
    say = texts(kiosk.choices.language).gettext
    if ticket is None:
        return _told(request, kiosk, kiosk.choices, HTTPStatus.NOT_FOUND, say(NOT_TODAY))
    if now - ticket.taken_at > SHOWN_FOR:
        return _told(request, kiosk, kiosk.choices, HTTPStatus.GONE, say(SHOWN_BEFORE))
    return _ticket(request, kiosk, ticket, now)


def _ticket(request: Request, kiosk: Kiosk, ticket: Ticket, now: datetime) -> Response:
    choices = kiosk.choices
    plan = kiosk.branch.plan
    link = Link(ticket.secret, plan.id, ticket.day, ticket.number)
    return kiosk.house.pages.page(
        request,
        "kiosk/ticket.html",
        choices.language,
        kiosk=kiosk,
        choices=choices,
        path=f"/kiosk/tickets/{ticket.number}",
        ticket=ticket,
        standing=standing_of(kiosk.branch.hall, link, now),
        service=service_named(plan, ticket.service).name(choices.language),
        qr=qr_svg(customers_page(request, kiosk, ticket.secret)),
        prints=kiosk.device.settings.get("printer") == "browser",
        on_screen_s=ON_SCREEN_LARGE_S if choices.is_large else ON_SCREEN_S,
    )


def customers_page(request: Request, kiosk: Kiosk, secret: str) -> str:
    """The address behind the QR code: the public one, or the one this kiosk itself uses."""
    public_url = kiosk.house.settings.public_url
    if public_url is None:
        public_url = f"{request.scope['scheme']}://{request.headers.get('host', 'localhost')}"
    return f"{public_url}/t/{secret}"


def _told(
    request: Request, kiosk: Kiosk, choices: Choices, status: HTTPStatus, sentence: str
) -> Response:
    """One sentence and the way back to the first question."""
    return kiosk.house.pages.page(
        request,
        "kiosk/told.html",
        choices.language,
        status_code=status,
        kiosk=kiosk,
        choices=choices,
        path="/kiosk",
        sentence=sentence,
    )
