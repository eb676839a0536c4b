"""Answering a call for help or an alert: going there, handing it back, saying how it ended."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.branch import Outcome
from lobby.branch_work import ThenDo
from lobby.floor.alerts.alerts import SYSTEM_ACTOR, alert_key, alert_named
from lobby.floor.alerts.risk_access import refuse_off_duty
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.routing import Act, act_routes
from lobby.i18n.texts import mark, texts
from lobby.machines import MachineState
from lobby.queueing.commands.floor import AnswerHelp, EndHelp, HandBackHelp, ReportMachine
from lobby.queueing.events.floor import HelpCalled
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.queueing.refusals.floor import HelpTaken
from lobby.queueing.refusals.refusal import Refusal
from lobby.web.commands import json_response, wants_json

PAGE = "/floor"
MENDED = frozenset({"repaired", "notes_put_in"})
"""Endings of a fault after which the machine works."""

SETTLED = mark("This has been resolved in the meantime. Nothing was changed.")
TAKEN = mark("%(name)s is already on the way. Nothing was changed.")


async def go_to_card(act: TabletAct) -> Outcome:
    """ "On my way", to a call or to what the hall itself has raised; the others see who."""
    help_id = await _call_of_card(act, act.path("card"))
    refuse_off_duty(act.tablet.hall, act.me, help_id)
    return await act.perform(AnswerHelp(help_id, act.me))


async def go_to_call(act: TabletAct) -> Outcome:
    return await act.perform(AnswerHelp(_permitted(act), act.me))


async def hand_back(act: TabletAct) -> Outcome:
    return await act.perform(HandBackHelp(_permitted(act), act.me))


async def end_call(act: TabletAct) -> Outcome:
    """A fault that ended with a repair is also told to the machine's own record."""
    help_id, outcome = _permitted(act), act.text("outcome")
    machine = _mended(act.tablet.hall, help_id, outcome)
    report = ReportMachine(machine, MachineState.UP, 0) if machine else None
    return await act.perform(EndHelp(help_id, outcome), ThenDo(report))


def _permitted(act: TabletAct) -> int:
    """The id of the call, unless it is one that this person may not even read."""
    help_id: int = act.path("help_id")
    refuse_off_duty(act.tablet.hall, act.me, help_id)
    return help_id


def _taken_by(act: TabletAct, refusal: Refusal) -> Response | None:
    """Who comes second is told who was first."""
    if not isinstance(refusal, HelpTaken):
        return None
    call = _call(act.tablet.hall, refusal.help_id)
    name = act.tablet.name_of(call.taken_by or "") if call else ""
    if not name or not wants_json(act.tablet.connection):
        return None
    sentence = texts(act.tablet.language).gettext(TAKEN) % {"name": name}
    body = {"refusal": HelpTaken.__name__, "sentence": sentence}
    return json_response(body, HTTPStatus.CONFLICT)


async def _call_of_card(act: TabletAct, card: str) -> int:
    """The id of a card's call; what the hall has raised becomes a call now, once for all."""
    tablet = act.tablet
    word, _dash, digits = card.partition("-")
    if word == "call" and digits.isascii() and digits.isdecimal() and len(digits) < 12:
        return int(digits)
    open_call = next((call for call in tablet.hall.help_calls if _is_about(call, card)), None)
    if open_call is not None:
        return open_call.id
    alert = alert_named(tablet.branch, card, tablet.now)
    if alert is None:
        raise HTTPException(HTTPStatus.CONFLICT, SETTLED)
    key = alert_key(tablet.hall, card)
    outcome = await tablet.branch.perform(alert.command, SYSTEM_ACTOR, key)
    called = any(isinstance(event, HelpCalled) for event in outcome.events)
    return outcome.version if called else 0


def _call(hall: Hall, help_id: int) -> HelpCall | None:
    return next((call for call in hall.help_calls if call.id == help_id), None)


def _is_about(call: HelpCall, card: str) -> bool:
    return f"{card}-".startswith(f"{call.kind}-{call.ticket or call.place}-")


def _mended(hall: Hall, help_id: int, outcome: str) -> str | None:
    """The machine that works again after this ending."""
    call = _call(hall, help_id)
    if call is None or call.kind is not HelpKind.FAULT or outcome not in MENDED:
        return None
    machine = hall.machines.get(call.place)
    return machine.id if machine and machine.state is not MachineState.UP else None


ACTS: dict[str, Act] = {
    f"{PAGE}/cards/{{card}}/answers": Act(go_to_card, PAGE, _taken_by),
    f"{PAGE}/calls/{{help_id:int}}/answers": Act(go_to_call, PAGE, _taken_by),
    f"{PAGE}/calls/{{help_id:int}}/returns": Act(hand_back, PAGE),
    f"{PAGE}/calls/{{help_id:int}}/outcomes": Act(end_call, PAGE),
}

routes: list[BaseRoute] = [*act_routes(ACTS)]
