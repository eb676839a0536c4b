"""The fold of what concerns the floor: machines and calls for a colleague."""

from dataclasses import replace
from typing import assert_never

from lobby.queueing.events.floor import (
    FloorEvent,
    HelpAnswered,
    HelpCalled,
    HelpEnded,
    HelpEvent,
    HelpHandedBack,
    MachineReported,
)
from lobby.queueing.evolve.floor import evolve_attendance
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpCall
from lobby.queueing.model.machine import Machine


def evolve_floor(hall: Hall, event: FloorEvent) -> Hall:
    match event:
        case MachineReported():
            return _machine_reported(hall, event)
        case HelpCalled() | HelpAnswered() | HelpHandedBack() | HelpEnded():
            return _help_moved(hall, event)
        case _:
            return evolve_attendance(hall, event)


def _machine_reported(hall: Hall, event: MachineReported) -> Hall:
    """`since` moves only with the state, not with the number of people before the machine."""
    before = hall.machines.get(event.machine) or Machine(event.machine)
    since = before.since if before.state is event.state and before.since else event.at
    after = Machine(event.machine, event.state, event.queue, since)
    return replace(hall, machines={**hall.machines, after.id: after})


def _help_moved(hall: Hall, event: HelpEvent) -> Hall:
    match event:
        case HelpCalled():
            call = HelpCall(
                hall.version, event.kind, event.place, event.ticket, event.at, note=event.note
            )
            return replace(hall, help_calls=(*hall.help_calls, call))
        case HelpAnswered():
            calls = (
                replace(call, taken_by=event.staff, taken_at=event.at)
                if call.id == event.help_id
                else call
                for call in hall.help_calls
            )
            return replace(hall, help_calls=tuple(calls))
        case HelpHandedBack():
            calls = (
                _handed_back(call, event) if call.id == event.help_id else call
                for call in hall.help_calls
            )
            return replace(hall, help_calls=tuple(calls))
        case HelpEnded():
            others = (call for call in hall.help_calls if call.id != event.help_id)
            return replace(hall, help_calls=tuple(others))
        case _:
            assert_never(event)


def _handed_back(call: HelpCall, event: HelpHandedBack) -> HelpCall:
    """For the others now; who could not is asked last."""
    given_up = dict.fromkeys((*call.handed_back, event.staff))
    return replace(
        call,
        taken_by=None,
        taken_at=None,
        handed_back=tuple(given_up),
        handed_back_at=event.at,
    )
