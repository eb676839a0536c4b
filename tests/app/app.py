"""The real application in this process, and the people who use it.

`open_app` reaches it without a network; `server.py` beside this opens the same behind a real port.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from httpx2 import Response
from sqlalchemy import Connection
from starlette.testclient import TestClient

from lobby.branch import Actor, ActorKind, Branch, Outcome
from lobby.clock import FrozenClock
from lobby.main import build
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket
from lobby.settings import Database, Settings
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind
from lobby.web.services import Services
from tests.app.badges import Badge, employ, pair_device, sign_in
from tests.app.database import furnished_database
from tests.app.people import MORNING, PEOPLE, plan

ADDRESS = "http://testserver"
TEST = Actor(ActorKind.SYSTEM, "test")
SERVED_AT = {"1": ("B01",), "2": ("A02", "A04"), "3": ("A01",), "4": ("F01",)}

Furnish = Callable[[Connection], Mapping[str, Badge]]
"""Fills a new database and says who has which badge, by name."""

Run = Callable[..., Any]
"""Runs a coroutine function with its arguments in the application's event loop."""

Send = Callable[..., Response]
"""Sends a request: method, path, headers and more."""


class Person:
    """A browser of its own at the front door, with its own cookies and nobody else's."""

    def __init__(self, send: Send, address: str, cookies: Mapping[str, str] | None = None) -> None:
        self._send = send
        self._address = address
        self.cookies = dict(cookies or {})

    def get(self, path: str, **options: Any) -> Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **fields: Any) -> Response:
        """A form as a browser sends it, with a fresh key unless `key` is given; None sends none."""
        return self.request("POST", path, data=_with_key(fields))

    def ask(self, path: str, **fields: Any) -> Response:
        """The same form as the page's own script sends it."""
        headers = {"Accept": "application/json"}
        return self.request("POST", path, data=_with_key(fields), headers=headers)

    def post_json(self, path: str, **fields: Any) -> Response:
        """As a device sends it, with the key in its header."""
        fields = _with_key(fields)
        headers = {"Accept": "application/json"}
        if "key" in fields:
            headers["Idempotency-Key"] = fields.pop("key")
        return self.request("POST", path, json=fields, headers=headers)

    def request(self, method: str, path: str, **options: Any) -> Response:
        headers = {**self.headers, **options.pop("headers", {})}
        response = self._send(method, path, headers=headers, **options)
        self.cookies |= dict(response.cookies.items())
        return response

    @property
    def headers(self) -> dict[str, str]:
        """What this browser sends from a page of ours."""
        cookie = {"Cookie": self.cookie_header} if self.cookies else {}
        return {"Origin": self._address, **cookie}

    @property
    def cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def _with_key(fields: dict[str, Any]) -> dict[str, Any]:
    whole = {"key": secrets.token_hex(8), **fields}
    return {name: value for name, value in whole.items() if value is not None}


