"""Going to somebody who needs a person, handing it back, and saying how it ended."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.alerts.alerts import SYSTEM_ACTOR, alert_named
from lobby.floor.alerts.alerts import alert_key as raised_key
from lobby.floor.tablet.request import TabletRequest, floor_staff_request
from lobby.i18n.texts import mark, texts
from lobby.machines import MachineState
from lobby.queueing.commands.floor import AnswerHelp, EndHelp, HandBackHelp, ReportMachine
from lobby.queueing.events.floor import HelpCalled
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.queueing.refusals.floor import HelpTaken
from lobby.web.commands import (
    FormFields,
    command_response,
    form_fields,
    idempotency_key,
    json_response,
    perform,
    wants_json,
)

PAGE = "/floor"
MENDED = frozenset({"repaired", "notes_put_in"})
"""Endings of a fault after which the machine works."""

SETTLED = mark("This has settled itself meanwhile. Nothing was changed.")
TAKEN = mark("%(name)s is already going. Nothing was changed.")


async def go_to_card(request: Request) -> Response:
    """ "I go", to a call or to what the hall itself has raised; the others see who."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    help_id = await _call_behind(tablet, request.path_params["card"])
    return await _go(request, tablet, form, help_id)


async def go(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    return await _go(request, tablet, form, request.path_params["help_id"])


async def hand_back(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    command = HandBackHelp(request.path_params["help_id"], tablet.me)
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, PAGE)


async def end(request: Request) -> Response:
    """A fault that ended with a repair is also told to the machine's own record."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    help_id, outcome = request.path_params["help_id"], form.get("outcome", "")
    key = idempotency_key(request, form)
    machine = _mended(tablet, help_id, outcome)
    await perform(tablet.branch, EndHelp(help_id, outcome), tablet.actor, key)
    if machine is not None:
        report = ReportMachine(machine, MachineState.UP, 0)
        await perform(tablet.branch, report, tablet.actor, f"{key}-up")
    return command_response(request, PAGE)


async def _go(request: Request, tablet: TabletRequest, form: FormFields, help_id: int) -> Response:
    """Who comes second is told who was first."""
    try:
        command = AnswerHelp(help_id, tablet.me)
        await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    except HelpTaken:
        taken_by = next((c.taken_by for c in _calls(tablet) if c.id == help_id), None)
        name = tablet.name_of(taken_by or "")
        if not name or not wants_json(request):
            raise
        sentence = texts(tablet.language).gettext(TAKEN) % {"name": name}
        body = {"refusal": HelpTaken.__name__, "sentence": sentence}
        return json_response(body, HTTPStatus.CONFLICT)
    return command_response(request, PAGE)


async def _call_behind(tablet: TabletRequest, card: str) -> int:
    """The id of a card's call; what the hall has raised becomes a call now, once for all."""
    word, _dash, digits = card.partition("-")
    if word == "call" and digits.isascii() and digits.isdecimal() and len(digits) < 12:
        return int(digits)
    open_call = next((call for call in _calls(tablet) if _is_about(call, card)), None)
    if open_call is not None:
        return open_call.id
    found = alert_named(tablet.branch, card, tablet.services.clock.now())
    if found is None:
        raise HTTPException(HTTPStatus.CONFLICT, SETTLED)
    key = raised_key(tablet.branch.hall, card)
    outcome = await perform(tablet.branch, found.command, SYSTEM_ACTOR, key)
    called = any(isinstance(event, HelpCalled) for event in outcome.events)
    return outcome.version if called else 0


def _calls(tablet: TabletRequest) -> tuple[HelpCall, ...]:
    return tablet.branch.hall.help_calls


def _is_about(call: HelpCall, card: str) -> bool:
    return f"{card}-".startswith(f"{call.kind}-{call.ticket or call.place}-")


def _mended(tablet: TabletRequest, help_id: int, outcome: str) -> str | None:
    call = next((call for call in _calls(tablet) if call.id == help_id), None)
    if call is None or call.kind is not HelpKind.FAULT or outcome not in MENDED:
        return None
    machine = tablet.branch.hall.machines.get(call.place)
    return machine.id if machine and machine.state is not MachineState.UP else None


routes: list[BaseRoute] = [
    Route(f"{PAGE}/cards/{{card}}/answers", go_to_card, methods=["POST"]),
    Route(f"{PAGE}/calls/{{help_id:int}}/answers", go, methods=["POST"]),
    Route(f"{PAGE}/calls/{{help_id:int}}/returns", hand_back, methods=["POST"]),
    Route(f"{PAGE}/calls/{{help_id:int}}/outcomes", end, methods=["POST"]),
]
