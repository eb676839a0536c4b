"""The real application with the whole cast signed in, for tests through the front door."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from httpx2 import Response
from playwright.sync_api import BrowserContext
from sqlalchemy import Connection
from starlette.testclient import TestClient

from lobby.branch import Actor, ActorKind, Branch, Outcome
from lobby.clock import FrozenClock
from lobby.main import build
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket
from lobby.settings import Settings
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind, add_device, add_pairing, pair
from lobby.store.people import Role, add_staff, open_session
from lobby.web.credentials import hash_of, new_token
from lobby.web.services import Services
from lobby.web.websocket import OPTIONS, LiveServer, LiveSocket
from tests.app.database import furnished_database
from tests.cast import MORNING, plan
from tests.live.stage import Running, free_port

PEOPLE = {
    "thu": ("riverside", "Thu", Role.TELLER),
    "wei": ("riverside", "Wei", Role.TELLER),
    "lan": ("riverside", "Lan", Role.LOBBY_MANAGER),
    "minh": ("riverside", "Minh", Role.BRANCH_HEAD),
    "ada": ("riverside", "Ada", Role.ADMINISTRATOR),
    "bao": ("harbour", "Bao", Role.TELLER),
    "hoa": ("harbour", "Hoa", Role.LOBBY_MANAGER),
}
OWN_PAGE = {"sec-fetch-site": "same-origin", "accept-language": "en"}

Perform = Callable[[Branch, Command, Actor, str], Outcome]


class Office:
    """Both branches, reached as one person or device after the other. `perform` acts directly."""

    address = "http://localhost"

    def __init__(
        self, services: Services, clock: FrozenClock, badges: dict[str, "Badge"], perform: Perform
    ) -> None:
        self.services = services
        self.clock = clock
        self.badges = badges
        self._perform = perform

    @property
    def hall(self) -> Hall:
        return self.services.branches["riverside"].hall

    def ticket(self, number: str) -> Ticket:
        return self.hall.tickets[number]

    def id_of(self, person: str) -> str:
        return self.badges[person].id

    def sign_in(self, context: BrowserContext, person: str) -> None:
        """A browser in which this person has signed in before."""
        badge = self.badges[person]
        context.add_cookies([{"name": badge.cookie, "value": badge.token, "url": self.address}])

    def perform(self, command: Command, branch_id: str = "riverside") -> Outcome:
        somebody = Actor(ActorKind.SYSTEM, "test")
        branch = self.services.branches[branch_id]
        return self._perform(branch, command, somebody, secrets.token_hex(8))

    def take(self, service: str = "A01", language: str = "vi", branch_id: str = "riverside") -> str:
        outcome = self.perform(TakeTicket(service, language, secrets.token_hex(16)), branch_id)
        taken = outcome.events[-1]
        assert isinstance(taken, TicketTaken)
        return taken.number


class Badge:
    """What a person or device shows at the door."""

    def __init__(self, id: str, cookie: str, token: str) -> None:  # noqa: A002 - a badge has an id
        self.id = id
        self.cookie = cookie
        self.token = token


class FrontDoor(Office):
    """An office without a network: requests go straight into the application."""

    client: TestClient

    def get(self, person: str, path: str) -> Response:
        return self.client.get(path, headers=self.headers_of(person))

    def post(self, person: str, path: str, **fields: str | list[str]) -> Response:
        """A form with a fresh key, unless it brings its own."""
        data = {"key": secrets.token_hex(8), **fields}
        return self.client.post(path, data=data, headers=self.headers_of(person))

    def ask(self, person: str, path: str, **fields: str | list[str]) -> Response:
        """The same as the page's own script would send it."""
        data = {"key": secrets.token_hex(8), **fields}
        headers = self.headers_of(person) | {"accept": "application/json"}
        return self.client.post(path, data=data, headers=headers)

    def headers_of(self, person: str) -> dict[str, str]:
        if person == "nobody":
            return OWN_PAGE
        badge = self.badges[person]
        return OWN_PAGE | {"cookie": f"{badge.cookie}={badge.token}"}


@contextmanager
def front_door(folder: Path) -> Iterator[FrontDoor]:
    database = folder / "lobby.db"
    badges = prepare(database)
    clock = FrozenClock(MORNING)
    app = build(Settings(database=database), clock)
    with TestClient(app, base_url=Office.address, follow_redirects=False) as client:

        def perform(branch: Branch, command: Command, actor: Actor, key: str) -> Outcome:
            assert client.portal is not None
            return client.portal.call(branch.perform, command, actor, key)

        office = FrontDoor(app.state.services, clock, badges, perform)
        office.client = client
        yield office


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """The same behind a real port, for browsers."""
    database = folder / "lobby.db"
    badges = prepare(database)
    clock = FrozenClock(MORNING)
    port = free_port()
    app = build(Settings(database=database, port=port), clock)
    services: Services = app.state.services
    config = uvicorn.Config(
        app, port=port, ws=LiveSocket, log_config=None, timeout_graceful_shutdown=5, **OPTIONS
    )
    running = Running(LiveServer(config, services.hub), port)

    def perform(branch: Branch, command: Command, actor: Actor, key: str) -> Outcome:
        return running.do(lambda: branch.perform(command, actor, key))

    running.start()
    try:
        office = Office(services, clock, badges, perform)
        office.address = f"http://127.0.0.1:{port}"
        yield office
    finally:
        running.stop()


def prepare(database: Path) -> dict[str, Badge]:
    """Both branches with their people signed in, and a display and a kiosk of Riverside."""
    return dict(furnished_database(database, _furnish))


def _furnish(connection: Connection) -> dict[str, Badge]:
    save_plan(connection, plan())
    save_plan(connection, plan("harbour", "Asia/Ho_Chi_Minh"))
    badges = {username: _sign_in(connection, username) for username in PEOPLE}
    return badges | {kind.value: _paired(connection, kind) for kind in DeviceKind}


def _sign_in(connection: Connection, username: str) -> Badge:
    branch_id, name, role = PEOPLE[username]
    now, token = datetime.now(UTC), new_token()
    person = add_staff(
        connection,
        branch_id=branch_id,
        username=username,
        name=name,
        role=role,
        language="en",
        password_hash="",
        at=now,
    )
    open_session(connection, hash_of(token), person.id, now, now + timedelta(hours=12))
    return Badge(str(person.id), "lobby-session", token)


def _paired(connection: Connection, kind: DeviceKind) -> Badge:
    now, code, token = datetime.now(UTC), secrets.token_hex(), new_token()
    device = add_device(
        connection,
        branch_id="riverside",
        kind=kind,
        name=kind.value,
        language="en",
        settings={"machine": "atm-1"} if kind is DeviceKind.MACHINE else {},
        at=now,
    )
    assert add_pairing(connection, hash_of(code), device.id, now, now + timedelta(minutes=5))
    assert pair(connection, hash_of(code), hash_of(token), now)
    return Badge(str(device.id), "lobby-device", token)
