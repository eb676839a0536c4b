"""Riverside, open for business on a real server, with a wall to look at and people who act."""

import asyncio
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from httpx2 import Response, request
from sqlalchemy import Connection
from websockets.sync.client import ClientConnection

from lobby.branch import Actor, ActorKind, Branch, Outcome
from lobby.clock import FrozenClock
from lobby.main import build
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.settings import Settings
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind
from lobby.store.people import Role, Staff, add_staff
from lobby.web.devices import create_device, new_pairing_code, pair
from lobby.web.services import Services
from lobby.web.websocket import OPTIONS, LiveServer, LiveSocket
from tests.app.database import furnished_database
from tests.cast import MORNING, plan
from tests.live.stage import Running, free_port

SOMEBODY = Actor(ActorKind.SYSTEM, "test")
SERVED_AT = {"1": ("B01",), "2": ("A02", "A04"), "3": ("A01",), "4": ("F01",)}


class Riverside:
    """Counters 1 to 4 are open, each for services of its own (`SERVED_AT`)."""

    def __init__(self, running: Running, services: Services, clock: FrozenClock) -> None:
        self.running = running
        self.services = services
        self.clock = clock
        self.address = f"http://127.0.0.1:{running.port}"

    @property
    def branch(self) -> Branch:
        return self.services.branches["riverside"]

    def perform(self, *commands: Command) -> list[Outcome]:
        """All at once, in this order."""

        async def at_once() -> list[Outcome]:
            return await asyncio.gather(
                *(self.branch.perform(c, SOMEBODY, secrets.token_hex(8)) for c in commands)
            )

        return self.running.do(at_once)

    def settled(self) -> None:
        """Return when what is announced of waits is that of the newest hall."""
        self.running.do(lambda: self.services.waits.settled("riverside"))

    def open_counters(self) -> None:
        self.perform(*(OpenCounter(c, f"teller-{c}", served) for c, served in SERVED_AT.items()))

    def take(self, *services: str) -> None:
        self.perform(*(TakeTicket(s, "vi", f"secret-{secrets.token_hex(8)}") for s in services))

    def call(self, *counters: str) -> None:
        self.perform(*(CallNext(counter) for counter in counters))

    def pair(
        self,
        settings: Mapping[str, Any] | None = None,
        language: str = "en",
        kind: DeviceKind = DeviceKind.DISPLAY,
    ) -> dict[str, str]:
        """A new device, paired as people do it; its cookie."""
        sessions = self.services.sessions

        async def pairing() -> str:
            device = await create_device(
                sessions, "riverside", kind=kind, name="Hall", language=language, settings=settings
            )
            code = await new_pairing_code(sessions, "riverside", device.id)
            assert code is not None
            paired = await pair(sessions, code.code)
            assert paired is not None
            return paired[1]

        return {sessions.device_cookie.name: self.running.do(pairing)}

    def sign_in(self, role: Role, branch_id: str = "riverside") -> dict[str, str]:
        """The cookie of a person with this role."""
        sessions = self.services.sessions
        now = datetime.now(UTC)

        def employ(connection: Connection) -> Staff:
            return add_staff(
                connection,
                branch_id=branch_id,
                username=f"{role.value}-{branch_id}",
                name="Lan Secretive",
                role=role,
                language="vi",
                password_hash="",
                at=now,
            )

        async def signing_in() -> str:
            return await sessions.open_session(await sessions.store.write(employ))

        return {sessions.session_cookie.name: self.running.do(signing_in)}

    def get(self, path: str, cookies: Mapping[str, str], method: str = "GET") -> Response:
        """As a page of our own asks for it."""
        headers = {"cookie": as_header(cookies), "origin": self.address}
        return request(method, f"{self.address}{path}", headers=headers)

    def listen(self, cookies: Mapping[str, str], path: str = "/display/live") -> ClientConnection:
        headers = {"cookie": as_header(cookies)}
        return self.running.connect(path, origin=self.address, additional_headers=headers)


def as_header(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


@contextmanager
def riverside(folder: Path) -> Iterator[Riverside]:
    database = folder / "lobby.db"
    prepare(database)
    port = free_port()
    clock = FrozenClock(MORNING)
    app = build(Settings(database=database, port=port), clock)
    services: Services = app.state.services
    config = uvicorn.Config(
        app, port=port, ws=LiveSocket, log_config=None, timeout_graceful_shutdown=5, **OPTIONS
    )
    running = Running(LiveServer(config, services.hub), port)
    running.start()
    try:
        yield Riverside(running, services, clock)
    finally:
        running.stop()


def prepare(database: Path) -> None:
    furnished_database(database, _furnish)


def _furnish(connection: Connection) -> None:
    save_plan(connection, plan())
    save_plan(connection, plan("harbour"))
