"""The forecast at work: it follows the log in order, learns from it, and remembers."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from lobby.branch import Actor, ActorKind, Branch
from lobby.clock import FrozenClock
from lobby.live.changes import Change
from lobby.queueing.commands.command import Command, OpenDay
from lobby.queueing.commands.counter import (
    CallNext,
    CloseCounter,
    Finish,
    OpenCounter,
    StartServing,
)
from lobby.queueing.commands.ticket import CancelTicket, TakeTicket
from lobby.store.catalogue import save_plan
from lobby.store.forecast_state import Learned, load_forecast_state, save_forecast_state
from lobby.store.history import read_history
from lobby.store.past_days import events_of_day, past_days
from lobby.store.store import Store
from lobby.store.tables import EVENTS
from lobby.waits.engine import FORECAST, ForecastWorker, SavedState
from tests.app.database import furnished_database
from tests.app.people import MORNING, plan

SYSTEM = Actor(ActorKind.SYSTEM, "test")
OPEN = OpenCounter("1", "thu", ("A01", "A02"))


class Nobody:
    def publish(self, change: Change) -> None:
        """No screen looks."""


class Desk:
    """A branch with its log, and an engine that follows it."""

    def __init__(self, store: Store) -> None:
        self.clock = FrozenClock(MORNING)
        history = store.read_now(lambda connection: read_history(connection, plan()))
        self.branch = Branch(history, store, self.clock, Nobody())
        self.store = store
        self.engine = ForecastWorker("riverside", store)

    async def perform(self, *commands: Command) -> None:
        for command in commands:
            await self.branch.perform(command, SYSTEM, secrets.token_hex(8))

    async def serve(self, number: str, minutes: float) -> None:
        await self.perform(TakeTicket("A01", "en", f"secret-of-{number}-{self.clock.now()}"))
        await self.perform(CallNext("1"), StartServing("1", number))
        self.clock.advance(seconds=minutes * 60)
        await self.perform(Finish("1", number))

    async def keep(self, learned: Learned) -> None:
        await self.store.write(lambda connection: save_forecast_state(connection, learned))

    def median_s(self, engine: ForecastWorker | None = None) -> float:
        engine = engine or self.engine
        engine.follow(self.branch.hall, [], [])
        return engine.snapshot(self.clock.now()).services["A01"].p50_s

    def learned(self) -> Learned:
        learned = self.engine.learned(self.clock.now())
        assert learned is not None
        return learned


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    store = Store(folder / "lobby.db")
    store.open()
    try:
        yield Desk(store)
    finally:
        store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    furnished_database(tmp_path / "lobby.db", _furnish)
    return tmp_path


def _furnish(connection: Connection) -> None:
    save_plan(connection, plan())


def play(coroutine: Any) -> None:
    asyncio.run(coroutine)


async def busy_morning(desk: Desk, minutes: float, times: int = 12) -> None:
    await desk.perform(OPEN)
    for _customer in range(times):
        await desk.serve(f"A{desk.branch.hall.tickets.count('A') + 1:03d}", minutes)


async def line(desk: Desk) -> None:
    """Four people wait, so that a wait depends on how long a job takes."""
    await desk.perform(*(TakeTicket("A01", "en", secrets.token_hex(8)) for _ in range(4)))


def test_it_follows_the_log_to_the_newest_hall(folder: Path) -> None:
    async def story() -> None:
        with desk(folder) as here:
            await here.perform(OPEN, TakeTicket("A01", "en", "one"))
            here.engine.follow(here.branch.hall, [], [])
            snapshot = here.engine.snapshot(MORNING)
            assert snapshot.version == here.branch.hall.version
            assert list(snapshot.tickets) == ["A001"]
            await here.perform(TakeTicket("A01", "en", "two"))
            here.engine.follow(here.branch.hall, [], [])
            assert list(here.engine.snapshot(MORNING).tickets) == ["A001", "A002"]

    play(story())


def test_it_learns_how_long_jobs_take_here(folder: Path) -> None:
    async def story() -> None:
        with desk(folder) as here:
            await here.perform(OPEN)
            await line(here)
            configured_s = here.median_s()
            await here.perform(*(CancelTicket(f"A{n:03d}") for n in range(1, 5)))
            for number in range(5, 17):
                await here.serve(f"A{number:03d}", minutes=15)
            await line(here)
            assert here.median_s() > 1.3 * configured_s

    play(story())


def test_a_restart_in_the_middle_of_the_day_learns_the_same(folder: Path) -> None:
    async def story() -> None:
        with desk(folder) as here:
            await busy_morning(here, minutes=9)
            await line(here)
            here.median_s()
            again = ForecastWorker("riverside", here.store)
            here.median_s(again)
            assert again.learned(MORNING) == replace(here.learned(), at=MORNING)

    play(story())


def test_what_was_kept_is_taken_up_where_it_ended(folder: Path) -> None:
    async def story() -> None:
        with desk(folder) as here:
            await busy_morning(here, minutes=9, times=6)
            here.median_s()
            kept = here.learned()
            await here.keep(kept)
            await busy_afternoon(here)
            fresh = ForecastWorker("riverside", here.store)
            here.median_s()
            here.median_s(fresh)
            told = msgspec.json.decode(here.learned().content, type=SavedState)
            learned = fresh.learned(here.clock.now())
            assert learned is not None
            assert msgspec.json.decode(learned.content, type=SavedState).version == told.version

    async def busy_afternoon(here: Desk) -> None:
        for number in range(7, 10):
            await here.serve(f"A{number:03d}", minutes=9)

    play(story())


def test_on_its_first_day_it_learns_from_the_days_before_it_came(folder: Path) -> None:
    async def story() -> None:
        with desk(folder) as here:
            await busy_morning(here, minutes=15)
            await here.perform(CloseCounter("1"))
            here.clock.advance(seconds=24 * 3600)
            await here.perform(OpenDay(), OPEN)
            await line(here)
            newcomer = here.median_s()
            stranger = ForecastWorker("nowhere", here.store)
            stranger._begin(plan())
            stranger._hall = here.branch.hall
            assert newcomer > stranger.snapshot(here.clock.now()).services["A01"].p50_s

    play(story())


def test_it_finds_past_days_and_leaves_those_it_cannot_read(folder: Path) -> None:
    async def story() -> None:
        with desk(folder) as here:
            for _day in range(3):
                await here.perform(OpenDay(), OPEN, CloseCounter("1"))
                here.clock.advance(seconds=24 * 3600)
            days = here.store.read_now(lambda c: past_days(c, "riverside", 5))
            assert [day.day for day in days] == [2, 3]
            old, _ = days
            found = here.store.read_now(lambda c: events_of_day(c, "riverside", old))
            assert found is not None and len(found[1]) == 3

            def changed(connection: Any) -> None:
                connection.execute(
                    EVENTS.update().where(EVENTS.c.business_day == old).values(payload="{}")
                )

            await here.store.write(changed)
            assert here.store.read_now(lambda c: events_of_day(c, "riverside", old)) is None
            assert here.median_s() >= 0, "and it works all the same"

    play(story())


@pytest.mark.parametrize("content", ["{torn", "{}", '{"version": 1, "forecaster": "of old"}'])
def test_it_begins_anew_where_nothing_it_kept_can_be_read(folder: Path, content: str) -> None:
    async def story() -> None:
        with desk(folder) as here:
            await here.keep(Learned("riverside", FORECAST, MORNING, content))
            await here.perform(OPEN)
            assert here.median_s() >= 0

    play(story())


def test_only_the_newest_knowledge_is_kept(folder: Path) -> None:
    async def story() -> None:
        with desk(folder) as here:
            for at, content in ((MORNING, "old"), (MORNING + timedelta(days=1), "new")):
                learned = Learned("riverside", FORECAST, at, content)
                await here.keep(learned)
            read = here.store.read_now(lambda c: load_forecast_state(c, "riverside", FORECAST))
            assert read == "new"

    play(story())


def test_a_new_day_is_a_lesson(folder: Path) -> None:
    async def story() -> None:
        with desk(folder) as here:
            assert here.engine.has_lessons(here.branch.hall), "there is a day to begin with"
            await here.perform(OPEN)
            here.median_s()
            assert not here.engine.has_lessons(here.branch.hall)
            here.clock.advance(seconds=24 * 3600)
            await here.perform(OpenDay())
            assert here.engine.has_lessons(here.branch.hall)
            assert here.median_s() is not None
            assert not here.engine.has_lessons(here.branch.hall)

    play(story())


def test_it_knows_nothing_before_it_has_followed(folder: Path) -> None:
    async def story() -> None:
        with desk(folder) as here:
            assert here.engine.learned(datetime.now(tz=MORNING.tzinfo)) is None

    play(story())
