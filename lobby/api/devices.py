"""Where a self-service machine says for itself whether it works and who stands before it."""

import secrets
from functools import partial
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby import typed_text
from lobby.api.authorisations import open_authorisation, told_of_authorisation
from lobby.branch import Actor, ActorKind, Branch, Outcome
from lobby.branch_work import ThenDo
from lobby.i18n.texts import mark
from lobby.machines import MachineState
from lobby.queueing.commands.floor import ReportMachine
from lobby.queueing.model.limits import MACHINE_QUEUE_MAX
from lobby.queueing.model.machine import Machine
from lobby.web.commands import KEY, FormFields, SentAct, form_fields, json_response, once, sent_act
from lobby.web.devices import Device, DeviceKind
from lobby.web.identity import identity_of
from lobby.web.services import services_of

NO_TOKEN = mark("This needs the machine's own token. Pairing the machine gives it one.")
UNREADABLE = mark(
    "The state is one of up, down and out_of_notes; the queue a whole number from 0 to 50. "
    "Nothing was changed."
)


async def show(request: Request) -> Response:
    device, branch = _machine_at(request)
    return _answer(branch, _named(device))


async def report(request: Request) -> Response:
    """The whole state each time, so that sending it twice is sending it once; with it, where the
    machine waits for a colleague to approve what a customer does there, or waits no longer."""
    device, branch = _machine_at(request)
    form = await form_fields(request)
    actor = Actor(ActorKind.DEVICE, str(device.id))
    sent = sent_act(request, branch, actor, _with_key(request, form))
    await once(sent.first_outcome, partial(_report, sent, form, _named(device)))
    return _answer(branch, _named(device))


async def _report(sent: SentAct, form: FormFields, machine_id: str) -> Outcome:
    """The machine's state is kept even where nobody can be called any more."""
    before = sent.branch.hall.machines[machine_id]
    command = ReportMachine(before.id, _state(form), _queue(form, before))
    told = told_of_authorisation(form, sent.branch.hall, machine_id)
    return await sent.perform(command, ThenDo(told))


def _machine_at(request: Request) -> tuple[Device, Branch]:
    """A machine finds itself at its address; nobody finds another one."""
    device = identity_of(request).device
    if device is None:
        raise HTTPException(401, NO_TOKEN, {"www-authenticate": "Bearer"})
    branch = services_of(request).branches[device.branch_id]
    asked = request.path_params["machine"]
    own = device.kind is DeviceKind.MACHINE and asked == _named(device)
    if not own or asked not in branch.hall.machines:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return device, branch


def _named(device: Device) -> str:
    return str(device.settings.get("machine", ""))


def _state(form: FormFields) -> MachineState:
    try:
        return MachineState(form.get("state", ""))
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST, UNREADABLE) from None


def _queue(form: FormFields, before: Machine) -> int:
    """A machine that cannot count people says nothing of them, and what was known stays."""
    text = form.get("queue")
    if text is None:
        return before.queue
    queue = typed_text.whole_number(text, digits_max=3)
    if queue is None or queue > MACHINE_QUEUE_MAX:
        raise HTTPException(HTTPStatus.BAD_REQUEST, UNREADABLE)
    return queue


def _with_key(request: Request, form: FormFields) -> FormFields:
    """A machine need not think of one: its report replaces whatever it said before."""
    if KEY in form or "idempotency-key" in request.headers:
        return form
    return FormFields([*form.pairs, (KEY, secrets.token_urlsafe(18))])


def _answer(branch: Branch, machine_id: str) -> Response:
    """While a colleague is called, also whether somebody comes."""
    machine = branch.hall.machines[machine_id]
    call = open_authorisation(branch.hall, machine_id)
    called = {"authorisation": "coming" if call.taken_by else "waiting"} if call else {}
    return json_response(
        {
            "machine": machine.id,
            "state": machine.state.value,
            "queue": machine.queue,
            "since": machine.since,
            **called,
        }
    )


PAGE = "/api/v1/devices/{machine}"

routes: list[BaseRoute] = [
    Route(PAGE, show),
    Route(PAGE, report, methods=["PUT"]),
]
