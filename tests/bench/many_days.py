"""A database with the log of years, filled quickly: one day is lived through the branch itself,
and copied day after day with its versions, dates, times and secrets moved on."""

import asyncio
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from lobby.branch import Actor, ActorKind, Branch
from lobby.clock import FrozenClock
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext, Finish, OpenCounter, StartServing
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.ticket import Channel
from lobby.store.catalogue import load_plans
from lobby.store.history import read_history
from lobby.store.store import Store
from tests.app.process import prepare
from tests.bench.full_hall import SERVICES, Nobody

TICKETS_A_DAY = 1_200
COUNTERS = 8
FIRST_TICKET = timedelta(hours=2)
"""After midnight UTC: the whole business day then has one date, in UTC as in the Far East."""

BETWEEN = timedelta(seconds=20)
SECRET = "0000"
"""How each secret of the template begins: the copies count up here."""

COPIED = {
    "events": {
        "version": "version + :versions",
        "at": "at + :microseconds",
        "business_day": ":day",
        "payload": f"""replace(replace(payload, :first_day, :day), '"secret":"{SECRET}',
            '"secret":"' || :secret)""",
    },
    "visits": {
        "business_day": ":day",
        "secret": f":secret || substr(secret, {len(SECRET) + 1})",
        **{
            name: f"{name} + :microseconds"
            for name in ("taken_at", "first_called_at", "started_at", "ended_at")
        },
    },
    "servings": {
        "business_day": ":day",
        "started_at": "started_at + :microseconds",
        "finished_at": "finished_at + :microseconds",
    },
    "sittings": {
        "business_day": ":day",
        "opened_at": "opened_at + :microseconds",
        "closed_at": "closed_at + :microseconds",
    },
}
"""What of a row moves on; the rest is copied as it is."""


@dataclass(frozen=True, slots=True)
class Filled:
    tickets: int
    events: int
    megabytes: float


def fill_days(database: Path, tickets: int) -> Filled:
    """The last day is yesterday, the newest day of the log: so it is when a branch opens. A
    database that is there already is taken as it is."""
    days = max(1, round(tickets / TICKETS_A_DAY))
    if not database.exists():
        prepare(database)
        first = datetime.now(UTC).date() - timedelta(days=days)
        asyncio.run(_live(database, first))
        _copy(database, first, days)
    with closing(sqlite3.connect(database)) as connection:
        (events,) = connection.execute("SELECT count(*) FROM events").fetchone()
        (visits,) = connection.execute("SELECT count(*) FROM visits").fetchone()
    return Filled(visits, events, database.stat().st_size / 2**20)


async def _live(database: Path, day: date) -> None:
    """A day on which a ticket is taken every twenty seconds, and served by who is free next."""
    clock = FrozenClock(datetime.combine(day, datetime.min.time(), UTC) + FIRST_TICKET)
    store = Store(database)
    store.open()
    plan = await store.read(lambda connection: load_plans(connection, clock.now())[0])
    history = await store.read(lambda connection: read_history(connection, plan))
    branch = Branch(history, store, clock, Nobody())
    for actor, command in _acts(branch, clock):
        await branch.perform(command, actor, secrets.token_hex(8))
    store.close()


def _acts(branch: Branch, clock: FrozenClock) -> Iterator[tuple[Actor, Command]]:
    tellers = list(branch.plan.counters)[:COUNTERS]
    kiosk = Actor(ActorKind.DEVICE, "1")
    for counter in tellers:
        services = tuple(branch.plan.services)
        yield Actor(ActorKind.STAFF, counter), OpenCounter(counter, counter, services)
    for ordinal in range(TICKETS_A_DAY + COUNTERS):
        clock.advance(BETWEEN.total_seconds())
        counter = tellers[ordinal % len(tellers)]
        teller = Actor(ActorKind.STAFF, counter)
        served = branch.hall.counters[counter].ticket
        if served is not None:
            yield teller, Finish(counter, served)
        if ordinal < TICKETS_A_DAY:
            secret = SECRET + secrets.token_urlsafe(9)
            service = SERVICES[ordinal % len(SERVICES)]
            yield kiosk, TakeTicket(service, "vi", secret, Channel.KIOSK)
            yield teller, CallNext(counter)
            called = branch.hall.counters[counter].ticket
            assert called is not None, "the ticket that was just taken"
            clock.advance(BETWEEN.total_seconds() / 4)
            yield teller, StartServing(counter, called)


def _copy(database: Path, first: date, days: int) -> None:
    """Keys of acts are kept for two days only, so the copies need none."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=MEMORY")
        connection.execute("PRAGMA synchronous=OFF")
        (versions,) = connection.execute("SELECT max(version) FROM events").fetchone()
        statements = [_statement(connection, table) for table in COPIED]
        connection.execute("BEGIN")
        for ordinal in range(1, days):
            moved = {
                "first_day": first.isoformat(),
                "day": (first + timedelta(days=ordinal)).isoformat(),
                "versions": versions * ordinal,
                "microseconds": timedelta(days=ordinal) // timedelta(microseconds=1),
                "secret": f"{ordinal:0{len(SECRET)}d}",
            }
            for statement in statements:
                connection.execute(statement, moved)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


def _statement(connection: sqlite3.Connection, table: str) -> str:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(COPIED[table].get(name, f'"{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    return (
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}"
        " WHERE business_day = :first_day"
    )
