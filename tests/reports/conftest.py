"""The branch head's desk: the real application over a database with the worked day in it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from sqlalchemy import Connection
from starlette.testclient import TestClient

from lobby.clock import FrozenClock
from lobby.main import build
from lobby.settings import Settings
from lobby.store.catalogue import save_plan
from lobby.store.people import Role, add_staff, open_session
from lobby.store.tables import SITTINGS, VISITS
from lobby.store.visits import SittingSpan, Visit
from lobby.web.credentials import hash_of, new_token
from lobby.web.services import Services
from tests import cast
from tests.app.database import furnished_database
from tests.reports.kpi_day import DAY, TARGET_MIN, at, visit
from tests.reports.kpi_day import SITTINGS as WORKED_SITTINGS
from tests.reports.kpi_day import VISITS as WORKED_VISITS

PEOPLE = (
    ("thu", "riverside", Role.TELLER),
    ("lan", "riverside", Role.LOBBY_MANAGER),
    ("minh", "riverside", Role.BRANCH_HEAD),
    ("ada", "riverside", Role.ADMINISTRATOR),
    ("quan", "harbour", Role.BRANCH_HEAD),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """`clock` stands at five in the evening of the worked day."""

    client: TestClient
    clock: FrozenClock
    services: Services
    cookies: dict[str, str]

    def get(self, path: str, who: str | None = "minh", **headers: str) -> Response:
        cookie = {"cookie": self.cookies[who]} if who else {}
        response: Response = self.client.get(
            path, headers={**cookie, **headers}, follow_redirects=False
        )
        return response


@dataclass(frozen=True, slots=True)
class Archive:
    """The database and the cookies of its people, by name."""

    database: Path
    cookies: dict[str, str]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    database = tmp_path / "lobby.db"
    return Archive(database, dict(furnished_database(database, furnish)))


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    clock = FrozenClock(at(8 * 60))
    app = build(Settings(database=archive.database, build="test"), clock)
    with TestClient(app, base_url="http://localhost") as client:
        yield Desk(client, clock, app.state.services, archive.cookies)


def furnish(connection: Connection) -> dict[str, str]:
    """Both branches, their people, the worked day at Riverside; the people's cookies."""
    for branch_id in ("riverside", "harbour"):
        save_plan(connection, replace(cast.plan(branch_id), target_min=TARGET_MIN))
    for row in WORKED_VISITS:
        keep_visit(connection, "riverside", row)
    for span in WORKED_SITTINGS:
        keep_sitting(connection, "riverside", span)
    keep_visit(connection, "harbour", visit("F007", 0, 1, 2, 3))
    return {name: _signed_in(connection, branch_id, role) for name, branch_id, role in PEOPLE}


def keep_visit(connection: Connection, branch_id: str, row: Visit) -> None:
    more = {"services_done": row.service, "channel": "kiosk", "returns": 0, "holds": 0}
    keys = {"branch_id": branch_id, "business_day": DAY, "secret": new_token()}
    connection.execute(VISITS.insert().values(**asdict(row), **more, **keys))


def keep_sitting(connection: Connection, branch_id: str, span: SittingSpan) -> None:
    connection.execute(
        SITTINGS.insert().values(**asdict(span), branch_id=branch_id, business_day=DAY)
    )


def _signed_in(connection: Connection, branch_id: str, role: Role) -> str:
    now, token = datetime.now(UTC), new_token()
    staff = add_staff(
        connection,
        branch_id=branch_id,
        username=f"{role}@{branch_id}",
        name="Somebody",
        role=role,
        language="en",
        password_hash="",
        at=now,
    )
    open_session(connection, hash_of(token), staff.id, now, now + timedelta(hours=1))
    return f"lobby-session={token}"
