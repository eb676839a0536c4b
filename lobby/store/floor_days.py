"""What the floor did on a business day, kept for reports: duty, notices, escorts and care."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Table, select

from lobby.queueing.events.care import CareRecorded
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.floor import (
    DutyLeft,
    DutySet,
    EscortEnded,
    EscortEvent,
    EscortStarted,
    NoticeEvent,
    NoticePosted,
    NoticeWithdrawn,
)
from lobby.queueing.model.hall import Hall
from lobby.store.duty_spans import duty_statements
from lobby.store.tables_floor import CARE_MARKS, ESCORTS, NOTICES


@dataclass(frozen=True, slots=True)
class KeptNotice:
    id: int
    kind: str
    reason: str
    texts: Mapping[str, str]
    at: datetime
    until: datetime
    by: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptEscort:
    """`outcome` None while it lasts, or where nobody said how it ended."""

    id: int
    staff: str
    ticket: str | None
    from_place: str
    to_place: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class KeptCareMark:
    id: int
    ticket: str
    step: str
    at: datetime
    staff: str


def floor_statements(hall: Hall, event: Event) -> Iterator[Executable]:
    """What the event, the last of `hall`, changes."""
    match event:
        case DayOpened() | DutySet() | DutyLeft():
            yield from duty_statements(hall, event)
        case NoticePosted() | NoticeWithdrawn():
            yield _notice(hall, event)
        case EscortStarted() | EscortEnded():
            yield _escort(hall, event)
        case CareRecorded():
            yield _new(
                CARE_MARKS,
                hall,
                ticket=event.number,
                step=event.step.value,
                at=event.at,
                staff=event.staff,
            )
        case _:
            return


def _notice(hall: Hall, event: NoticeEvent) -> Executable:
    if isinstance(event, NoticeWithdrawn):
        return _changed(NOTICES, hall, event.notice_id, withdrawn_at=event.at)
    return _new(
        NOTICES,
        hall,
        kind=event.kind.value,
        reason=event.reason,
        texts=dict(event.texts),
        at=event.at,
        until=event.until,
        by=event.by,
    )


def _escort(hall: Hall, event: EscortEvent) -> Executable:
    if isinstance(event, EscortEnded):
        return _changed(ESCORTS, hall, event.escort_id, ended_at=event.at, outcome=event.outcome)
    return _new(
        ESCORTS,
        hall,
        staff=event.staff,
        ticket=event.ticket,
        from_place=event.from_place,
        to_place=event.to_place,
        started_at=event.at,
    )


def _new(table: Table, hall: Hall, **values: object) -> Executable:
    kept = {"branch_id": hall.plan.id, "id": hall.version, "business_day": hall.day, **values}
    return table.insert().values(**kept)


def _changed(table: Table, hall: Hall, row_id: int, **values: object) -> Executable:
    mine = (table.c.branch_id == hall.plan.id) & (table.c.id == row_id)
    return table.update().where(mine).values(**values)


def notices_of(connection: Connection, branch_id: str, day: date) -> list[KeptNotice]:
    """Those posted on a business day, in order."""
    return _rows(connection, NOTICES, KeptNotice, branch_id, day)


def escorts_of(connection: Connection, branch_id: str, day: date) -> list[KeptEscort]:
    return _rows(connection, ESCORTS, KeptEscort, branch_id, day)


def care_marks_of(connection: Connection, branch_id: str, day: date) -> list[KeptCareMark]:
    return _rows(connection, CARE_MARKS, KeptCareMark, branch_id, day)


Kept = TypeVar("Kept", KeptNotice, KeptEscort, KeptCareMark)


def _rows(
    connection: Connection, table: Table, kind: type[Kept], branch_id: str, day: date
) -> list[Kept]:
    fields: Mapping[str, Any] = kind.__dataclass_fields__
    query = (
        select(*(table.c[name] for name in fields))
        .where(table.c.branch_id == branch_id, table.c.business_day == day)
        .order_by(table.c.id)
    )
    return [kind(**row._mapping) for row in connection.execute(query)]
