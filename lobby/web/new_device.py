"""A device and its pairing code in one act, for the command line."""

from datetime import datetime
from typing import Any

from lobby import typed_text
from lobby.store.devices import DeviceEntry, DeviceKind, add_device, devices_of_branch
from lobby.web.pairing_codes import NAME_LETTERS_MAX, new_code


class DeviceRefusedError(Exception):
    """The sentence says why; nothing was changed."""


NO_NAME = f"Give the device a name of 1 to {NAME_LETTERS_MAX} letters."


def new_device_with_code(
    connection: Any, *, branch_id: str, kind: DeviceKind, name: str, language: str, now: datetime
) -> str:
    """Raises `DeviceRefusedError`: also where a browser is paired under this name, for another
    would be taken for it wherever devices are listed."""
    name = typed_text.name(name)
    if not 1 <= len(name) <= NAME_LETTERS_MAX:
        raise DeviceRefusedError(NO_NAME)
    entries = devices_of_branch(connection, branch_id)
    if any(_is_paired_as(entry, kind, name) for entry in entries):
        raise DeviceRefusedError(
            f"{name} is paired already. Choose another name, or make a new code for it in the "
            "lobby view, under Devices."
        )
    device = add_device(
        connection,
        branch_id=branch_id,
        kind=kind,
        name=name,
        language=language,
        settings={},
        at=now,
    )
    return new_code(connection, device.id, now)


def _is_paired_as(entry: DeviceEntry, kind: DeviceKind, name: str) -> bool:
    same = typed_text.name(entry.device.name).casefold() == name.casefold()
    return same and entry.is_paired and entry.device.kind is kind
