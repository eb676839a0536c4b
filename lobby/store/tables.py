"""Every table of the database; the event log is the truth, all else configures or projects it."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from lobby.machines import MachineKind, MachineState
from lobby.queueing.model.intake import ConfirmedBy, OfferedBy
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Channel, TicketState
from lobby.store.columns import (
    Table,
    coded,
    core,
    empty,
    instant,
    json_column,
    kept,
    unless_set,
    zero,
)
from lobby.store.kinds import ActorKind
from lobby.triage.situation import Dial


class BranchRow(Table, table=True):
    __tablename__ = "branches"

    id: str = Field(primary_key=True, max_length=40)
    names: dict[str, str] = json_column()
    time_zone: str
    language: str
    target_min: float
    dial: Dial = coded("dial", Dial, otherwise=Dial.SUGGEST)


class ServiceRow(Table, table=True):
    __tablename__ = "services"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    code: str = Field(primary_key=True, max_length=10)
    position: int
    prefix: str = Field(max_length=1)
    pool: str
    minutes: float
    names: dict[str, str] = json_column()


class CounterRow(Table, table=True):
    __tablename__ = "counters"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    id: str = Field(primary_key=True, max_length=20)
    number: int
    """Its place among the counters; in older rows what stands on its sign, in that order too."""
    premium: bool = unless_set()
    label: str = empty()


class MachineRow(Table, table=True):
    __tablename__ = "machines"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    id: str = Field(primary_key=True, max_length=20)
    position: int
    kind: MachineKind = coded("kind", MachineKind)
    functions: list[str] = json_column()
    places: dict[str, str] = json_column()


class CatalogueRow(Table, table=True):
    """Services and rules as they hold from a day on, in the form that they were written in."""

    __tablename__ = "catalogues"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    version: str = Field(primary_key=True, max_length=40)
    valid_from: date
    source: str
    content: str = Field(sa_column=Column(Text, nullable=False))
    set_up_version: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """The change of set-up that it follows from; none where it was loaded from a file."""


class EventRow(Table, table=True):
    """The log: `version` runs 1, 2, 3... per branch; `digest` follows from the event and from the
    digest before it, and is empty in events from before there were digests."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "branch_id", "business_day"),)

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    version: int = Field(primary_key=True)
    at: datetime = instant()
    business_day: date
    kind: str
    payload_version: int
    payload: str = Field(sa_column=Column(Text, nullable=False))
    actor_kind: ActorKind = coded("actor_kind", ActorKind)
    actor_id: str
    key: str
    digest: str | None = None


class ActRow(Table, table=True):
    """What an idempotency key did: a second try gets the events of the first."""

    __tablename__ = "acts"
    __table_args__ = (Index(None, "at"),)

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    key: str = Field(primary_key=True, max_length=100)
    fingerprint: str
    first_version: int
    last_version: int
    at: datetime = instant()


class RecordActRow(Table, table=True):
    """What an idempotency key wrote beside the log: a second try gets the first one's result."""

    __tablename__ = "record_acts"
    __table_args__ = (Index(None, "at"),)

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    key: str = Field(primary_key=True, max_length=100)
    fingerprint: str
    result: str
    at: datetime = instant()


class WrittenBatchRow(Table, table=True):
    """The number of the last batch that a writing process committed. PostgreSQL only: a process
    whose connection broke in the commit learns here whether it took place."""

    __tablename__ = "written_batches"

    writer: str = Field(primary_key=True, max_length=40)
    batch: int = Field(sa_type=BigInteger)
    at: datetime = instant()


class VisitRow(Table, table=True):
    """One ticket's whole visit, written in the transaction of its events; reports read it.

    `service` is the one asked for, `last_service` the one after transfers; `served_s` sums all
    servings. `rule` of `rule_set` advised; `eligible` counts the visit
    in the diversion rate, `exclusion` says why not; what follows is the way to the machine.
    `overtakes` counts who was called before it; `by_hand` that a teller chose it, and why.
    `rested_s` is how long the place was kept for somebody away before the first call,
    `rested_on_way_s` between it and the first start of service.
    """

    __tablename__ = "visits"
    __table_args__ = (UniqueConstraint("secret"),)

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    business_day: date = Field(primary_key=True)
    number: str = Field(primary_key=True, max_length=8)
    secret: str
    service: str
    last_service: str
    services_done: str
    language: str
    channel: Channel = coded("channel", Channel)
    state: TicketState = coded("state", TicketState)
    taken_at: datetime = instant()
    first_called_at: datetime | None = instant(default=None)
    started_at: datetime | None = instant(default=None)
    ended_at: datetime | None = instant(default=None)
    served_s: float = 0.0
    calls: int = 0
    absences: int = 0
    returns: int = 0
    transfers: int = 0
    holds: int = 0
    counter: str | None = None
    teller: str | None = None
    rule: str = empty()
    rule_set: str = empty()
    eligible: bool = unless_set()
    exclusion: str = empty()
    help_wanted: bool = unless_set()
    offered_by: OfferedBy | None = coded("offered_by", OfferedBy, default=None)
    offered_staff: str | None = kept()
    offered_at: datetime | None = instant(default=None)
    accepted_at: datetime | None = instant(default=None)
    declined_at: datetime | None = instant(default=None)
    machine: str | None = None
    machine_done_at: datetime | None = instant(default=None)
    confirmed_by: ConfirmedBy | None = coded("confirmed_by", ConfirmedBy, default=None)
    returned_at: datetime | None = instant(default=None)
    went_along_at: datetime | None = instant(default=None)
    went_along_by: str | None = None
    diversion_reason: str | None = None
    priority: Priority = coded("priority", Priority, otherwise=Priority.REGULAR)
    overtakes: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    by_hand: bool = unless_set()
    hand_reason: str = empty()
    rested_s: float = zero()
    rested_on_way_s: float = zero()


class SittingRow(Table, table=True):
    """One teller's time at one counter, for utilisation. `acted_at` is when they last opened,
    paused or took up work; `closing_pause_s` of `paused_s` only the closing ended;
    `unattended_since` where nobody is there, or was when the counter was closed."""

    __tablename__ = "sittings"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    counter: str = Field(primary_key=True)
    opened_at: datetime = instant(primary_key=True)
    business_day: date = Field(index=True)
    teller: str
    paused_s: float = 0.0
    paused_at: datetime | None = instant(default=None)
    closed_at: datetime | None = instant(default=None)
    acted_at: datetime | None = instant(default=None)
    unattended_since: datetime | None = instant(default=None)
    closing_pause_s: float = zero()


class FaultRow(Table, table=True):
    """One stretch in which a machine was down, or out of notes; open while `closed_at` is empty."""

    __tablename__ = "faults"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    machine: str = Field(primary_key=True)
    opened_at: datetime = instant(primary_key=True)
    state: MachineState = coded("state", MachineState)
    closed_at: datetime | None = instant(default=None)


BRANCHES = core(BranchRow)
SERVICES = core(ServiceRow)
COUNTERS = core(CounterRow)
MACHINES = core(MachineRow)
CATALOGUES = core(CatalogueRow)
EVENTS = core(EventRow)
ACTS = core(ActRow)
RECORD_ACTS = core(RecordActRow)
WRITTEN_BATCHES = core(WrittenBatchRow)
VISITS = core(VisitRow)
SITTINGS = core(SittingRow)
FAULTS = core(FaultRow)
