"""Lobby duty, notices and escorts, decided: who is there for the hall, and what it is told."""

from datetime import datetime, timedelta
from typing import assert_never

from lobby.queueing.commands.floor import (
    DutyCommand,
    EndEscort,
    EscortCommand,
    LeaveDuty,
    NoticeCommand,
    PostNotice,
    StartEscort,
    WithdrawNotice,
)
from lobby.queueing.decide import checks
from lobby.queueing.events.floor import (
    DutyLeft,
    DutySet,
    EscortEnded,
    EscortStarted,
    FloorEvent,
    NoticePosted,
    NoticeWithdrawn,
)
from lobby.queueing.model.escorts import ESCORT_OUTCOMES
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import (
    ESCORTS_MAX,
    LANGUAGES_MAX,
    NOTICE_LENGTH_MAX,
    NOTICE_MINUTES_MAX,
    NOTICES_MAX,
    PEOPLE_ON_DUTY_MAX,
    PLACE_LENGTH_MAX,
)
from lobby.queueing.model.notices import NOTICE_REASONS, NoticeKind, notices_now
from lobby.queueing.refusals.floor import (
    EscortIsOver,
    EscortUnderWay,
    NoticeIsOver,
    NotOnDuty,
    OwnStandIn,
    TooManyNotices,
    UnknownOutcome,
    UnknownReason,
)
from lobby.queueing.refusals.ticket import OutOfRange, ReasonMissing

Events = tuple[FloorEvent, ...]


def decide_duty(hall: Hall, command: DutyCommand, now: datetime) -> Events:
    """Saying again how things stand is no event."""
    note = checks.note(command.note)
    if isinstance(command, LeaveDuty):
        if command.staff not in hall.duty:
            raise NotOnDuty(command.staff)
        return (DutyLeft(now, command.staff, note),)
    if command.stand_in == command.staff:
        raise OwnStandIn
    before = hall.duty.get(command.staff)
    if before is None and len(hall.duty) >= PEOPLE_ON_DUTY_MAX:
        raise OutOfRange(PEOPLE_ON_DUTY_MAX)
    stand_in = command.stand_in or None
    same = (command.state, stand_in, note)
    if before is not None and (before.state, before.stand_in, before.note) == same:
        return ()
    return (DutySet(now, command.staff, command.state, stand_in, note),)


def decide_notice(hall: Hall, command: NoticeCommand, now: datetime) -> Events:
    match command:
        case PostNotice():
            return (_posted(hall, command, now),)
        case WithdrawNotice(notice_id):
            if all(notice.id != notice_id for notice in notices_now(hall.notices, now)):
                raise NoticeIsOver
            return (NoticeWithdrawn(now, notice_id),)
        case _:
            assert_never(command)


def _posted(hall: Hall, command: PostNotice, now: datetime) -> NoticePosted:
    minutes = checks.minutes(command.minutes, NOTICE_MINUTES_MAX)
    if len(notices_now(hall.notices, now)) >= NOTICES_MAX:
        raise TooManyNotices
    texts = _texts(command)
    if command.kind is NoticeKind.CUSTOM and not texts:
        raise ReasonMissing
    if command.kind is not NoticeKind.CUSTOM and command.reason not in NOTICE_REASONS[command.kind]:
        raise UnknownReason(command.reason)
    until = now + timedelta(minutes=minutes)
    reason = checks.note(command.reason)
    return NoticePosted(now, command.kind, reason, until, texts, command.by)


def _texts(command: PostNotice) -> dict[str, str]:
    """What is written by hand, without the languages left empty."""
    if len(command.texts) > LANGUAGES_MAX:
        raise OutOfRange(LANGUAGES_MAX)
    written = {
        language: checks.text(words, NOTICE_LENGTH_MAX) for language, words in command.texts.items()
    }
    return {language: words for language, words in written.items() if words}


def decide_escort(hall: Hall, command: EscortCommand, now: datetime) -> Events:
    match command:
        case StartEscort():
            return (_started(hall, command, now),)
        case EndEscort(escort_id, outcome):
            if all(escort.id != escort_id for escort in hall.escorts):
                raise EscortIsOver
            if outcome not in ESCORT_OUTCOMES:
                raise UnknownOutcome(outcome)
            return (EscortEnded(now, escort_id, outcome),)
        case _:
            assert_never(command)


def _started(hall: Hall, command: StartEscort, now: datetime) -> EscortStarted:
    if command.number is not None:
        checks.ticket(hall, command.number)
    if any(escort.staff == command.staff for escort in hall.escorts):
        raise EscortUnderWay(command.staff)
    if len(hall.escorts) >= ESCORTS_MAX:
        raise OutOfRange(ESCORTS_MAX)
    from_place = checks.text(command.from_place, PLACE_LENGTH_MAX)
    to_place = checks.text(command.to_place, PLACE_LENGTH_MAX) or checks.refuse(ReasonMissing())
    return EscortStarted(now, command.staff, command.number, from_place, to_place)
