"""Every table of the database; the event log is the truth, all else configures or projects it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, MetaData, Text, UniqueConstraint, false, text
from sqlalchemy import Table as CoreTable
from sqlmodel import Field, SQLModel

from lobby.store.instant import Instant

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    metadata = MetaData(naming_convention=NAMING)


def _instant(**options: Any) -> Any:
    return Field(sa_type=Instant, **options)


def _json(**options: Any) -> Any:
    return Field(sa_type=JSON, **options)


def _no(**options: Any) -> Any:
    return Field(default=False, sa_column_kwargs={"server_default": false()}, **options)


def _empty(**options: Any) -> Any:
    return Field(default="", sa_column_kwargs={"server_default": text("''")}, **options)


def _kept(**options: Any) -> Any:
    """Written by one act of its own, and left alone when the rest of the row is written anew."""
    return Field(default=None, sa_column_kwargs={"info": {"kept": True}}, **options)


class BranchRow(Table, table=True):
    __tablename__ = "branches"

    id: str = Field(primary_key=True, max_length=40)
    names: dict[str, str] = _json()
    time_zone: str
    language: str
    target_min: float
    dial: str = Field(default="suggest", sa_column_kwargs={"server_default": text("'suggest'")})


class ServiceRow(Table, table=True):
    __tablename__ = "services"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    code: str = Field(primary_key=True, max_length=10)
    position: int
    prefix: str = Field(max_length=1)
    pool: str
    minutes: float
    names: dict[str, str] = _json()


class CounterRow(Table, table=True):
    __tablename__ = "counters"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    id: str = Field(primary_key=True, max_length=20)
    number: int


class MachineRow(Table, table=True):
    __tablename__ = "machines"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    id: str = Field(primary_key=True, max_length=20)
    position: int
    kind: str
    functions: list[str] = _json()
    places: dict[str, str] = _json()


class CatalogueRow(Table, table=True):
    """Services and rules as they hold from a day on, in the form that they were written in."""

    __tablename__ = "catalogues"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    version: str = Field(primary_key=True, max_length=40)
    valid_from: date
    source: str
    content: str = Field(sa_column=Column(Text, nullable=False))


class EventRow(Table, table=True):
    """The log: `version` runs 1, 2, 3... per branch."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "branch_id", "business_day"),)

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    version: int = Field(primary_key=True)
    at: datetime = _instant()
    business_day: date
    kind: str
    payload_version: int
    payload: str = Field(sa_column=Column(Text, nullable=False))
    actor_kind: str
    actor_id: str
    key: str


class ActRow(Table, table=True):
    """What an idempotency key did: a second try gets the events of the first."""

    __tablename__ = "acts"
    __table_args__ = (Index(None, "at"),)

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    key: str = Field(primary_key=True, max_length=100)
    fingerprint: str
    first_version: int
    last_version: int
    at: datetime = _instant()


class VisitRow(Table, table=True):
    """One ticket's whole visit, written in the transaction of its events; reports read it.

    `service` is the one asked for, `last_service` the one after transfers; `served_s` sums all
    servings; `state` is a `TicketState`. `rule` of `rule_set` advised; `eligible` counts the visit
    in the diversion rate, `exclusion` says why not; the rest follows the way to the machine.
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
    channel: str
    state: str
    taken_at: datetime = _instant()
    first_called_at: datetime | None = _instant(default=None)
    started_at: datetime | None = _instant(default=None)
    ended_at: datetime | None = _instant(default=None)
    served_s: float = 0.0
    calls: int = 0
    absences: int = 0
    returns: int = 0
    transfers: int = 0
    holds: int = 0
    counter: str | None = None
    teller: str | None = None
    rule: str = _empty()
    rule_set: str = _empty()
    eligible: bool = _no()
    exclusion: str = _empty()
    help_wanted: bool = _no()
    offered_by: str | None = None
    offered_staff: str | None = _kept()
    offered_at: datetime | None = _instant(default=None)
    accepted_at: datetime | None = _instant(default=None)
    declined_at: datetime | None = _instant(default=None)
    machine: str | None = None
    machine_done_at: datetime | None = _instant(default=None)
    confirmed_by: str | None = None
    returned_at: datetime | None = _instant(default=None)


class SittingRow(Table, table=True):
    """One teller's time at one counter, for utilisation."""

    __tablename__ = "sittings"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    counter: str = Field(primary_key=True)
    opened_at: datetime = _instant(primary_key=True)
    business_day: date = Field(index=True)
    teller: str
    paused_s: float = 0.0
    paused_at: datetime | None = _instant(default=None)
    closed_at: datetime | None = _instant(default=None)


class FaultRow(Table, table=True):
    """One stretch in which a machine was down, or out of notes; open while `closed_at` is empty."""

    __tablename__ = "faults"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    machine: str = Field(primary_key=True)
    opened_at: datetime = _instant(primary_key=True)
    state: str
    closed_at: datetime | None = _instant(default=None)


class HelpCallRow(Table, table=True):
    """One call for a colleague; `id` is the version of the event that called."""

    __tablename__ = "help_calls"
    __table_args__ = (Index(None, "branch_id", "business_day"),)

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    id: int = Field(primary_key=True)
    business_day: date
    kind: str
    place: str
    ticket: str | None = None
    called_at: datetime = _instant()
    taken_by: str | None = None
    taken_at: datetime | None = _instant(default=None)
    ended_at: datetime | None = _instant(default=None)
    outcome: str | None = None


class StaffRow(Table, table=True):
    __tablename__ = "staff"

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id", index=True)
    username: str = Field(unique=True, max_length=40)
    name: str
    role: str
    language: str
    password_hash: str
    active: bool = True
    created_at: datetime = _instant()


class StaffSessionRow(Table, table=True):
    """A signed-in browser; only the hash of its token is kept."""

    __tablename__ = "staff_sessions"

    token_hash: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    created_at: datetime = _instant()
    last_seen_at: datetime = _instant()
    expires_at: datetime = _instant()


class DeviceRow(Table, table=True):
    """A kiosk, display or machine; `token_hash` is empty until it is paired."""

    __tablename__ = "devices"

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id", index=True)
    kind: str
    name: str
    language: str
    settings: dict[str, Any] = _json()
    token_hash: str | None = Field(default=None, unique=True)
    created_at: datetime = _instant()
    paired_at: datetime | None = _instant(default=None)
    revoked_at: datetime | None = _instant(default=None)


class PairingRow(Table, table=True):
    """An eight-digit code for one device: good for five minutes, once."""

    __tablename__ = "pairings"

    code_hash: str = Field(primary_key=True)
    device_id: int = Field(foreign_key="devices.id", index=True)
    expires_at: datetime = _instant()
    used_at: datetime | None = _instant(default=None)


def _core(row: type[Table]) -> CoreTable:
    table: CoreTable = row.__table__  # type: ignore[attr-defined]
    return table


BRANCHES = _core(BranchRow)
SERVICES = _core(ServiceRow)
COUNTERS = _core(CounterRow)
MACHINES = _core(MachineRow)
CATALOGUES = _core(CatalogueRow)
EVENTS = _core(EventRow)
ACTS = _core(ActRow)
VISITS = _core(VisitRow)
SITTINGS = _core(SittingRow)
FAULTS = _core(FaultRow)
HELP_CALLS = _core(HelpCallRow)
STAFF = _core(StaffRow)
STAFF_SESSIONS = _core(StaffSessionRow)
DEVICES = _core(DeviceRow)
PAIRINGS = _core(PairingRow)
