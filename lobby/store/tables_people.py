"""The tables of who and what may come in: staff with their sessions, devices with their codes."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from lobby.store.columns import Table, coded, core, empty, instant, json_column
from lobby.store.kinds import DeviceKind, Role, StaffChangeKind


class StaffRow(Table, table=True):
    __tablename__ = "staff"

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id", index=True)
    username: str = Field(unique=True, max_length=40)
    name: str
    role: Role = coded("role", Role)
    language: str
    password_hash: str
    active: bool = True
    created_at: datetime = instant()
    locked_at: datetime | None = instant(default=None)
    one_time_until: datetime | None = instant(default=None)
    """Until when a password that somebody else has drawn opens the page for an own one; None where
    the password is the person's own."""


class StaffChangeRow(Table, table=True):
    """Who did what to an account; never changed or deleted."""

    __tablename__ = "staff_changes"

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    at: datetime = instant()
    kind: StaffChangeKind = coded("kind", StaffChangeKind)
    actor: str
    detail: dict[str, Any] = json_column()


class StaffSessionRow(Table, table=True):
    """A signed-in browser; only the hash of its token is kept."""

    __tablename__ = "staff_sessions"

    token_hash: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    created_at: datetime = instant()
    last_seen_at: datetime = instant()
    expires_at: datetime = instant()
    place: str = empty()
    """The address from which it was opened."""


class DeviceRow(Table, table=True):
    """A kiosk, display or machine; `token_hash` is empty until it is paired."""

    __tablename__ = "devices"

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id", index=True)
    kind: DeviceKind = coded("kind", DeviceKind)
    name: str
    language: str
    settings: dict[str, Any] = json_column()
    token_hash: str | None = Field(default=None, unique=True)
    created_at: datetime = instant()
    paired_at: datetime | None = instant(default=None)
    revoked_at: datetime | None = instant(default=None)


class PairingRow(Table, table=True):
    """An eight-digit code for one device: good for five minutes, once."""

    __tablename__ = "pairings"

    code_hash: str = Field(primary_key=True)
    device_id: int = Field(foreign_key="devices.id", index=True)
    expires_at: datetime = instant()
    used_at: datetime | None = instant(default=None)


STAFF = core(StaffRow)
STAFF_CHANGES = core(StaffChangeRow)
STAFF_SESSIONS = core(StaffSessionRow)
DEVICES = core(DeviceRow)
PAIRINGS = core(PairingRow)
