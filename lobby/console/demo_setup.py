"""Sets up the demo's database: branch, simulated people, and a kiosk at the entrance."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lobby.catalogue.reading import BranchFile
from lobby.console.branch_file import save_branch_file
from lobby.console.database import write
from lobby.console.user import generated_password
from lobby.demo.names import names_of_staff
from lobby.demo.scenario import People, tellers_of
from lobby.queueing.model.plan import Plan
from lobby.store.devices import DeviceKind, add_device
from lobby.store.migrate import migrate
from lobby.store.people import Role, Staff, add_staff
from lobby.web.passwords import hash_password

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
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Demo:
    """`visitors` sign in with the one `password`; `people` are the simulated ones."""

    branch_id: str
    password: str
    visitors: tuple[Staff, ...]
    people: People
    free_counters: tuple[str, ...]


def set_up_demo(database: Path, set_up: BranchFile) -> Demo:
    migrate(database)
    plan = set_up.plan
    password = generated_password()
    hashed = hash_password(password)
    tellers = tellers_of(plan)
    names = names_of_staff(plan.language, len(VISITORS) + tellers)

    def found(connection: Any) -> Demo:
        save_branch_file(connection, set_up)
        visitors = tuple(
            _person(connection, plan, username=username, name=name, role=role, hashed=hashed)
            for (username, role), name in zip(VISITORS, names, strict=False)
        )
        return Demo(
            branch_id=plan.id,
            password=password,
            visitors=visitors,
            people=_simulated(connection, plan, names[len(VISITORS) :]),
            free_counters=tuple(plan.counters)[tellers:],
        )

    return write(database, found)


def _simulated(connection: Any, plan: Plan, names: tuple[str, ...]) -> People:
    staff = [
        _person(
            connection,
            plan,
            username=f"counter{counter.number}",
            name=name,
            role=Role.TELLER,
            hashed=NO_PASSWORD,
        )
        for counter, name in zip(plan.counters.values(), names, strict=False)
    ]
    kiosk = add_device(
        connection,
        branch_id=plan.id,
        kind=DeviceKind.KIOSK,
        name=KIOSK,
        language=plan.language,
        settings={},
        at=datetime.now(UTC),
    )
    return People(tuple(str(person.id) for person in staff), str(kiosk.id))


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
