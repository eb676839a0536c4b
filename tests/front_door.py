"""The real application behind Starlette's test client, and people who walk in at its front door."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from httpx2 import Response
from sqlalchemy import Connection
from starlette.testclient import TestClient

from lobby.branch import Actor, ActorKind, Branch, Outcome
from lobby.clock import FrozenClock, SystemClock
from lobby.main import build
from lobby.queueing.commands.command import Command
from lobby.settings import Settings
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind, add_device, add_pairing, pair
from lobby.store.people import Role, add_staff, open_session
from lobby.web.credentials import hash_of, new_token
from lobby.web.services import Services
from tests.app.database import furnished_database
from tests.cast import MORNING, plan

ADDRESS = "http://testserver"
PEOPLE = {
    "thu": ("riverside", Role.TELLER),
    "wei": ("riverside", Role.TELLER),
    "lan": ("riverside", Role.LOBBY_MANAGER),
    "minh": ("riverside", Role.BRANCH_HEAD),
    "ada": ("riverside", Role.ADMINISTRATOR),
    "bao": ("harbour", Role.TELLER),
    "hoa": ("harbour", Role.LOBBY_MANAGER),
}
TEST = Actor(ActorKind.SYSTEM, "test")


class Person:
    """A browser of its own at the front door, with its own cookies and nobody else's."""

    def __init__(self, client: TestClient, cookies: Mapping[str, str] | None = None) -> None:
        self._client = client
        self.cookies = dict(cookies or {})

    def get(self, path: str, **options: Any) -> Response:
        return self.request("GET", path, **options)

    def post(self, path: str, key: str | None = "", **fields: Any) -> Response:
        """A form as a browser sends it, with a fresh key unless one is given; None sends none."""
        if key is not None:
            fields["key"] = key or secrets.token_hex(8)
        return self.request("POST", path, data=fields)

    def post_json(self, path: str, key: str | None = "", **fields: Any) -> Response:
        """As a script sends it, with the key in its header."""
        headers = {"Accept": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = key or secrets.token_hex(8)
        return self.request("POST", path, json=fields, headers=headers)

    def request(self, method: str, path: str, **options: Any) -> Response:
        headers = {"Origin": ADDRESS, **options.pop("headers", {})}
        if self.cookies:
            headers["Cookie"] = self.cookie_header
        self._client.cookies.clear()
        response = self._client.request(
            method, path, headers=headers, follow_redirects=False, **options
        )
        self.cookies |= dict(self._client.cookies.items())
        return response

    @property
    def cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


class FrontDoor:
    """Riverside and Harbour in one house. The clock stands still until it is moved."""

    def __init__(self, client: TestClient, services: Services, clock: FrozenClock) -> None:
        self._client = client
        self.services = services
        self.clock = clock

    @property
    def riverside(self) -> Branch:
        return self.services.branches["riverside"]

    @property
    def harbour(self) -> Branch:
        return self.services.branches["harbour"]

    def stranger(self) -> Person:
        return Person(self._client)

    def signed_in(self, name: str) -> Person:
        """One of the cast, without the trouble of typing a password."""
        token = new_token()
        now = SystemClock().now()
        staff_id = list(PEOPLE).index(name) + 1

        def work(connection: Connection) -> None:
            open_session(connection, hash_of(token), staff_id, now, now + timedelta(hours=12))

        self._call(self.services.store.write, work)
        return Person(self._client, {self.services.sessions.session_cookie.name: token})

    def paired(
        self, kind: DeviceKind, branch_id: str = "riverside", language: str = "en", **settings: Any
    ) -> Person:
        """The browser of a new device of this kind."""
        code, token = hash_of(secrets.token_hex(8)), new_token()
        now = SystemClock().now()

        def work(connection: Connection) -> None:
            device = add_device(
                connection,
                branch_id=branch_id,
                kind=kind,
                name=f"{kind} 1",
                language=language,
                settings=settings,
                at=now,
            )
            add_pairing(connection, code, device.id, now, now + timedelta(minutes=5))
            assert pair(connection, code, hash_of(token), now)

        self._call(self.services.store.write, work)
        return Person(self._client, {self.services.sessions.device_cookie.name: token})

    def perform(self, command: Command, branch_id: str = "riverside") -> Outcome:
        """Straight through the branch, for what a test needs to find there."""
        branch = self.services.branches[branch_id]
        outcome: Outcome = self._call(branch.perform, command, TEST, secrets.token_hex(8))
        return outcome

    def settled(self, branch_id: str = "riverside") -> None:
        """Return when what is announced is that of the newest hall."""
        self._call(self.services.waits.settled, branch_id)

    def run(self, function: Any, *arguments: Any) -> Any:
        """A coroutine function of the house, in its own event loop."""
        return self._call(function, *arguments)

    def _call(self, function: Any, *arguments: Any) -> Any:
        assert self._client.portal is not None
        return self._client.portal.call(function, *arguments)


@contextmanager
def open_front_door(folder: Path) -> Iterator[FrontDoor]:
    """Opened again in the same folder, it is the same house as before."""
    database = folder / "lobby.db"
    if not database.exists():
        furnished_database(database, _furnish)
    clock = FrozenClock(MORNING)
    app = build(Settings(database=database, allowed_hosts=("testserver",)), clock)
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=True) as client:
        yield FrontDoor(client, app.state.services, clock)


def _furnish(connection: Connection) -> None:
    for branch_id in ("riverside", "harbour"):
        save_plan(connection, plan(branch_id))
    for name, (branch_id, role) in PEOPLE.items():
        add_staff(
            connection,
            branch_id=branch_id,
            username=name,
            name=name.title(),
            role=role,
            language="en",
            password_hash="",
            at=MORNING,
        )
