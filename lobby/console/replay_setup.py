"""Sets up the database in which a recorded day is replayed: branch, people, devices."""

import secrets
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lobby.accounts.passwords import hash_password
from lobby.console.database import write
from lobby.queueing.model.plan import Plan
from lobby.replay.play import Keys
from lobby.replay.script import Script
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind
from lobby.store.migrate import migrate
from lobby.store.people import Role, add_staff
from lobby.web.new_device import new_device_with_code

HEAD = "head"
KIOSKS = ("Kiosk 1", "Kiosk 2")
DISPLAYS = ("Display 1", "Display 2")

FIRST_PORT, LAST_PORT = 20_000, 32_000
"""Below the range from which the system draws ports for clients."""


def set_up_replay(database: Path, plan: Plan, script: Script, host: str, port: int) -> Keys:
    """Make the database; codes live five minutes on the wall clock, so come in soon."""
    migrate(database)
    password = secrets.token_urlsafe(18)
    hashed = hash_password(password)

    def found(connection: Any) -> Keys:
        save_plan(connection, plan)
        for seat in script.seats:
            _add_person(connection, plan, seat.username, Role.TELLER, hashed)
        _add_person(connection, plan, HEAD, Role.BRANCH_HEAD, hashed)
        return Keys(
            host=host,
            port=port,
            head=HEAD,
            password=password,
            kiosk_codes=_codes(connection, plan, DeviceKind.KIOSK, KIOSKS),
            display_codes=_codes(connection, plan, DeviceKind.DISPLAY, DISPLAYS),
        )

    return write(database, found)


def free_port(host: str) -> int:
    for _ in range(100):
        port = FIRST_PORT + secrets.randbelow(LAST_PORT - FIRST_PORT)
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) != 0:
                return port
    raise OSError("no port is free")


def _add_person(connection: Any, plan: Plan, username: str, role: Role, hashed: str) -> None:
    """All have one password: hashing one takes a good part of a tenth of a second."""
    add_staff(
        connection,
        branch_id=plan.id,
        username=username,
        name=username,
        role=role,
        language="en",
        password_hash=hashed,
        at=datetime.now(UTC),
    )


def _codes(
    connection: Any, plan: Plan, kind: DeviceKind, names: tuple[str, ...]
) -> tuple[str, ...]:
    now = datetime.now(UTC)
    return tuple(
        new_device_with_code(
            connection, branch_id=plan.id, kind=kind, name=name, language="en", now=now
        )
        for name in names
    )
