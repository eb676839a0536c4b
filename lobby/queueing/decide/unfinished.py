"""What was taken and not ended, decided: handed over or given back by who leaves duty, and taken
back from who is not here any more or took too long."""

from collections.abc import Mapping
from datetime import datetime

from lobby.queueing.commands.floor import LeaveDuty, ReturnUnfinished
from lobby.queueing.decide import checks
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.events.floor import (
    DutyLeft,
    EscortEnded,
    EscortStarted,
    HelpAnswered,
    HelpHandedBack,
)
from lobby.queueing.model.duty import Duty, DutyState
from lobby.queueing.model.escorts import GIVEN_BACK, HANDED_OVER, Escort
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HandBackReason, HelpCall
from lobby.queueing.model.unfinished import is_fetch_out_of_time, is_out_of_time, why_gone
from lobby.queueing.refusals.floor import NotOnDuty


def _leave_duty(hall: Hall, command: LeaveDuty, now: datetime) -> Events:
    """Nobody is kept on duty: what a colleague cannot take, because they have left or walk with
    somebody else, is open to everybody."""
    note = checks.note(command.note)
    if command.staff not in hall.duty:
        raise NotOnDuty(command.staff)
    others = hall.duty.keys() - {command.staff}
    to = {item: colleague for item, colleague in command.handed_over if colleague in others}
    cards = (
        event
        for call in hall.help_calls
        if call.taken_by == command.staff
        for event in _card_left(call, command.staff, to, now)
    )
    walks = (
        event
        for escort in hall.escorts
        if escort.staff == command.staff
        for event in _walk_left(hall, escort, to, now)
    )
    return (*cards, *walks, DutyLeft(now, command.staff, note))


def _card_left(call: HelpCall, staff: str, to: Mapping[int, str], now: datetime) -> Events:
    back = HelpHandedBack(now, call.id, staff, HandBackReason.OFF_DUTY)
    return (back, HelpAnswered(now, call.id, to[call.id])) if call.id in to else (back,)


def _walk_left(hall: Hall, escort: Escort, to: Mapping[int, str], now: datetime) -> Events:
    colleague = to.get(escort.id)
    if colleague is None or any(other.staff == colleague for other in hall.escorts):
        return (EscortEnded(now, escort.id, GIVEN_BACK),)
    places = (escort.from_place, escort.to_place)
    ended = EscortEnded(now, escort.id, HANDED_OVER)
    return (ended, EscortStarted(now, colleague, escort.ticket, *places))


def returned(hall: Hall, command: ReturnUnfinished, now: datetime) -> Events:
    """Nothing to take back is no event."""
    gone = (command.signed_out, command.removed)
    cards = (
        HelpHandedBack(now, call.id, call.taken_by, reason)
        for call in hall.help_calls
        if call.taken_by and (reason := _why_back(hall, call, command, now))
    )
    walks = (
        EscortEnded(now, escort.id, GIVEN_BACK)
        for escort in hall.escorts
        if why_gone(escort.staff, *gone) or is_fetch_out_of_time(hall, escort, now)
    )
    left = (
        DutyLeft(now, duty.staff, "") for duty in hall.duty.values() if _has_left(duty, command)
    )
    return (*cards, *walks, *left)


def _why_back(
    hall: Hall, call: HelpCall, command: ReturnUnfinished, now: datetime
) -> HandBackReason | None:
    gone = why_gone(call.taken_by or "", command.signed_out, command.removed)
    return gone or (HandBackReason.NO_OUTCOME if is_out_of_time(hall, call, now) else None)


def _has_left(duty: Duty, command: ReturnUnfinished) -> bool:
    """Who is away and has signed out is still stood in for."""
    reason = why_gone(duty.staff, command.signed_out, command.removed)
    if reason is HandBackReason.SIGNED_OUT:
        return duty.state is not DutyState.AWAY or duty.stand_in is None
    return reason is not None


DECIDERS: Deciders = {LeaveDuty: _leave_duty, ReturnUnfinished: returned}
