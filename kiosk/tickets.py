"""Taking a ticket at the kiosk, or whatever else a tap on an advice screen asks for."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus

import msgspec
import structlog
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.addresses import customers_page
from kiosk.context import KioskContext, kiosk_context
from kiosk.errors import KIOSK_ERRORS
from kiosk.hours import refuse_when_closed
from kiosk.message_page import error_page
from kiosk.printing import print_slip
from kiosk.selected_option import SelectedOption, advised_option, plain_option
from kiosk.session import KioskSession, answers_in
from lobby.branch import Outcome
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.refusals.refusal import Refusal
from lobby.web.commands import (
    FormFields,
    command_response,
    form_fields,
    idempotency_key,
    json_response,
    perform,
    wants_json,
)

log = structlog.get_logger()

SECRET_BYTES = 12
"""96 bits: nobody finds a customer's page by trying."""

SECRETS_AT_A_TIME = 64

NO_ANSWERS = frozenset({"key", "service", "language", "choice"})
"""Every other field is an answer; the service is none, and neither is how the tap was sent."""

AT_THE_COUNTER = "counter"


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
    kiosk = kiosk_context(request)
    choices = kiosk.choices
    try:
        form = await form_fields(request)
        choices = _chosen(choices.speaking(form.get("language")), form)
        key = idempotency_key(request, form)
        refuse_when_closed(kiosk, kiosk.services.clock.now())
        order = _order(request, kiosk, choices, form, key)
        outcome = await _perform(kiosk, order, key)
    except KIOSK_ERRORS as trouble:
        return error_page(request, kiosk, choices.manner, trouble)
    if outcome is None:
        return command_response(request, choices.to("/kiosk/help"))
    return _given(request, kiosk, choices.manner, outcome)


def _chosen(choices: KioskSession, form: FormFields) -> KioskSession:
    """The service and the answers come with the act itself, not with its address."""
    pairs = [(name, value) for name in form for value in form.all(name) if name not in NO_ANSWERS]
    return replace(
        choices.manner, service=form.get("service", ""), answers=answers_in(QueryParams(pairs))
    )


def _order(
    request: Request, kiosk: KioskContext, choices: KioskSession, form: FormFields, key: str
) -> SelectedOption:
    """A program that names a service and nothing else gets its ticket without advice."""
    catalogue = kiosk.catalogue
    is_plain = wants_json(request) and "choice" not in form and not choices.answers
    if catalogue is None or is_plain:
        return plain_option(kiosk, choices, next(SECRETS))
    chosen = form.get("choice", AT_THE_COUNTER)
    again = kiosk.branch.has_done(key)
    return advised_option(kiosk, catalogue, choices, chosen, next(SECRETS), again=again)


async def _perform(kiosk: KioskContext, order: SelectedOption, key: str) -> Outcome | None:
    """First the ticket, then the colleague. None where no ticket was asked for."""
    if order.ticket is None:
        assert order.help is not None, "an order is for a ticket or for a person"
        await perform(kiosk.branch, CallColleague(order.help, order.place), kiosk.actor, key)
        return None
    outcome = await perform(kiosk.branch, order.ticket, kiosk.actor, key)
    if order.help is not None:
        call = CallColleague(order.help, order.place, _taken(outcome).number)
        try:
            await perform(kiosk.branch, call, kiosk.actor, f"{key}-help")
        except Refusal as refusal:
            log.warning("nobody called for a ticket", reason=repr(refusal))
    return outcome


def _given(
    request: Request, kiosk: KioskContext, choices: KioskSession, outcome: Outcome
) -> Response:
    taken = _taken(outcome)
    print_slip(request, kiosk, taken.number, choices.language)
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


def _taken(outcome: Outcome) -> TicketTaken:
    return next(event for event in outcome.events if isinstance(event, TicketTaken))
