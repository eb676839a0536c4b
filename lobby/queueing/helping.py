"""Machines reported and colleagues called, decided: who needs somebody, and who goes."""

from datetime import datetime
from typing import assert_never

from lobby.queueing import checks
from lobby.queueing import commands as do
from lobby.queueing import events as on
from lobby.queueing import refusals as no
from lobby.queueing.attending import decide_duty, decide_escort, decide_notice
from lobby.queueing.hall import Hall
from lobby.queueing.help import HelpCall
from lobby.queueing.limits import HELP_CALLS_MAX, MACHINE_QUEUE_MAX, PLACE_LENGTH_MAX
from lobby.queueing.outcomes import OUTCOMES


def decide_on_floor(hall: Hall, command: do.FloorCommand, now: datetime) -> tuple[on.Event, ...]:
    """A call that is open already, or a machine that does what was reported, is no event."""
    match command:
        case do.ReportMachine():
            return _report(hall, command, now)
        case do.CallColleague():
            return _call(hall, command, now)
        case do.AnswerHelp() | do.HandBackHelp() | do.EndHelp():
            return (_moved(hall, command, now),)
        case do.SetDuty() | do.LeaveDuty():
            return decide_duty(hall, command, now)
        case do.PostNotice() | do.WithdrawNotice():
            return decide_notice(hall, command, now)
        case do.StartEscort() | do.EndEscort():
            return decide_escort(hall, command, now)
        case _:
            assert_never(command)


def _moved(
    hall: Hall, command: do.AnswerHelp | do.HandBackHelp | do.EndHelp, now: datetime
) -> on.HelpEvent:
    call = open_call(hall, command.help_id)
    match command:
        case do.AnswerHelp():
            if call.taken_by not in (None, command.staff):
                raise no.HelpTaken
            return on.HelpAnswered(now, call.id, command.staff)
        case do.HandBackHelp():
            if call.taken_by != command.staff:
                raise no.HelpNotYours
            return on.HelpHandedBack(now, call.id, command.staff)
        case do.EndHelp():
            return on.HelpEnded(now, call.id, _outcome(call, command.outcome))
        case _:
            assert_never(command)


def _outcome(call: HelpCall, outcome: str) -> str:
    if outcome not in OUTCOMES[call.kind]:
        raise no.UnknownOutcome(outcome)
    return outcome


def _report(hall: Hall, command: do.ReportMachine, now: datetime) -> tuple[on.Event, ...]:
    before = hall.machines.get(command.machine)
    if before is None:
        raise no.UnknownMachine(command.machine)
    if not 0 <= command.queue <= MACHINE_QUEUE_MAX:
        raise no.TextTooLong(MACHINE_QUEUE_MAX)
    if before.since and (before.state, before.queue) == (command.state, command.queue):
        return ()
    return (on.MachineReported(now, command.machine, command.state, command.queue),)


def _call(hall: Hall, command: do.CallColleague, now: datetime) -> tuple[on.Event, ...]:
    place = checks.text(command.place, PLACE_LENGTH_MAX)
    if command.number is not None:
        checks.ticket(hall, command.number)
    same = (command.kind, place, command.number)
    if any((call.kind, call.place, call.ticket) == same for call in hall.help_calls):
        return ()
    if len(hall.help_calls) >= HELP_CALLS_MAX:
        raise no.TooManyCalls
    note = checks.note(command.note)
    return (on.HelpCalled(now, command.kind, place, command.number, note),)


def open_call(hall: Hall, help_id: int) -> HelpCall:
    found = next((call for call in hall.help_calls if call.id == help_id), None)
    if found is None:
        raise no.HelpIsOver
    return found
