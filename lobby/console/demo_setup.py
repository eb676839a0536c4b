"""Sets up the demo's database: branch, simulated people, a kiosk and a display."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lobby.accounts.new_passwords import drawn_password
from lobby.accounts.passwords import hash_password
from lobby.catalogue.reading import BranchFile
from lobby.console.database import write
from lobby.demo.names import names_of_staff
from lobby.demo.scenario import People, tellers_of
from lobby.queueing.model.plan import Plan
from lobby.setup.branch_file import save_branch_file
from lobby.store.devices import Device, DeviceKind, add_device
from lobby.store.migrate import migrate
from lobby.store.people import Role, Staff, add_staff

VISITORS = (
    ("teller1", Role.TELLER),
    ("teller2", Role.TELLER),
    ("teller3", Role.TELLER),
    ("lobby", Role.LOBBY_MANAGER),
    ("head", Role.BRANCH_HEAD),
    ("admin", Role.ADMINISTRATOR),
)
NO_PASSWORD = "none"  # noqa: S105 - no hash at all, so no password fits it
KIOSK = "Kiosk at the entrance"
DISPLAY = "Display above the counters"
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Demo:
    """`visitors` sign in with the one `password`, `devices` stand in the hall; `people` are the
    simulated ones."""

    branch_id: str
    password: str
    visitors: tuple[Staff, ...]
    devices: tuple[Device, ...]
    people: People
    free_counters: tuple[str, ...]


def set_up_demo(database: Path, set_up: BranchFile) -> Demo:
    migrate(database)
    plan = set_up.plan
    password = drawn_password()
    hashed = hash_password(password)
    tellers = tellers_of(plan)
    names = names_of_staff(plan.language, len(VISITORS) + tellers)

    def found(connection: Any) -> Demo:
        save_branch_file(connection, set_up)
        visitors = tuple(
            _person(connection, plan, username=username, name=name, role=role, hashed=hashed)
            for (username, role), name in zip(VISITORS, names, strict=False)
        )
        kiosk = _device(connection, plan, DeviceKind.KIOSK, KIOSK)
        return Demo(
            branch_id=plan.id,
            password=password,
            visitors=visitors,
            devices=(kiosk, _device(connection, plan, DeviceKind.DISPLAY, DISPLAY)),
            people=_simulated(connection, plan, names[len(VISITORS) :], kiosk),
            free_counters=tuple(plan.counters)[tellers:],
        )

    return write(database, found)


def _simulated(connection: Any, plan: Plan, names: tuple[str, ...], kiosk: Device) -> People:
    staff = [
        _person(
            connection,
            plan,
            username=f"counter{counter.id}",
            name=name,
            role=Role.TELLER,
            hashed=NO_PASSWORD,
        )
        for counter, name in zip(plan.counters.values(), names, strict=False)
    ]
    return People(tuple(str(person.id) for person in staff), str(kiosk.id))


def _device(connection: Any, plan: Plan, kind: DeviceKind, name: str) -> Device:
    return add_device(
        connection,
        branch_id=plan.id,
        kind=kind,
        name=name,
        language=plan.language,
        settings={},
        at=datetime.now(UTC),
    )


def _person(
    connection: Any, plan: Plan, *, username: str, name: str, role: Role, hashed: str
) -> Staff:
    """Hashing a password takes a good part of a tenth of a second, so all share one hash."""
    return add_staff(
        connection,
        branch_id=plan.id,
        username=username,
        name=name,
        role=role,
        language=LANGUAGE,
        password_hash=hashed,
        at=datetime.now(UTC),
    )
