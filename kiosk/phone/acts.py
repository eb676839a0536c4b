"""What customers may ask of the branch from their own page: one table of acts, each a command."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from kiosk.phone.page import private, status_page, unknown_page
from kiosk.phone.service_change import QuestionOpenError, change_service
from kiosk.phone.ticket import OwnTicket, find_own_ticket
from lobby.branch import Outcome
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.commands.ticket import (
    BringBack,
    CancelTicket,
    ConfirmMachineJob,
    Postpone,
    Rest,
    ReturnFromMachine,
    ReturnFromRest,
)
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import ConfirmedBy
from lobby.queueing.model.limits import COME_BACK_MIN
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import WrongState
from lobby.screens.service_change import IN_THE_HALL
from lobby.web.commands import (
    FormFields,
    SentAct,
    command_response,
    form_fields,
    json_response,
    once,
    sent_act,
    wants_json,
)
from lobby.web.refusals import sentence

CommandOf: TypeAlias = Callable[[OwnTicket, FormFields], Command]
"""What a form asks of the branch. Raises a `Refusal`."""

Do: TypeAlias = Callable[[OwnTicket, FormFields, SentAct], Awaitable[Outcome]]


def postpone(own: OwnTicket, _form: FormFields) -> Command:
    return Postpone(own.link.number)


def leave_line(own: OwnTicket, _form: FormFields) -> Command:
    return CancelTicket(own.link.number)


def stay(own: OwnTicket, _form: FormFields) -> Command:
    """After leaving by mistake, and not after a missed call: then a colleague sees who is there."""
    status = own.status()
    if status.state is not TicketState.CANCELLED:
        raise WrongState(status.number, status.state)
    return BringBack(own.link.number)


def come_back_later(own: OwnTicket, _form: FormFields) -> Command:
    return Rest(own.link.number, RestReason.LATER, COME_BACK_MIN)


def be_back(own: OwnTicket, _form: FormFields) -> Command:
    return ReturnFromRest(own.link.number)


def confirm_machine_job(own: OwnTicket, _form: FormFields) -> Command:
    return ConfirmMachineJob(own.link.number, ConfirmedBy.CUSTOMER)


def return_to_counter(own: OwnTicket, _form: FormFields) -> Command:
    return ReturnFromMachine(own.link.number)


def call_colleague(own: OwnTicket, _form: FormFields) -> Command:
    """Who has been served or has left is not looked for in the hall."""
    status = own.status()
    if not status.can_call_colleague:
        raise WrongState(status.number, status.state)
    place = f"machine/{status.machine}" if status.machine else IN_THE_HALL
    return CallColleague(HelpKind.HELP, place, own.link.number)


COMMANDS: dict[str, CommandOf] = {
    "postponements": postpone,
    "cancellations": leave_line,
    "stays": stay,
    "rests": come_back_later,
    "rests/ends": be_back,
    "machine-jobs": confirm_machine_job,
    "returns": return_to_counter,
    "help": call_colleague,
}


def _performing(command_of: CommandOf) -> Do:
    async def perform(own: OwnTicket, form: FormFields, sent: SentAct) -> Outcome:
        return await sent.perform(command_of(own, form))

    return perform


ACTS: dict[str, Do] = {
    **{path: _performing(command_of) for path, command_of in COMMANDS.items()},
    "service": change_service,
}
"""By the last part of the address."""


class _TicketIsOverError(Exception):
    """Its day has ended: there is nothing to be asked of it any more."""


def handler(do: Do) -> Callable[[Request], Awaitable[Response]]:
    """The handler of one act: find the ticket, read, perform once, back to the page."""

    async def handle(request: Request) -> Response:
        own = await find_own_ticket(request)
        if own is None:
            return unknown_page(request)
        form = await form_fields(request)
        sent = sent_act(request, own.branch, own.actor, form)

        async def perform() -> Outcome:
            if own.status().is_over:
                raise _TicketIsOverError
            return await do(own, form, sent)

        try:
            await once(sent.first_outcome, perform)
        except _TicketIsOverError:
            return status_page(request, own)
        except QuestionOpenError as question:
            return command_response(request, question.address)
        except Refusal as refusal:
            return _refused(request, own, refusal)
        return command_response(request, own.address)

    return handle


def _refused(request: Request, own: OwnTicket, refusal: Refusal) -> Response:
    """In the customer's language; without a script, above the page as it is."""
    text = sentence(refusal, own.language)
    if wants_json(request):
        body = {"refusal": type(refusal).__name__, "sentence": text}
        return private(json_response(body, HTTPStatus.CONFLICT))
    return status_page(request, own, HTTPStatus.CONFLICT, message=text)
