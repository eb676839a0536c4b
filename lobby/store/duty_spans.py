"""Lobby duty as it was: who was there for the hall, from when to when, and in which state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Executable, select

from lobby.queueing.events.event import DayOpened
from lobby.queueing.events.floor import DutyEvent, DutyLeft, DutySet
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.hall import Hall
from lobby.store.tables_floor import DUTY_SPANS


@dataclass(frozen=True, slots=True)
class DutySpan:
    """`ended_at` None while it lasts."""

    staff: str
    state: DutyState
    began_at: datetime
    ended_at: datetime | None
    stand_in: str | None
    note: str


def duty_statements(hall: Hall, event: DayOpened | DutyEvent) -> Iterator[Executable]:
    """What the event, the last of `hall`, changes. A note or a stand-in alone begins no new
    stretch."""
    match event:
        case DayOpened():
            carried = [duty.staff for duty in event.duty]
            gone = DUTY_SPANS.c.staff.not_in(carried)
            yield DUTY_SPANS.update().where(_open(hall), gone).values(ended_at=event.at)
        case DutySet():
            yield from _set(hall, event)
        case DutyLeft():
            yield _ended(hall, event.staff, event.at)


def _set(hall: Hall, event: DutySet) -> Iterator[Executable]:
    said = {"stand_in": event.stand_in, "note": event.note}
    if hall.duty[event.staff].since != event.at:
        mine = DUTY_SPANS.c.staff == event.staff
        yield DUTY_SPANS.update().where(_open(hall), mine).values(**said)
        return
    yield _ended(hall, event.staff, event.at)
    yield DUTY_SPANS.insert().values(
        branch_id=hall.plan.id,
        id=hall.version,
        business_day=hall.day,
        staff=event.staff,
        state=event.state.value,
        began_at=event.at,
        **said,
    )


def _ended(hall: Hall, staff: str, at: datetime) -> Executable:
    mine = DUTY_SPANS.c.staff == staff
    return DUTY_SPANS.update().where(_open(hall), mine).values(ended_at=at)


def _open(hall: Hall) -> ColumnElement[bool]:
    spans = DUTY_SPANS.c
    is_open: ColumnElement[bool] = (spans.branch_id == hall.plan.id) & spans.ended_at.is_(None)
    return is_open


def duty_spans_of(connection: Connection, branch_id: str, day: date) -> list[DutySpan]:
    """Those that began on a business day, in the order in which they began."""
    query = (
        select(*(DUTY_SPANS.c[name] for name in DutySpan.__dataclass_fields__))
        .where(DUTY_SPANS.c.branch_id == branch_id, DUTY_SPANS.c.business_day == day)
        .order_by(DUTY_SPANS.c.id)
    )
    rows = connection.execute(query)
    return [DutySpan(**{**row._mapping, "state": DutyState(row.state)}) for row in rows]
