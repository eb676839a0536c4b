"""Kiosks and displays: who stands in for one, how one is added, paired and revoked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from starlette.requests import HTTPConnection

from lobby.store import devices as rows
from lobby.store.devices import Device as Device
from lobby.store.devices import DeviceEntry as DeviceEntry
from lobby.store.devices import DeviceKind as DeviceKind
from lobby.store.people import Role, Staff
from lobby.web.credentials import hash_of, new_token
from lobby.web.identity import Sessions, identity_of
from lobby.web.pairing_codes import CODE_LIVES, new_code
from lobby.web.services import services_of
from lobby.web.staff import go_first

log = structlog.get_logger()

STAND_INS = frozenset({Role.LOBBY_MANAGER, Role.BRANCH_HEAD, Role.ADMINISTRATOR})
"""Whose own tablet may do what a device does; they also add and revoke devices."""


@dataclass(frozen=True, slots=True)
class PairingCode:
    """Eight digits to type on the device before `expires_at` (on the wall clock), once."""

    code: str
    expires_at: datetime


def device_of(connection: HTTPConnection, kind: DeviceKind) -> Device | None:
    """The paired device of this kind, or the person whose tablet stands in for one (id 0)."""
    identity = identity_of(connection)
    if identity.device is not None and identity.device.kind == kind:
        return identity.device
    return _stand_in(identity.staff, kind)


def require_device(connection: HTTPConnection, kind: DeviceKind) -> Device:
    """Leads to the pairing page whatever is no such device."""
    device = device_of(connection, kind)
    if device is None:
        raise go_first(connection, "/pair")
    return device


def still_paired(connection: HTTPConnection, kind: DeviceKind) -> Callable[[], bool]:
    """For open sockets: whether the device, or the person standing in, is still allowed."""
    sessions, identity = services_of(connection).sessions, identity_of(connection)
    if identity.device is not None and identity.device.kind == kind:
        return lambda: sessions.still_device(identity) is not None
    return lambda: _stand_in(sessions.still_staff(identity), kind) is not None


async def list_devices(sessions: Sessions, branch_id: str) -> list[DeviceEntry]:
    return await sessions.store.read(
        lambda connection: rows.devices_of_branch(connection, branch_id)
    )


async def create_device(
    sessions: Sessions,
    branch_id: str,
    *,
    kind: DeviceKind,
    name: str,
    language: str,
    settings: Mapping[str, Any] | None = None,
) -> Device:
    device = await sessions.store.write(
        lambda connection: rows.add_device(
            connection,
            branch_id=branch_id,
            kind=kind,
            name=name,
            language=language,
            settings=settings or {},
            at=sessions.clock.now(),
        )
    )
    log.info("device added", branch=branch_id, device=device.id, device_kind=kind.value)
    return device


async def device_named(sessions: Sessions, branch_id: str, device_id: int) -> Device | None:
    """None where the branch has no such device."""
    return await _device(sessions, branch_id, device_id)


async def change_device(
    sessions: Sessions, device: Device, *, name: str, language: str, settings: Mapping[str, Any]
) -> None:
    """Its open page comes in again at once and is drawn for the new settings."""
    token_hash = await sessions.store.write(
        lambda connection: rows.change_device(
            connection, device.id, name=name, language=language, settings=settings
        )
    )
    sessions.forget_device(token_hash)
    log.info("device changed", branch=device.branch_id, device=device.id)


async def new_pairing_code(
    sessions: Sessions, branch_id: str, device_id: int
) -> PairingCode | None:
    """None where the branch has no such device, or no longer. A device paired already stays so
    until the code is used; an earlier code of the device ends."""
    if await _device(sessions, branch_id, device_id) is None:
        return None
    now = sessions.clock.now()
    code = await sessions.store.write(lambda connection: new_code(connection, device_id, now))
    return PairingCode(code, now + CODE_LIVES)


async def revoke_device(sessions: Sessions, branch_id: str, device_id: int) -> bool:
    """Its token ends at once, also on open sockets. False where the branch has no such device."""
    if await _device(sessions, branch_id, device_id, also_revoked=True) is None:
        return False
    now = sessions.clock.now()
    token_hash = await sessions.store.write(
        lambda connection: rows.revoke(connection, device_id, now)
    )
    sessions.forget_device(token_hash)
    log.info("device revoked", branch=branch_id, device=device_id)
    return True


async def pair(sessions: Sessions, code: str) -> tuple[Device, str] | None:
    """Swap a code for the device's token. None where the code is unknown, used or too old."""
    token, now = new_token(), sessions.clock.now()
    paired = await sessions.store.write(
        lambda connection: rows.pair(connection, hash_of(code), hash_of(token), now)
    )
    if paired is None:
        return None
    device, token_hash_before = paired
    sessions.forget_device(token_hash_before)
    log.info("device paired", branch=device.branch_id, device=device.id)
    return device, token


async def _device(
    sessions: Sessions, branch_id: str, device_id: int, *, also_revoked: bool = False
) -> Device | None:
    return await sessions.store.read(
        lambda connection: rows.device_of_branch(
            connection, branch_id, device_id, also_revoked=also_revoked
        )
    )


def _stand_in(staff: Staff | None, kind: DeviceKind) -> Device | None:
    if staff is None or staff.role not in STAND_INS:
        return None
    return Device(0, staff.branch_id, kind, staff.name, staff.language, {})
