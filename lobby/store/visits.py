"""Reading what has been projected: the visits and sittings of a business day, for reports."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from lobby.queueing.model.intake import ConfirmedBy, OfferedBy
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Channel, TicketState
from lobby.store.rows import read_as, select_as
from lobby.store.tables import SITTINGS, VISITS
from lobby.store.tables_waits import SERVINGS


@dataclass(frozen=True, slots=True)
class Visit:
    """One ticket of a day. `wait_s` runs from taking to the first start of service, in seconds,
    without the time in which the customer was away and the place was kept (`rested_s` of it before
    the first call, `rested_on_way_s` after it); None where service never started. From `rule` on:
    what was advised, and the way to a machine;
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
    rested_s: float = 0.0
    rested_on_way_s: float = 0.0
    channel: Channel = Channel.KIOSK

    @property
    def wait_s(self) -> float | None:
        if self.started_at is None:
            return None
        since_taken_s = (self.started_at - self.taken_at).total_seconds()
        return max(0.0, since_taken_s - self.rested_s - self.rested_on_way_s)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was done of one service in one visit at one go, at one counter; `finished_at` None while
    it lasts."""

    number: str
    service: str
    started_at: datetime
    finished_at: datetime | None
    paused_s: float
    counter: str = ""
    teller: str = ""

    @property
    def served_s(self) -> float:
        """Without pauses; never negative, whatever the clock did."""
        if self.finished_at is None:
            return 0.0
        return max(0.0, (self.finished_at - self.started_at).total_seconds() - self.paused_s)


@dataclass(frozen=True, slots=True)
class SittingSpan:
    """A counter's staffed time; `closed_at` None while it lasts; pauses in seconds. `acted_at` is
    when the teller last opened, paused or took up work there; None in rows from before it was
    kept; `unattended_since` where nobody is there, or was when it was closed. `closing_pause_s` of
    the pauses only the closing ended."""

    counter: str
    teller: str
    opened_at: datetime
    closed_at: datetime | None
    paused_s: float
    paused_at: datetime | None
    acted_at: datetime | None = None
    unattended_since: datetime | None = None
    closing_pause_s: float = 0.0


def visits_of(connection: Connection, branch_id: str, day: date) -> list[Visit]:
    """In the order in which the tickets were taken."""
    query = select_as(VISITS, Visit, branch_id).where(VISITS.c.business_day == day)
    return read_as(connection, Visit, query.order_by(VISITS.c.taken_at, VISITS.c.number))


def stretches_of(connection: Connection, branch_id: str, day: date) -> list[Stretch]:
    """In the order in which they were served."""
    query = select_as(SERVINGS, Stretch, branch_id).where(SERVINGS.c.business_day == day)
    order = (SERVINGS.c.number, SERVINGS.c.ordinal)
    return read_as(connection, Stretch, query.order_by(*order))


def sittings_of(connection: Connection, branch_id: str, day: date) -> list[SittingSpan]:
    query = select_as(SITTINGS, SittingSpan, branch_id).where(SITTINGS.c.business_day == day)
    return read_as(connection, SittingSpan, query.order_by(SITTINGS.c.opened_at))


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
