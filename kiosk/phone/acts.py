"""What customers may ask of the branch from their own page: each wish is one act, done or told."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from kiosk.phone.page import as_it_stands, privately, unknown
from kiosk.phone.ticket import OwnTicket, find_own_ticket
from lobby.branch import Actor, ActorKind
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.commands.ticket import (
    CancelTicket,
    ChangeService,
    ConfirmMachineJob,
    Postpone,
    ReturnFromMachine,
)
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import ConfirmedBy
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import WrongState
from lobby.web.commands import (
    FormFields,
    command_response,
    form_fields,
    idempotency_key,
    json_response,
    perform,
    wants_json,
)
from lobby.web.refusals import sentence

PHONE = "phone"
"""Where the call for a colleague comes from; the number says whom to look for."""

Wish: TypeAlias = Callable[[OwnTicket, FormFields], Command | None]
"""The command that fulfils it; None where it is fulfilled already. Raises a `Refusal`."""


async def leave_line(request: Request) -> Response:
    return await _ask(request, lambda own, _sent: CancelTicket(own.link.number))


async def postpone(request: Request) -> Response:
    return await _ask(request, lambda own, _sent: Postpone(own.link.number))


async def change_service(request: Request) -> Response:
    return await _ask(request, _another_service)


async def confirm_machine_job(request: Request) -> Response:
    return await _ask(
        request, lambda own, _sent: ConfirmMachineJob(own.link.number, ConfirmedBy.CUSTOMER)
    )


async def return_to_counter(request: Request) -> Response:
    return await _ask(request, lambda own, _sent: ReturnFromMachine(own.link.number))


async def call_colleague(request: Request) -> Response:
    return await _ask(request, _a_colleague)


def _another_service(own: OwnTicket, form: FormFields) -> Command | None:
    """To choose what one has already changes nothing, and is no reason for a refusal."""
    service, standing = form.get("service", ""), own.standing()
    if service == standing.service and standing.can_change_service:
        return None
    return ChangeService(own.link.number, service)


def _a_colleague(own: OwnTicket, _sent: FormFields) -> Command:
    """Who has been served or has left is not looked for in the hall."""
    standing = own.standing()
    if not standing.can_call_colleague:
        raise WrongState(standing.number, standing.state)
    return CallColleague(HelpKind.HELP, PHONE, own.link.number)


async def _ask(request: Request, wish: Wish) -> Response:
    own = await find_own_ticket(request)
    if own is None:
        return unknown(request)
    form = await form_fields(request)
    key = idempotency_key(request, form)
    if own.standing().is_over:
        return as_it_stands(request, own)
    try:
        command = wish(own, form)
        if command is not None:
            await perform(own.branch, command, Actor(ActorKind.CUSTOMER, own.link.number), key)
    except Refusal as refusal:
        return _told(request, own, refusal)
    return command_response(request, own.address)


def _told(request: Request, own: OwnTicket, refusal: Refusal) -> Response:
    """In the customer's language; without a script, above the page as it stands."""
    words = sentence(refusal, own.language)
    if wants_json(request):
        body = {"refusal": type(refusal).__name__, "sentence": words}
        return privately(json_response(body, HTTPStatus.CONFLICT))
    return as_it_stands(request, own, HTTPStatus.CONFLICT, told=words)
