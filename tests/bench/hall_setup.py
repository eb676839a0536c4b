"""A branch at its busiest, as a database and as a server full of people: for the hall benchmark."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.catalogue.serialise import to_json
from lobby.settings import Database
from lobby.store.catalogues import save_catalogue
from lobby.store.engine import writing_engine
from lobby.store.people import Role, add_staff, open_session
from lobby.triage.hours import Hours, Span
from lobby.web.credentials import hash_of, new_token
from tests.app.process import Badges, branch_plan, prepare
from tests.bench.wire import Connection, post

SERVICES = ("A01", "B01", "C01", "F01", "L01", "W01")
LANGUAGES = ("zh", "vi", "en")
TABLETS = 3
ALL_DAY = Span(time.min, time.max)


@dataclass(frozen=True, slots=True)
class Cookies:
    badges: Badges
    tablets: tuple[str, ...]


def prepare_hall(database: Database) -> Cookies:
    """Beside what every benchmark has: a catalogue that is open all day, and lobby managers."""
    badges = prepare(database)
    plan, now = branch_plan(), datetime.now(UTC)
    always = Hours.of(ALL_DAY, ALL_DAY)
    catalogue = read_catalogue(DEMO)
    catalogue = replace(catalogue, hours=dict.fromkeys(catalogue.hours, always))
    engine, tablets = writing_engine(database), []
    with engine.begin() as connection:
        text = to_json(catalogue)
        save_catalogue(connection, plan.id, "bench", date(2000, 1, 1), "bench", text)
        for number in range(TABLETS):
            staff = add_staff(
                connection,
                branch_id=plan.id,
                username=f"manager{number}",
                name=f"Manager {number}",
                role=Role.LOBBY_MANAGER,
                language=LANGUAGES[number],
                password_hash="",
                at=now,
            )
            token = new_token()
            open_session(connection, hash_of(token), staff.id, now, now + timedelta(hours=12))
            tablets.append(f"lobby-session={token}")
    engine.dispose()
    return Cookies(badges, tuple(tablets))


class People:
    """Acts over HTTP as those who work and wait in the branch. `secrets` are the addresses of the
    customers' own pages by their numbers, in the order of the tickets."""

    def __init__(self, port: int, cookies: Cookies) -> None:
        self.secrets: dict[str, str] = {}
        self.cookies = cookies
        self._port = port
        self._taken = 0

    async def come(self, finished: int, waiting: int) -> None:
        """All counters open; so many were served today, and so many wait."""
        await self.connect()
        for counter in range(len(self._desks)):
            await self._act(counter, "openings", {"service": SERVICES})
        for turn in range(finished):
            counter = turn % len(self._desks)
            await self.take_ticket()
            number = await self.call(counter)
            await self.serve(counter, number)
            await self.finish(counter, number)
        for _ in range(waiting):
            await self.take_ticket()

    async def connect(self) -> None:
        """Also again: the server closes a connection that is not used."""
        self._kiosk = await Connection.open(self._port)
        self._desks = [await Connection.open(self._port) for _ in self.cookies.badges.tellers]

    async def take_ticket(self) -> str:
        service = SERVICES[self._taken % len(SERVICES)]
        language = LANGUAGES[self._taken % len(LANGUAGES)]
        self._taken += 1
        fields = {"service": service, "language": language}
        badge, key = self.cookies.badges.kiosk, secrets.token_hex(8)
        status, body = await self._kiosk.send(post("/kiosk/tickets", fields, key, badge))
        if status != 201:
            raise RuntimeError(f"no ticket: {status} {body.decode()}")
        given = json.loads(body)
        number: str = given["number"]
        self.secrets[number] = given["secret"]
        return number

    async def call(self, counter: int) -> str:
        """The number that was called."""
        answer = await self._act(counter, "calls", {})
        number: str = answer["tickets"][0]
        return number

    async def serve(self, counter: int, number: str) -> None:
        await self._act(counter, "servings", {"number": number})

    async def finish(self, counter: int, number: str) -> None:
        await self._act(counter, "finishes", {"number": number})

    async def _act(
        self, counter: int, act: str, fields: Mapping[str, str | Sequence[str]]
    ) -> dict[str, list[str]]:
        cookie, key = self.cookies.badges.tellers[counter], secrets.token_hex(8)
        fields = {"counter": str(counter + 1), **fields}
        request = post(f"/counter/{act}", fields, key, cookie)
        status, body = await self._desks[counter].send(request)
        if status >= 300:
            raise RuntimeError(f"{act} {status}: {body.decode()}")
        answer: dict[str, list[str]] = json.loads(body)
        return answer
