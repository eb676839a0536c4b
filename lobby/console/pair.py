"""`lobby pair`: the code with which a kiosk or display joins, where no screen can make one yet."""

from argparse import Namespace
from datetime import UTC, datetime

from lobby import typed_text
from lobby.console.database import (
    KNOWN,
    branch_of,
    read,
    require_ready,
    require_unused,
    settings_of_environment,
    write,
)
from lobby.console.errors import CommandError, one_sentence
from lobby.console.pairing import new_device_with_code
from lobby.settings import Database
from lobby.store.devices import DeviceEntry, DeviceKind, devices_of_branch
from lobby.store.errors import StoreInUseError
from lobby.web.devices import CODE_LIVES


def run(options: Namespace) -> int:
    database = settings_of_environment().database
    _not_beside_a_server(database)
    require_ready(database)
    plan = branch_of(database, options.branch)
    now = datetime.now(UTC)
    kind = DeviceKind(options.kind)
    entries = read(database, lambda connection: devices_of_branch(connection, plan.id))
    if any(_is_paired_as(entry, kind, options.name) for entry in entries):
        raise CommandError(
            f"{options.name} is paired already. Choose another name, or make a new code for it in "
            "the lobby view, under Devices."
        )
    code = write(
        database,
        lambda connection: new_device_with_code(
            connection,
            branch_id=plan.id,
            kind=kind,
            name=options.name,
            language=options.language or plan.language,
            now=now,
        ),
    )
    until = (now + CODE_LIVES).astimezone()
    print(f"{code[:4]} {code[4:]}")
    print(
        f"Start Lobby, open /pair on the {options.kind} and type this code before "
        f"{until:%H:%M:%S}. It works once."
    )
    return 0


def _is_paired_as(entry: DeviceEntry, kind: DeviceKind, name: str) -> bool:
    """Another browser under its name would be taken for this one wherever devices are listed."""
    same = typed_text.name(entry.device.name).casefold() == typed_text.name(name).casefold()
    return same and entry.is_paired and entry.device.kind is kind


def _not_beside_a_server(database: Database) -> None:
    try:
        with one_sentence(*(known for known in KNOWN if known is not StoreInUseError)):
            require_unused(database)
    except StoreInUseError as error:
        raise CommandError(
            "Lobby is running on this database, so make the code in the lobby view, under Devices."
        ) from error
