"""Taking a ticket at the kiosk, or whatever else a tap on an advice screen asks for."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus

import msgspec
from msgspec.structs import replace
from starlette.responses import RedirectResponse, Response

from kiosk.context import KioskContext
from kiosk.hours import refuse_when_closed
from kiosk.printing import print_slip, prints_by_network, prints_unasked, slip_asked
from kiosk.selected_option import SelectedOption, selected_option
from kiosk.session import KioskSession, answers_in
from lobby.branch import Outcome
from lobby.branch_work import Follow
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.hall import Hall
from lobby.store.slips import SlipRecord
from lobby.store.transaction import Transaction
from lobby.web.commands import json_response

SECRET_BYTES = 12
"""96 bits: nobody finds a customer's page by trying."""

SECRETS_AT_A_TIME = 64


class TicketGiven(msgspec.Struct, frozen=True):
    """The answer to a program. `url` is the customer's own page, `ahead` how many waited then,
    `location` where a kiosk goes next. The same key always gets the same bytes."""

    number: str
    secret: str
    url: str
    ahead: int
    version: int
    location: str


async def take_ticket(kiosk: KioskContext) -> Outcome:
    """The ticket is taken, whether or not a colleague can be called as well."""
    kiosk = _with_session(kiosk)
    now = kiosk.services.clock.now()
    refuse_when_closed(kiosk, now)
    option = selected_option(kiosk, next(SECRETS))
    if option.ticket is None:
        return await kiosk.perform(_call(option))
    prints = prints_by_network(kiosk) and prints_unasked(kiosk)
    follow = _SlipAndCall if prints else _Call
    return await kiosk.perform(option.ticket, follow(kiosk, option, now))


def show_ticket(kiosk: KioskContext, outcome: Outcome) -> Response:
    """The number; where none was drawn, that somebody comes."""
    kiosk = _with_session(kiosk)
    ticket = next((each for each in outcome.events if isinstance(each, TicketTaken)), None)
    if ticket is None:
        return kiosk.go_to(kiosk.session.to("/kiosk/help"))
    return _answer(kiosk, ticket, outcome)


def _with_session(kiosk: KioskContext) -> KioskContext:
    return kiosk.with_session(_session(kiosk))


def _session(kiosk: KioskContext) -> KioskSession:
    """The service and the answers come with the act itself, not with its address."""
    service, answers = kiosk.form.get("service", ""), answers_in(kiosk.form.pairs)
    return replace(kiosk.session, group="", page=1, service=service, answers=answers)


def _secrets() -> Iterator[str]:
    """Many at a time: asking the system for chance is the dearest part of a ticket."""
    while True:
        block = secrets.token_bytes(SECRETS_AT_A_TIME * SECRET_BYTES)
        for start in range(0, len(block), SECRET_BYTES):
            yield urlsafe_b64encode(block[start : start + SECRET_BYTES]).decode()


SECRETS = _secrets()


def _call(option: SelectedOption, number: str | None = None) -> CallColleague:
    assert option.help is not None, "an option gives a ticket or calls a person"
    if number is not None:
        return CallColleague(option.help, option.place, number)
    return CallColleague(option.help, option.place, service=option.service, intake=option.intake)


class _Call(Follow):
    """Of a colleague to whoever has just taken a ticket, where the option says so."""

    def __init__(self, kiosk: KioskContext, option: SelectedOption, now: datetime) -> None:
        self._kiosk, self._option, self._now = kiosk, option, now

    def command(self, events: tuple[Event, ...]) -> Command | None:
        if self._option.help is None:
            return None
        return _call(self._option, _taken(events).number)


class _SlipAndCall(_Call):
    """The slip is kept with its ticket, and goes to the printer once both are."""

    _slip: SlipRecord | None = None

    def record(self, transaction: Transaction, hall: Hall, events: tuple[Event, ...]) -> None:
        ticket = hall.tickets[_taken(events).number]
        self._slip = slip_asked(self._kiosk, ticket, self._now, copy_number=1)
        transaction.record_slip(self._slip.row())

    def kept(self) -> None:
        assert self._slip is not None, "what is kept was recorded"
        print_slip(self._kiosk, self._slip)


def _taken(events: tuple[Event, ...]) -> TicketTaken:
    return next(event for event in events if isinstance(event, TicketTaken))


def _answer(kiosk: KioskContext, ticket: TicketTaken, outcome: Outcome) -> Response:
    location = kiosk.session.cleared.to(f"/kiosk/tickets/{ticket.number}")
    if not kiosk.wants_json:
        return RedirectResponse(location, HTTPStatus.SEE_OTHER)
    url = kiosk.customer_page(ticket.secret)
    return json_response(
        TicketGiven(ticket.number, ticket.secret, url, ticket.ahead, outcome.version, location),
        HTTPStatus.CREATED,
    )
