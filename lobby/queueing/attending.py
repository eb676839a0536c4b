"""Lobby duty, notices and escorts, decided: who is there for the hall, and what it is told."""

from datetime import datetime, timedelta
from typing import assert_never

from lobby.queueing import checks
from lobby.queueing import floor_commands as do
from lobby.queueing import floor_events as on
from lobby.queueing import refusals as no
from lobby.queueing.escorts import ESCORT_OUTCOMES
from lobby.queueing.hall import Hall
from lobby.queueing.limits import (
    ESCORTS_MAX,
    LANGUAGES_MAX,
    NOTICE_LENGTH_MAX,
    NOTICE_MINUTES_MAX,
    NOTICES_MAX,
    PEOPLE_ON_DUTY_MAX,
    PLACE_LENGTH_MAX,
)
from lobby.queueing.notices import NOTICE_REASONS, NoticeKind, notices_now

Events = tuple[on.FloorEvent, ...]


def decide_duty(hall: Hall, command: do.DutyCommand, now: datetime) -> Events:
    """Saying again how things stand is no event."""
    note = checks.note(command.note)
    if isinstance(command, do.LeaveDuty):
        if command.staff not in hall.duty:
            raise no.NotOnDuty(command.staff)
        return (on.DutyLeft(now, command.staff, note),)
    if command.stand_in == command.staff:
        raise no.OwnStandIn
    before = hall.duty.get(command.staff)
    if before is None and len(hall.duty) >= PEOPLE_ON_DUTY_MAX:
        raise no.OutOfRange(PEOPLE_ON_DUTY_MAX)
    stand_in = command.stand_in or None
    same = (command.state, stand_in, note)
    if before is not None and (before.state, before.stand_in, before.note) == same:
        return ()
    return (on.DutySet(now, command.staff, command.state, stand_in, note),)


def decide_notice(hall: Hall, command: do.NoticeCommand, now: datetime) -> Events:
    match command:
        case do.PostNotice():
            return (_posted(hall, command, now),)
        case do.WithdrawNotice(notice_id):
            if all(notice.id != notice_id for notice in notices_now(hall, now)):
                raise no.NoticeIsOver
            return (on.NoticeWithdrawn(now, notice_id),)
        case _:
            assert_never(command)


def _posted(hall: Hall, command: do.PostNotice, now: datetime) -> on.NoticePosted:
    minutes = checks.minutes(command.minutes, NOTICE_MINUTES_MAX)
    if len(notices_now(hall, now)) >= NOTICES_MAX:
        raise no.TooManyNotices
    texts = _texts(command)
    if command.kind is NoticeKind.CUSTOM and not texts:
        raise no.ReasonMissing
    if command.kind is not NoticeKind.CUSTOM and command.reason not in NOTICE_REASONS[command.kind]:
        raise no.UnknownReason(command.reason)
    until = now + timedelta(minutes=minutes)
    reason = checks.note(command.reason)
    return on.NoticePosted(now, command.kind, reason, until, texts, command.by)


def _texts(command: do.PostNotice) -> dict[str, str]:
    """What is written by hand, without the languages left empty."""
    if len(command.texts) > LANGUAGES_MAX:
        raise no.OutOfRange(LANGUAGES_MAX)
    written = {
        language: checks.text(words, NOTICE_LENGTH_MAX) for language, words in command.texts.items()
    }
    return {language: words for language, words in written.items() if words}


def decide_escort(hall: Hall, command: do.EscortCommand, now: datetime) -> Events:
    match command:
        case do.StartEscort():
            return (_started(hall, command, now),)
        case do.EndEscort(escort_id, outcome):
            if all(escort.id != escort_id for escort in hall.escorts):
                raise no.EscortIsOver
            if outcome not in ESCORT_OUTCOMES:
                raise no.UnknownOutcome(outcome)
            return (on.EscortEnded(now, escort_id, outcome),)
        case _:
            assert_never(command)


def _started(hall: Hall, command: do.StartEscort, now: datetime) -> on.EscortStarted:
    if command.number is not None:
        checks.ticket(hall, command.number)
    if any(escort.staff == command.staff for escort in hall.escorts):
        raise no.EscortUnderWay(command.staff)
    if len(hall.escorts) >= ESCORTS_MAX:
        raise no.OutOfRange(ESCORTS_MAX)
    from_place = checks.text(command.from_place, PLACE_LENGTH_MAX)
    to_place = checks.text(command.to_place, PLACE_LENGTH_MAX) or checks.refuse(no.ReasonMissing())
    return on.EscortStarted(now, command.staff, command.number, from_place, to_place)
