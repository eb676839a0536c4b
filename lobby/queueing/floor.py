"""The fold of what concerns the floor: machines and calls for a colleague."""

from dataclasses import replace
from typing import assert_never

from lobby.queueing import events as on
from lobby.queueing.attendance import attended
from lobby.queueing.hall import Hall
from lobby.queueing.help import HelpCall
from lobby.queueing.machine import Machine


def floor_moved(hall: Hall, event: on.FloorEvent) -> Hall:
    match event:
        case on.MachineReported():
            return _machine_reported(hall, event)
        case on.HelpCalled() | on.HelpAnswered() | on.HelpHandedBack() | on.HelpEnded():
            return _help_moved(hall, event)
        case _:
            return attended(hall, event)


def _machine_reported(hall: Hall, event: on.MachineReported) -> Hall:
    """`since` moves only with the state, not with the number of people before the machine."""
    before = hall.machines.get(event.machine) or Machine(event.machine)
    since = before.since if before.state is event.state and before.since else event.at
    after = Machine(event.machine, event.state, event.queue, since)
    return replace(hall, machines={**hall.machines, after.id: after})


def _help_moved(hall: Hall, event: on.HelpEvent) -> Hall:
    match event:
        case on.HelpCalled():
            call = HelpCall(
                hall.version, event.kind, event.place, event.ticket, event.at, note=event.note
            )
            return replace(hall, help_calls=(*hall.help_calls, call))
        case on.HelpAnswered():
            calls = (
                replace(call, taken_by=event.staff, taken_at=event.at)
                if call.id == event.help_id
                else call
                for call in hall.help_calls
            )
            return replace(hall, help_calls=tuple(calls))
        case on.HelpHandedBack():
            calls = (
                _handed_back(call, event) if call.id == event.help_id else call
                for call in hall.help_calls
            )
            return replace(hall, help_calls=tuple(calls))
        case on.HelpEnded():
            others = (call for call in hall.help_calls if call.id != event.help_id)
            return replace(hall, help_calls=tuple(others))
        case _:
            assert_never(event)


def _handed_back(call: HelpCall, event: on.HelpHandedBack) -> HelpCall:
    """For the others now; who could not is asked last."""
    given_up = dict.fromkeys((*call.handed_back, event.staff))
    return replace(
        call,
        taken_by=None,
        taken_at=None,
        handed_back=tuple(given_up),
        handed_back_at=event.at,
    )
