"""The fold of what staff do for the hall: lobby duty, notices and escorts."""

from dataclasses import replace
from typing import assert_never

from lobby.queueing.events.floor import (
    DutyEvent,
    DutyLeft,
    DutySet,
    EscortEnded,
    EscortEvent,
    EscortStarted,
    NoticeEvent,
    NoticePosted,
    NoticeWithdrawn,
)
from lobby.queueing.model.duty import Duty, Handover
from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.notices import Notice

AttendanceEvent = DutyEvent | NoticeEvent | EscortEvent


def evolve_attendance(hall: Hall, event: AttendanceEvent) -> Hall:
    match event:
        case DutySet():
            return _duty_set(hall, event)
        case DutyLeft():
            return _duty_left(hall, event)
        case NoticePosted():
            return _posted(hall, event)
        case NoticeWithdrawn():
            others = (notice for notice in hall.notices if notice.id != event.notice_id)
            return replace(hall, notices=tuple(others))
        case EscortStarted():
            places = (event.from_place, event.to_place)
            escort = Escort(hall.version, event.staff, event.ticket, *places, event.at)
            return replace(hall, escorts=(*hall.escorts, escort))
        case EscortEnded():
            under_way = (escort for escort in hall.escorts if escort.id != event.escort_id)
            return replace(hall, escorts=tuple(under_way))
        case _:
            assert_never(event)


def _duty_set(hall: Hall, event: DutySet) -> Hall:
    before = hall.duty.get(event.staff)
    since = before.since if before and before.state is event.state else event.at
    duty = Duty(event.staff, event.state, since, event.stand_in, event.note)
    return replace(hall, duty={**hall.duty, event.staff: duty})


def _duty_left(hall: Hall, event: DutyLeft) -> Hall:
    """A note stands until the next one; who leaves without a word leaves it as it is."""
    others = {staff: duty for staff, duty in hall.duty.items() if staff != event.staff}
    note = Handover(event.note, event.staff, event.at) if event.note else hall.handover
    return replace(hall, duty=others, handover=note)


def _posted(hall: Hall, event: NoticePosted) -> Hall:
    """What is over makes room."""
    kept = (notice for notice in hall.notices if event.at < notice.until)
    notice = Notice(
        hall.version, event.kind, event.reason, event.texts, event.at, event.until, event.by
    )
    return replace(hall, notices=(*kept, notice))
