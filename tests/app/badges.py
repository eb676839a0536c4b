"""What people and devices show at the door: rows in a new database, and the cookie to go with."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from lobby.store.devices import DeviceKind, add_device, add_pairing, pair
from lobby.store.people import Role, add_staff, open_session
from lobby.web.credentials import hash_of, new_token

SESSION_COOKIE, DEVICE_COOKIE = "lobby-session", "lobby-device"


@dataclass(frozen=True, slots=True)
class Badge:
    """The `id` of a person or device in its table, and its cookie."""

    id: str
    name: str
    token: str

    @property
    def header(self) -> str:
        return f"{self.name}={self.token}"


def employ(
    connection: Connection,
    username: str,
    role: Role,
    branch_id: str = "riverside",
    language: str = "en",
) -> Badge:
    """A person who has signed in already and never needs a password."""
    staff = add_staff(
        connection,
        branch_id=branch_id,
        username=username,
        name=username.title(),
        role=role,
        language=language,
        password_hash="",
        at=datetime.now(UTC),
    )
    return sign_in(connection, staff.id)


def sign_in(connection: Connection, staff_id: int) -> Badge:
    now, token = datetime.now(UTC), new_token()
    open_session(connection, hash_of(token), staff_id, now, now + timedelta(hours=12))
    return Badge(str(staff_id), SESSION_COOKIE, token)


def pair_device(
    connection: Connection,
    kind: DeviceKind,
    branch_id: str = "riverside",
    *,
    name: str = "",
    language: str = "en",
    settings: Mapping[str, Any] | None = None,
) -> Badge:
    """A device that has typed in its code already."""
    now, code, token = datetime.now(UTC), hash_of(secrets.token_hex()), new_token()
    device = add_device(
        connection,
        branch_id=branch_id,
        kind=kind,
        name=name or kind.value,
        language=language,
        settings=dict(settings or {}),
        at=now,
    )
    assert add_pairing(connection, code, device.id, now, now + timedelta(minutes=5))
    assert pair(connection, code, hash_of(token), now)
    return Badge(str(device.id), DEVICE_COOKIE, token)
