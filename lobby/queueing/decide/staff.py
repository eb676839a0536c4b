"""Lobby duty, notices and escorts, decided: who is there for the hall, and what it is told."""

from datetime import datetime, timedelta

from lobby.queueing.commands.floor import (
    EndEscort,
    PostNotice,
    SetDuty,
    StartEscort,
    WithdrawNotice,
)
from lobby.queueing.decide import checks
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.events.floor import (
    DutySet,
    EscortEnded,
    EscortStarted,
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
from lobby.queueing.model.notices import NOTICE_REASONS, NoticeKind, kiosk_stop, notices_now
from lobby.queueing.refusals.floor import (
    EscortIsOver,
    EscortUnderWay,
    NoticeIsOver,
    OwnStandIn,
    TooManyNotices,
    UnknownOutcome,
    UnknownReason,
)
from lobby.queueing.refusals.ticket import OutOfRange, ReasonMissing


def _set_duty(hall: Hall, command: SetDuty, now: datetime) -> Events:
    """Saying again how things stand is no event."""
    note = checks.note(command.note)
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


def _post_notice(hall: Hall, command: PostNotice, now: datetime) -> Events:
    """A stop of the kiosks has room beside any others, and takes the place of an earlier stop."""
    minutes = checks.minutes(command.minutes, NOTICE_MINUTES_MAX)
    is_stop = command.kind is NoticeKind.KIOSK_STOPPED
    if not is_stop and len(notices_now(hall.notices, now)) >= NOTICES_MAX:
        raise TooManyNotices
    texts = _texts(command)
    if command.kind is NoticeKind.CUSTOM and not texts:
        raise ReasonMissing
    if command.kind is not NoticeKind.CUSTOM and command.reason not in NOTICE_REASONS[command.kind]:
        raise UnknownReason(command.reason)
    until = now + timedelta(minutes=minutes)
    reason = checks.note(command.reason)
    posted = NoticePosted(now, command.kind, reason, until, texts, command.by)
    before = kiosk_stop(hall.notices, now) if is_stop else None
    return (NoticeWithdrawn(now, before.id), posted) if before else (posted,)


def _texts(command: PostNotice) -> dict[str, str]:
    """What is written by hand, without the languages left empty."""
    if len(command.texts) > LANGUAGES_MAX:
        raise OutOfRange(LANGUAGES_MAX)
    written = {
        language: checks.text(words, NOTICE_LENGTH_MAX) for language, words in command.texts.items()
    }
    return {language: words for language, words in written.items() if words}


def _withdraw_notice(hall: Hall, command: WithdrawNotice, now: datetime) -> Events:
    notice_id = command.notice_id
    if all(notice.id != notice_id for notice in notices_now(hall.notices, now)):
        raise NoticeIsOver
    return (NoticeWithdrawn(now, notice_id),)


def _start_escort(hall: Hall, command: StartEscort, now: datetime) -> Events:
    if command.number is not None:
        checks.ticket(hall, command.number)
    if any(escort.staff == command.staff for escort in hall.escorts):
        raise EscortUnderWay(command.staff)
    if len(hall.escorts) >= ESCORTS_MAX:
        raise OutOfRange(ESCORTS_MAX)
    from_place = checks.text(command.from_place, PLACE_LENGTH_MAX)
    to_place = checks.text(command.to_place, PLACE_LENGTH_MAX) or checks.refuse(ReasonMissing())
    return (EscortStarted(now, command.staff, command.number, from_place, to_place),)


def _end_escort(hall: Hall, command: EndEscort, now: datetime) -> Events:
    if all(escort.id != command.escort_id for escort in hall.escorts):
        raise EscortIsOver
    if command.outcome not in ESCORT_OUTCOMES:
        raise UnknownOutcome(command.outcome)
    return (EscortEnded(now, command.escort_id, command.outcome),)


DECIDERS: Deciders = {
    SetDuty: _set_duty,
    PostNotice: _post_notice,
    WithdrawNotice: _withdraw_notice,
    StartEscort: _start_escort,
    EndEscort: _end_escort,
}
