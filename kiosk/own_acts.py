"""What customers may ask of the branch from their own page: each wish is one act, done or told."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from kiosk.own_page import as_it_stands, privately, unknown
from kiosk.own_ticket import OwnTicket, find_own_ticket
from lobby.branch import Actor, ActorKind
from lobby.queueing import commands as do
from lobby.queueing.help import HelpKind
from lobby.queueing.intake import ConfirmedBy
from lobby.queueing.refusals import Refusal, WrongState
from lobby.web.acts import Fields, act, done, fields, json_response, key_of, wants_json
from lobby.web.refusals import sentence

PHONE = "phone"
"""Where the call for a colleague comes from; the number says whom to look for."""

Wish: TypeAlias = Callable[[OwnTicket, Fields], do.Command | None]
"""The command that fulfils it; None where it is fulfilled already. Raises a `Refusal`."""


async def leave_line(request: Request) -> Response:
    return await _ask(request, lambda own, _sent: do.CancelTicket(own.link.number))


async def postpone(request: Request) -> Response:
    return await _ask(request, lambda own, _sent: do.Postpone(own.link.number))


async def change_service(request: Request) -> Response:
    return await _ask(request, _another_service)


async def confirm_machine_job(request: Request) -> Response:
    return await _ask(
        request, lambda own, _sent: do.ConfirmMachineJob(own.link.number, ConfirmedBy.CUSTOMER)
    )


async def return_to_counter(request: Request) -> Response:
    return await _ask(request, lambda own, _sent: do.ReturnFromMachine(own.link.number))


async def call_colleague(request: Request) -> Response:
    return await _ask(request, _a_colleague)


def _another_service(own: OwnTicket, sent: Fields) -> do.Command | None:
    """To choose what one has already changes nothing, and is no reason for a refusal."""
    service, standing = sent.get("service", ""), own.standing()
    if service == standing.service and standing.can_change_service:
        return None
    return do.ChangeService(own.link.number, service)


def _a_colleague(own: OwnTicket, _sent: Fields) -> do.Command:
    """Who has been served or has left is not looked for in the hall."""
    standing = own.standing()
    if not standing.can_call_colleague:
        raise WrongState(standing.number, standing.state)
    return do.CallColleague(HelpKind.HELP, PHONE, own.link.number)


async def _ask(request: Request, wish: Wish) -> Response:
    own = await find_own_ticket(request)
    if own is None:
        return unknown(request)
    sent = await fields(request)
    key = key_of(request, sent)
    if own.standing().is_over:
        return as_it_stands(request, own)
    try:
        command = wish(own, sent)
        if command is not None:
            await act(own.branch, command, Actor(ActorKind.CUSTOMER, own.link.number), key)
    except Refusal as refusal:
        return _told(request, own, refusal)
    return done(request, own.address)


def _told(request: Request, own: OwnTicket, refusal: Refusal) -> Response:
    """In the customer's language; without a script, above the page as it stands."""
    words = sentence(refusal, own.language)
    if wants_json(request):
        body = {"refusal": type(refusal).__name__, "sentence": words}
        return privately(json_response(body, HTTPStatus.CONFLICT))
    return as_it_stands(request, own, HTTPStatus.CONFLICT, told=words)
