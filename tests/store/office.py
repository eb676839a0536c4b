"""Branches on a real database, without the web: opened, played on, closed and opened again."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from secrets import token_urlsafe
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, select

from lobby.branch import Actor, ActorKind, Branch, Outcome, Publisher
from lobby.clock import FrozenClock
from lobby.live.changes import Change
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.hall import Hall
from lobby.settings import Database
from lobby.store.catalogue import load_plans, save_plan
from lobby.store.history import History, read_history
from lobby.store.store import Store
from lobby.store.tables import EVENTS, VISITS
from tests.app.database import furnished_database, is_furnished
from tests.app.people import MORNING, plan

T = TypeVar("T")

KIOSK = Actor(ActorKind.DEVICE, "kiosk-1")
THU = Actor(ActorKind.STAFF, "thu")


class Office:
    """Riverside and Harbour in one database; `changes` is what was published, in order."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = FrozenClock(MORNING)
        self.changes: list[Change] = []
        self.too_early: list[Change] = []
        self.branches: dict[str, Branch] = {}

    def publish(self, change: Change) -> None:
        self.changes.append(change)
        if self.branches[change.branch_id].hall.version < change.version:
            self.too_early.append(change)

    def restart_with(self, hall: Hall, publisher: Publisher | None = None) -> None:
        """The branch as if it had found this hall when it started."""
        branch = Branch(History(hall, {}), self.store, self.clock, publisher or self)
        self.branches[branch.id] = branch

    @property
    def riverside(self) -> Branch:
        return self.branches["riverside"]

    @property
    def harbour(self) -> Branch:
        return self.branches["harbour"]

    def act(
        self, command: Command, key: str = "", branch: str = "riverside", actor: Actor = KIOSK
    ) -> Coroutine[Any, Any, Outcome]:
        return self.branches[branch].perform(command, actor, key or token_urlsafe())

    def take(
        self, key: str = "", branch: str = "riverside", service: str = "A01"
    ) -> Coroutine[Any, Any, Outcome]:
        return self.act(TakeTicket(service, "vi", token_urlsafe()), key, branch)

    async def together(self, *acts: Coroutine[Any, Any, Any]) -> list[Any]:
        """The acts arrive while the writer is busy, so that one commit takes them all; where one
        fails its exception stands in its place."""
        busy, free = threading.Event(), threading.Event()

        def be_busy(_connection: Connection) -> None:
            busy.set()
            assert free.wait(30)

        holding = asyncio.create_task(self.store.write(be_busy))
        await asyncio.to_thread(busy.wait)
        tasks = [asyncio.create_task(act) for act in acts]
        await asyncio.sleep(0)
        free.set()
        await holding
        return list(await asyncio.gather(*tasks, return_exceptions=True))

    def rows(self, table: Table, branch: str = "riverside") -> list[dict[str, Any]]:
        query = select(table).where(table.c.branch_id == branch).order_by(*table.primary_key)
        return self.store.read_now(lambda c: [dict(r) for r in c.execute(query).mappings()])

    def refolded(self, branch: str = "riverside") -> Hall:
        """The hall as a new process would find it."""
        known = self.branches[branch].plan
        return self.store.read_now(lambda connection: read_history(connection, known)).hall


def number_of(outcome: Outcome) -> str:
    return next(event.number for event in outcome.events if isinstance(event, TicketTaken))


@asynccontextmanager
async def open_office(database: Database, kind: type[Branch] = Branch) -> AsyncIterator[Office]:
    if not is_furnished(database):
        furnished_database(database, _save_plans)
    store = Store(database)
    store.open()
    try:
        office = Office(store)
        histories = await store.read(lambda c: [read_history(c, known) for known in load_plans(c)])
        for history in histories:
            branch = kind(history, store, office.clock, office)
            office.branches[branch.id] = branch
        yield office
        assert office.too_early == [], "told before the commit"
    finally:
        store.close()


def _save_plans(connection: Connection) -> None:
    for branch_id in ("riverside", "harbour"):
        save_plan(connection, plan(branch_id))


def in_office(database: Database, scenario: Callable[[Office], Awaitable[T]]) -> T:
    """Play `scenario` in an office that opens before it and closes after it."""

    async def whole() -> T:
        async with open_office(database) as office:
            return await scenario(office)

    return asyncio.run(whole())


def check_log(office: Office, numbers: list[str]) -> None:
    """One ticket each, told once and in order, and the hall is what a new process would find."""
    assert [row["number"] for row in office.rows(VISITS)] == numbers
    versions = [row["version"] for row in office.rows(EVENTS)]
    assert versions == list(range(1, len(versions) + 1))
    told = [change.version for change in office.changes]
    assert told == sorted(set(told))
    assert told[-1] == office.riverside.hall.version == versions[-1]
    assert office.refolded() == office.riverside.hall


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - nothing of Lobby's own tells of it
            await asyncio.sleep(0.01)
