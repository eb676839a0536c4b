"""Machines reported and colleagues called, decided: who needs somebody, and who goes."""

from datetime import datetime
from typing import assert_never

from lobby.queueing.commands.floor import (
    AnswerHelp,
    CallColleague,
    EndEscort,
    EndHelp,
    FloorCommand,
    HandBackHelp,
    LeaveDuty,
    PostNotice,
    ReportMachine,
    SetDuty,
    StartEscort,
    WithdrawNotice,
)
from lobby.queueing.decide import checks
from lobby.queueing.decide.staff import decide_duty, decide_escort, decide_notice
from lobby.queueing.events.event import Event
from lobby.queueing.events.floor import (
    HelpAnswered,
    HelpCalled,
    HelpEnded,
    HelpEvent,
    HelpHandedBack,
    MachineReported,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpCall
from lobby.queueing.model.limits import HELP_CALLS_MAX, MACHINE_QUEUE_MAX, PLACE_LENGTH_MAX
from lobby.queueing.model.outcomes import OUTCOMES
from lobby.queueing.refusals.floor import (
    HelpIsOver,
    HelpNotYours,
    HelpTaken,
    TooManyCalls,
    UnknownMachine,
    UnknownOutcome,
)
from lobby.queueing.refusals.ticket import TextTooLong


def decide_on_floor(hall: Hall, command: FloorCommand, now: datetime) -> tuple[Event, ...]:
    """A call that is open already, or a machine that does what was reported, is no event."""
    match command:
        case ReportMachine():
            return _report(hall, command, now)
        case CallColleague():
            return _call(hall, command, now)
        case AnswerHelp() | HandBackHelp() | EndHelp():
            return (_moved(hall, command, now),)
        case SetDuty() | LeaveDuty():
            return decide_duty(hall, command, now)
        case PostNotice() | WithdrawNotice():
            return decide_notice(hall, command, now)
        case StartEscort() | EndEscort():
            return decide_escort(hall, command, now)
        case _:
            assert_never(command)


def _moved(hall: Hall, command: AnswerHelp | HandBackHelp | EndHelp, now: datetime) -> HelpEvent:
    call = open_call(hall, command.help_id)
    match command:
        case AnswerHelp():
            if call.taken_by not in (None, command.staff):
                raise HelpTaken
            return HelpAnswered(now, call.id, command.staff)
        case HandBackHelp():
            if call.taken_by != command.staff:
                raise HelpNotYours
            return HelpHandedBack(now, call.id, command.staff)
        case EndHelp():
            return HelpEnded(now, call.id, _outcome(call, command.outcome))
        case _:
            assert_never(command)


def _outcome(call: HelpCall, outcome: str) -> str:
    if outcome not in OUTCOMES[call.kind]:
        raise UnknownOutcome(outcome)
    return outcome


def _report(hall: Hall, command: ReportMachine, now: datetime) -> tuple[Event, ...]:
    before = hall.machines.get(command.machine)
    if before is None:
        raise UnknownMachine(command.machine)
    if not 0 <= command.queue <= MACHINE_QUEUE_MAX:
        raise TextTooLong(MACHINE_QUEUE_MAX)
    if before.since and (before.state, before.queue) == (command.state, command.queue):
        return ()
    return (MachineReported(now, command.machine, command.state, command.queue),)


def _call(hall: Hall, command: CallColleague, now: datetime) -> tuple[Event, ...]:
    place = checks.text(command.place, PLACE_LENGTH_MAX)
    if command.number is not None:
        checks.ticket(hall, command.number)
    same = (command.kind, place, command.number)
    if any((call.kind, call.place, call.ticket) == same for call in hall.help_calls):
        return ()
    if len(hall.help_calls) >= HELP_CALLS_MAX:
        raise TooManyCalls
    note = checks.note(command.note)
    return (HelpCalled(now, command.kind, place, command.number, note),)


def open_call(hall: Hall, help_id: int) -> HelpCall:
    found = next((call for call in hall.help_calls if call.id == help_id), None)
    if found is None:
        raise HelpIsOver
    return found