class App:
    """Riverside and Harbour in one program. The clock stands still until it is moved."""

    def __init__(
        self,
        services: Services,
        clock: FrozenClock,
        badges: Mapping[str, Badge],
        address: str,
        run: Run,
    ) -> None:
        self.services = services
        self.clock = clock
        self.badges = badges
        self.address = address
        self.run = run

    def send(self, method: str, path: str, **options: Any) -> Response:
        raise NotImplementedError

    # What is there

    @property
    def riverside(self) -> Branch:
        return self.services.branches["riverside"]

    @property
    def harbour(self) -> Branch:
        return self.services.branches["harbour"]

    @property
    def hall(self) -> Hall:
        return self.riverside.hall

    def ticket(self, number: str) -> Ticket:
        return self.hall.tickets[number]

    def id_of(self, who: str) -> str:
        return self.badges[who].id

    # Who comes

    def stranger(self) -> Person:
        return Person(self.send, self.address)

    def with_cookies(self, cookies: Mapping[str, str]) -> Person:
        return Person(self.send, self.address, cookies)

    def signed_in(self, name: str) -> Person:
        """One of the cast in a browser of its own, without the trouble of typing a password."""
        return self._with(self._write(sign_in, int(self.id_of(name))))

    def paired(
        self, kind: DeviceKind, branch_id: str = "riverside", language: str = "en", **settings: Any
    ) -> Person:
        """The browser of a new device of this kind."""
        wishes = {"name": f"{kind} 1", "language": language, "settings": settings}
        return self._with(self._write(pair_device, kind, branch_id, **wishes))

    def known(self, who: str) -> Person:
        """Whoever has a badge already, always with the same one; "nobody" is a stranger."""
        return self.stranger() if who == "nobody" else self._with(self.badges[who])

    def get(self, who: str, path: str, **options: Any) -> Response:
        return self.known(who).get(path, **options)

    def post(self, who: str, path: str, **fields: Any) -> Response:
        return self.known(who).post(path, **fields)

    def ask(self, who: str, path: str, **fields: Any) -> Response:
        return self.known(who).ask(path, **fields)

    # What happens

    def perform(self, command: Command, branch_id: str = "riverside") -> Outcome:
        """Straight through the branch, for what a test needs to find there."""
        branch = self.services.branches[branch_id]
        return cast("Outcome", self.run(branch.perform, command, TEST, secrets.token_hex(8)))

    def perform_together(self, *commands: Command) -> list[Outcome]:
        """At once and in this order, so that one commit may take them all."""
        branch = self.riverside

        async def at_once() -> list[Outcome]:
            acts = (branch.perform(each, TEST, secrets.token_hex(8)) for each in commands)
            return await asyncio.gather(*acts)

        return cast("list[Outcome]", self.run(at_once))

    def take(self, service: str = "A01", language: str = "vi", branch_id: str = "riverside") -> str:
        """The number of a new ticket."""
        outcome = self.perform(TakeTicket(service, language, _secret()), branch_id)
        taken = outcome.events[-1]
        assert isinstance(taken, TicketTaken)
        return taken.number

    def take_together(self, *services: str) -> None:
        self.perform_together(*(TakeTicket(each, "vi", _secret()) for each in services))

    def call(self, *counters: str) -> None:
        """The next customer to each of these counters, in one commit."""
        self.perform_together(*(CallNext(counter) for counter in counters))

    def open_counters(self) -> None:
        """Counters 1 to 4, each for services of its own: `SERVED_AT`."""
        opened = (OpenCounter(each, f"teller-{each}", served) for each, served in SERVED_AT.items())
        self.perform_together(*opened)

    def settled(self, branch_id: str = "riverside") -> None:
        """Return when what is announced of waits is that of the newest hall."""
        self.run(self.services.waits.settled, branch_id)

    def _with(self, badge: Badge) -> Person:
        return self.with_cookies({badge.name: badge.token})

    def _write(self, work: Callable[..., Badge], *arguments: Any, **wishes: Any) -> Badge:
        def write(connection: Connection) -> Badge:
            return work(connection, *arguments, **wishes)

        return cast("Badge", self.run(self.services.store.write, write))


def _secret() -> str:
    return f"secret-{secrets.token_hex(8)}"


class LocalApp(App):
    """The application without a network: requests go straight into it."""

    def __init__(self, client: TestClient, clock: FrozenClock, badges: Mapping[str, Badge]) -> None:
        services = cast("Any", client.app).state.services
        super().__init__(services, clock, badges, ADDRESS, self._run)
        self.client = client

    def send(self, method: str, path: str, **options: Any) -> Response:
        self.client.cookies.clear()
        return self.client.request(method, path, **options)

    def _run(self, function: Any, *arguments: Any) -> Any:
        assert self.client.portal is not None, "open"
        return self.client.portal.call(function, *arguments)


def people(connection: Connection) -> Mapping[str, Badge]:
    """Both branches and their people, who have signed in; no device yet."""
    save_plan(connection, plan())
    save_plan(connection, plan("harbour", "Asia/Ho_Chi_Minh"))
    return staff(connection)


def staff(connection: Connection) -> Mapping[str, Badge]:
    return {
        name: employ(connection, name, role, branch_id)
        for name, (branch_id, role) in PEOPLE.items()
    }


def people_and_devices(connection: Connection) -> Mapping[str, Badge]:
    """The same, and a device of each kind at Riverside, named by its kind."""
    settings = {DeviceKind.MACHINE: {"machine": "atm-1"}}
    badges = dict(people(connection))
    for kind in DeviceKind:
        badges[kind.value] = pair_device(connection, kind, settings=settings.get(kind))
    return badges


@contextmanager
def open_app(
    folder: Path,
    furnish: Furnish = people,
    at: datetime = MORNING,
    *,
    database: Database | None = None,
) -> Iterator[LocalApp]:
    """Opened again in the same folder, it finds what was left there; a `database` of a server is
    furnished each time."""
    database = database or folder / "lobby.db"
    badges = furnished_database(database, furnish)
    clock = FrozenClock(at)
    settings = Settings(database=database, allowed_hosts=("testserver",), build="test")
    with TestClient(build(settings, clock), ADDRESS, follow_redirects=False) as client:
        yield LocalApp(client, clock, badges)
