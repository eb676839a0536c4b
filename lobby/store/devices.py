"""Kiosks, displays and machines, and the short codes by which a browser becomes one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, true

from lobby.store.kinds import DeviceKind as DeviceKind
from lobby.store.rows import columns_of
from lobby.store.tables_people import DEVICES, PAIRINGS


@dataclass(frozen=True, slots=True)
class Device:
    """`settings` are the device's own: `mm_per_px`, `orientation`, `zone` and the like."""

    id: int
    branch_id: str
    kind: DeviceKind
    name: str
    language: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """A device as the people of its branch see it in their list."""

    device: Device
    paired_at: datetime | None
    revoked_at: datetime | None

    @property
    def is_paired(self) -> bool:
        return self.paired_at is not None and self.revoked_at is None


DEVICE = columns_of(DEVICES, Device)


def add_device(
    connection: Connection,
    *,
    branch_id: str,
    kind: DeviceKind,
    name: str,
    language: str,
    settings: Mapping[str, Any],
    at: datetime,
) -> Device:
    values = {"branch_id": branch_id, "kind": kind, "name": name, "language": language}
    inserted = connection.execute(
        DEVICES.insert().values(**values, settings=dict(settings), created_at=at)
    )
    assert inserted.inserted_primary_key is not None
    device_id = inserted.inserted_primary_key.id
    return Device(device_id, branch_id, kind, name, language, dict(settings))


def devices_of_branch(connection: Connection, branch_id: str) -> list[DeviceEntry]:
    rows = connection.execute(
        select(*DEVICE, DEVICES.c.paired_at, DEVICES.c.revoked_at)
        .where(DEVICES.c.branch_id == branch_id)
        .order_by(DEVICES.c.kind, DEVICES.c.name, DEVICES.c.id)
    )
    return [DeviceEntry(_device(row), row.paired_at, row.revoked_at) for row in rows]


def device_of_branch(
    connection: Connection, branch_id: str, device_id: int, *, also_revoked: bool = False
) -> Device | None:
    """None where it was revoked, and where it is another branch's: nobody learns that it exists."""
    row = connection.execute(
        select(*DEVICE).where(
            DEVICES.c.id == device_id,
            DEVICES.c.branch_id == branch_id,
            true() if also_revoked else DEVICES.c.revoked_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else _device(row)


def devices_by_token(connection: Connection, token_hashes: Iterable[str]) -> dict[str, Device]:
    """Those that are paired and not revoked, by the hash of their token."""
    rows = connection.execute(
        select(*DEVICE, DEVICES.c.token_hash).where(
            DEVICES.c.token_hash.in_(token_hashes), DEVICES.c.revoked_at.is_(None)
        )
    )
    return {row.token_hash: _device(row) for row in rows}


def change_device(
    connection: Connection,
    device_id: int,
    *,
    name: str,
    language: str,
    settings: Mapping[str, Any],
) -> str | None:
    """The hash of the device's token, if it has one: what is known by it has changed."""
    values = {"name": name, "language": language, "settings": dict(settings)}
    connection.execute(DEVICES.update().where(DEVICES.c.id == device_id).values(**values))
    return _token_of(connection, device_id)


def revoke(connection: Connection, device_id: int, at: datetime) -> str | None:
    """End the device's token and its waiting codes; the hash of the token that was, if any."""
    token_hash = _token_of(connection, device_id)
    connection.execute(PAIRINGS.delete().where(PAIRINGS.c.device_id == device_id))
    connection.execute(
        DEVICES.update().where(DEVICES.c.id == device_id).values(token_hash=None, revoked_at=at)
    )
    return token_hash


def add_pairing(
    connection: Connection, code_hash: str, device_id: int, at: datetime, expires_at: datetime
) -> bool:
    """False where another device waits under the same code: draw again. A device has one code
    at a time; codes that have run out are swept away on the occasion."""
    connection.execute(
        PAIRINGS.delete().where((PAIRINGS.c.expires_at <= at) | (PAIRINGS.c.device_id == device_id))
    )
    if connection.execute(select(PAIRINGS).where(PAIRINGS.c.code_hash == code_hash)).first():
        return False
    connection.execute(
        PAIRINGS.insert().values(code_hash=code_hash, device_id=device_id, expires_at=expires_at)
    )
    return True


def pair(
    connection: Connection, code_hash: str, token_hash: str, at: datetime
) -> tuple[Device, str | None] | None:
    """Swap a code for a token, once: the device, and the hash of the token it had before."""
    code = (PAIRINGS.c.code_hash == code_hash) & PAIRINGS.c.used_at.is_(None)
    device_id = connection.execute(
        select(PAIRINGS.c.device_id).where(code, PAIRINGS.c.expires_at > at)
    ).scalar()
    if device_id is None:
        return None
    before = _token_of(connection, device_id)
    connection.execute(PAIRINGS.update().where(code).values(used_at=at))
    mine = DEVICES.c.id == device_id
    connection.execute(
        DEVICES.update().where(mine).values(token_hash=token_hash, paired_at=at, revoked_at=None)
    )
    return _device(connection.execute(select(*DEVICE).where(mine)).one()), before


def _token_of(connection: Connection, device_id: int) -> str | None:
    query = select(DEVICES.c.token_hash).where(DEVICES.c.id == device_id)
    return connection.execute(query).scalar()


def _device(row: Row[*tuple[object, ...]]) -> Device:
    return Device(row.id, row.branch_id, row.kind, row.name, row.language, row.settings)
