"""A device and its pairing code in one act, for a database that no server has open."""

import secrets
from datetime import datetime
from typing import Any

from lobby.store.devices import DeviceKind, add_device, add_pairing
from lobby.web.credentials import hash_of
from lobby.web.devices import CODE_DIGITS, CODE_LIVES


def new_device_with_code(
    connection: Any, *, branch_id: str, kind: DeviceKind, name: str, language: str, now: datetime
) -> str:
    device = add_device(
        connection,
        branch_id=branch_id,
        kind=kind,
        name=name,
        language=language,
        settings={},
        at=now,
    )
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        if add_pairing(connection, hash_of(code), device.id, now, now + CODE_LIVES):
            return code
