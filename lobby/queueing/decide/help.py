"""Machines reported and colleagues called, decided: who needs somebody, and who goes."""

from datetime import datetime

from lobby.queueing.commands.floor import (
    AnswerHelp,
    CallColleague,
    EndHelp,
    HandBackHelp,
    ReportMachine,
)
from lobby.queueing.decide import checks
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.events.floor import (
    HelpAnswered,
    HelpCalled,
    HelpEnded,
    HelpHandedBack,
    HelpReasonChanged,
    MachineReported,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import FOR_ONE_PERSON, HelpCall, HelpKind
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


def _report(hall: Hall, command: ReportMachine, now: datetime) -> Events:
    """A machine that does what was reported before is no event."""
    before = hall.machines.get(command.machine)
    if before is None:
        raise UnknownMachine(command.machine)
    if not 0 <= command.queue <= MACHINE_QUEUE_MAX:
        raise TextTooLong(MACHINE_QUEUE_MAX)
    if before.since and (before.state, before.queue) == (command.state, command.queue):
        return ()
    return (MachineReported(now, command.machine, command.state, command.queue),)


def _call(hall: Hall, command: CallColleague, now: datetime) -> Events:
    """A call that is open already is no event; nor is another one for the same person at the same
    place, but that its reason may be more pressing now."""
    place = checks.text(command.place, PLACE_LENGTH_MAX)
    if command.number is not None:
        checks.ticket(hall, command.number)
    same = (command.kind, place, command.number)
    if any((call.kind, call.place, call.ticket) == same for call in hall.help_calls):
        return ()
    note = checks.note(command.note)
    earlier = _for_same_person(hall, command.kind, place, command.number)
    if earlier is not None:
        return _more_pressing(earlier, command.kind, note, now)
    if len(hall.help_calls) >= HELP_CALLS_MAX:
        raise TooManyCalls
    return (
        HelpCalled(
            *(now, command.kind, place, command.number, note),
            service=command.service,
            intake=command.intake,
        ),
    )


def _for_same_person(hall: Hall, kind: HelpKind, place: str, number: str | None) -> HelpCall | None:
    if kind not in FOR_ONE_PERSON:
        return None
    calls = (call for call in hall.help_calls if call.kind in FOR_ONE_PERSON)
    return next((call for call in calls if (call.place, call.ticket) == (place, number)), None)


def _more_pressing(earlier: HelpCall, kind: HelpKind, note: str, now: datetime) -> Events:
    if FOR_ONE_PERSON.index(kind) >= FOR_ONE_PERSON.index(earlier.kind):
        return ()
    return (HelpReasonChanged(now, earlier.id, kind, note or earlier.note),)


def _answer(hall: Hall, command: AnswerHelp, now: datetime) -> Events:
    call = open_call(hall, command.help_id)
    if call.taken_by not in (None, command.staff):
        raise HelpTaken(command.help_id)
    return (HelpAnswered(now, call.id, command.staff),)


def _hand_back(hall: Hall, command: HandBackHelp, now: datetime) -> Events:
    call = open_call(hall, command.help_id)
    if call.taken_by != command.staff:
        raise HelpNotYours
    return (HelpHandedBack(now, call.id, command.staff),)


def _end(hall: Hall, command: EndHelp, now: datetime) -> Events:
    call = open_call(hall, command.help_id)
    if command.outcome not in OUTCOMES[call.kind]:
        raise UnknownOutcome(command.outcome)
    return (HelpEnded(now, call.id, command.outcome),)


def open_call(hall: Hall, help_id: int) -> HelpCall:
    found = next((call for call in hall.help_calls if call.id == help_id), None)
    if found is None:
        raise HelpIsOver
    return found


DECIDERS: Deciders = {
    ReportMachine: _report,
    CallColleague: _call,
    AnswerHelp: _answer,
    HandBackHelp: _hand_back,
    EndHelp: _end,
}
