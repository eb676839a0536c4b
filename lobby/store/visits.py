"""Reading what has been projected: the visits and sittings of a business day, for reports."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from lobby.queueing.model.intake import ConfirmedBy, OfferedBy
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import TicketState
from lobby.store.tables import SITTINGS, VISITS


@dataclass(frozen=True, slots=True)
class Visit:
    """One ticket of a day. `wait_s` runs from taking to the first start of service, in seconds;
    None where service never started. From `rule` on: what was advised, and the way to a machine;
    accepted, neither done nor returned, and ended is unconfirmed. `overtakes` counts later tickets
    called before it, `by_hand` that a teller chose it."""

    number: str
    service: str
    last_service: str
    state: TicketState
    language: str
    taken_at: datetime
    first_called_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    served_s: float
    calls: int
    absences: int
    transfers: int
    counter: str | None
    teller: str | None
    rule: str = ""
    rule_set: str = ""
    eligible: bool = False
    exclusion: str = ""
    help_wanted: bool = False
    offered_by: OfferedBy | None = None
    offered_staff: str | None = None
    offered_at: datetime | None = None
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    machine: str | None = None
    machine_done_at: datetime | None = None
    confirmed_by: ConfirmedBy | None = None
    returned_at: datetime | None = None
    went_along_at: datetime | None = None
    went_along_by: str | None = None
    diversion_reason: str | None = None
    priority: Priority = Priority.REGULAR
    overtakes: int = 0
    by_hand: bool = False
    hand_reason: str = ""

    @property
    def wait_s(self) -> float | None:
        if self.started_at is None:
            return None
        return max(0.0, (self.started_at - self.taken_at).total_seconds())


@dataclass(frozen=True, slots=True)
class SittingSpan:
    """A counter's staffed time; `closed_at` None while it lasts; pauses in seconds."""

    counter: str
    teller: str
    opened_at: datetime
    closed_at: datetime | None
    paused_s: float
    paused_at: datetime | None


def visits_of(connection: Connection, branch_id: str, day: date) -> list[Visit]:
    """In the order in which the tickets were taken."""
    columns = [VISITS.c[name] for name in Visit.__dataclass_fields__]
    rows = connection.execute(
        select(*columns)
        .where(VISITS.c.branch_id == branch_id, VISITS.c.business_day == day)
        .order_by(VISITS.c.taken_at, VISITS.c.number)
    ).all()
    return [_visit(row) for row in rows]


def _visit(row: Row[Any]) -> Visit:
    words = {
        "state": TicketState(row.state),
        "offered_by": OfferedBy(row.offered_by) if row.offered_by else None,
        "priority": Priority(row.priority),
        "confirmed_by": ConfirmedBy(row.confirmed_by) if row.confirmed_by else None,
    }
    return Visit(**{**row._mapping, **words})


def sittings_of(connection: Connection, branch_id: str, day: date) -> list[SittingSpan]:
    columns = [SITTINGS.c[name] for name in SittingSpan.__dataclass_fields__]
    rows = connection.execute(
        select(*columns)
        .where(SITTINGS.c.branch_id == branch_id, SITTINGS.c.business_day == day)
        .order_by(SITTINGS.c.opened_at)
    ).all()
    return [SittingSpan(**row._mapping) for row in rows]


def days_with_visits(connection: Connection, branch_id: str) -> list[date]:
    """Newest first."""
    query = (
        select(VISITS.c.business_day)
        .where(VISITS.c.branch_id == branch_id)
        .distinct()
        .order_by(VISITS.c.business_day.desc())
    )
    return list(connection.execute(query).scalars())


def visit_by_secret(connection: Connection, secret: str) -> tuple[str, date, str] | None:
    """Branch, business day and number of the ticket behind a customer's link."""
    query = select(VISITS.c.branch_id, VISITS.c.business_day, VISITS.c.number).where(
        VISITS.c.secret == secret
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.branch_id, row.business_day, row.number)
