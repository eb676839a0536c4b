"""Keeps what is announced in every branch up to date, beside the event loop and never in its way.

After each change of a branch, and as time goes by, its engine makes a new snapshot in a worker
thread; the ledger decides what that changes, the store keeps it and the hub has the screens
drawn again. Where no snapshot can be made, screens count people ahead and the log says why.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import anyio.to_thread
import structlog
from anyio import CapacityLimiter, move_on_after

from lobby.branch import Branch
from lobby.clock import Clock
from lobby.forecast.estimate import Snapshot
from lobby.live.changes import Change
from lobby.live.hub import Hub
from lobby.queueing.evolve.step import Step
from lobby.store.announced_waits import load_announced_waits, save_announced_waits
from lobby.store.forecast_state import save_forecast_state
from lobby.store.store import Store
from lobby.store.writer import StoreUnavailableError
from lobby.supervision import Part, PartKind, Supervisor
from lobby.waits.announced import NO_ANNOUNCEMENT, Announced
from lobby.waits.engine import ForecastWorker
from lobby.waits.ledger import AnnouncementLedger
from lobby.waits.metrics import FAILURES, SECONDS
from lobby.waits.schedule import RefreshSchedule

T = TypeVar("T")
log = structlog.get_logger()

THREADS = 2
"""A snapshot never takes more of the machine than this, however many branches there are."""

STEPS_MAX = 2_000
"""Events that wait for a snapshot to be over before the forecast learns from them. Each holds on to
a hall of its own, a few kilobytes; whoever is further behind reads the log."""

LAST_TURN_S = 1.0
"""How long a snapshot on its way may take when the house closes."""


@dataclass(slots=True)
class BranchForecast:
    """One branch's forecast. `made_of` is the version of the last hall that was tried;
    `took_s` is how long the last snapshot took, `turned` is set after each try."""

    branch: Branch
    engine: ForecastWorker
    ledger: AnnouncementLedger = field(default_factory=AnnouncementLedger)
    steps: deque[Step] = field(default_factory=lambda: deque(maxlen=STEPS_MAX))
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    hurry: asyncio.Event = field(default_factory=asyncio.Event)
    turned: asyncio.Event = field(default_factory=asyncio.Event)
    made_of: int = -1
    took_s: float = 0.0
    failed: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    part: Part | None = None


class WaitService:
    """A publisher before the hub; it follows each branch, so that a new ticket has its range before
    any screen is drawn."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        hub: Hub,
        pace: RefreshSchedule | None = None,
        supervisor: Supervisor | None = None,
    ) -> None:
        self._supervisor = supervisor or Supervisor()
        self.pace = pace or RefreshSchedule()
        self.make_engine: Callable[[str, Store], ForecastWorker] = ForecastWorker
        self._store, self._clock, self._hub = store, clock, hub
        self._desks: dict[str, BranchForecast] = {}
        self._threads: CapacityLimiter | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = False

    async def open(self, branches: Mapping[str, Branch]) -> None:
        """Where people wait already, the first snapshot comes before the first page, if it can."""
        self._threads, self._loop = CapacityLimiter(THREADS), asyncio.get_running_loop()
        for branch in branches.values():
            await self.add(branch)
        busy = [desk for desk in self._desks.values() if desk.branch.hall.waiting_count()]
        with move_on_after(self.pace.at_start_s):
            for desk in busy:
                await desk.turned.wait()

    async def add(self, branch: Branch) -> None:
        """A branch that is new in the open house."""
        engine = self.make_engine(branch.id, self._store)
        desk = self._desks[branch.id] = BranchForecast(branch, engine)
        await self._read_back(desk)
        branch.follow, run = partial(self._follow_act, desk), partial(self._keep, desk)
        start = partial(self._supervisor.start, PartKind.FORECAST, may_end=True)
        desk.part = start(run, branch_id=branch.id)

    async def close(self) -> None:
        """What was announced and learned is kept, if the database still takes it."""
        self._closing = True
        desks = [(desk.part, desk) for desk in self._desks.values() if desk.part is not None]
        tasks = {part.task: desk for part, desk in desks}
        for desk in self._desks.values():
            desk.wake.set()
            desk.hurry.set()
        if tasks:
            done, _late = await asyncio.wait(tasks, timeout=LAST_TURN_S)
            for part, _desk in desks:
                part.stop()
            for task in done:
                await self._put_away(tasks[task])
        self._desks.clear()

    def publish(self, change: Change) -> None:
        desk = self._desks.get(change.branch_id)
        if desk is not None:
            desk.wake.set()
        self._hub.publish(change)

    def announced(self, branch_id: str) -> Announced:
        """A value to read freely; empty where nobody can say, or not any more."""
        desk = self._desks.get(branch_id)
        shown = desk.ledger.announced if desk else NO_ANNOUNCEMENT
        return NO_ANNOUNCEMENT if shown.is_stale(self._clock.now()) else shown

    def ages_s(self) -> dict[str, float]:
        """How old each branch's snapshot is; a branch without one is left out."""
        now = self._clock.now()
        snapshots = {key: desk.ledger.announced.at for key, desk in self._desks.items()}
        return {key: (now - at).total_seconds() for key, at in snapshots.items() if at}

    async def settled(self, branch_id: str) -> None:
        """Return when the newest hall was taken in or could not be, and what came is stored."""
        desk = self._desks[branch_id]
        while desk.made_of < desk.branch.hall.version:
            desk.turned.clear()
            desk.hurry.set()
            await desk.turned.wait()
        async with desk.lock:
            return

    async def consult(self, branch_id: str, work: Callable[[ForecastWorker], T]) -> T | None:
        """Ask a branch's engine something between two snapshots; None where it has made none."""
        desk = self._desks.get(branch_id)
        if desk is None or desk.failed or desk.made_of < 0:
            return None
        async with desk.lock:
            engine = desk.engine
            return await self._in_thread(lambda: work(engine), self.pace.patience_s)

    async def settle_from_outside(self) -> None:
        """The same for every branch, asked from another event loop."""
        for branch_id in list(self._desks):
            assert self._loop is not None, "open"
            work = asyncio.run_coroutine_threadsafe(self.settled(branch_id), self._loop)
            await asyncio.wrap_future(work)

    async def _keep(self, desk: BranchForecast) -> None:
        desk.wake.set()
        while not self._closing:
            await self._awakening(desk)
            began_s = time.monotonic()
            async with desk.lock:
                await self._turn(desk)
            desk.turned.set()
            turn_s = self.pace.turn_s(desk.took_s, failed=desk.failed)
            await _wait_or_timeout(desk.hurry, turn_s - (time.monotonic() - began_s))
            desk.hurry.clear()

    async def _awakening(self, desk: BranchForecast) -> None:
        """Until something has happened, or the snapshot has become too old."""
        while not desk.wake.is_set() and not self._is_old(desk):
            await _wait_or_timeout(desk.wake, self.pace.look_s)
        desk.wake.clear()

    def _is_old(self, desk: BranchForecast) -> bool:
        made_at = desk.ledger.announced.at
        waits, pace = desk.branch.hall.waiting_count(), self.pace
        old_s = pace.old_while_waiting_s if waits else pace.old_while_quiet_s
        return made_at is None or (self._clock.now() - made_at).total_seconds() > old_s

    async def _turn(self, desk: BranchForecast) -> None:
        version, engine = desk.branch.hall.version, desk.engine
        try:
            new_day = await self._follow(desk, engine)
            snapshot = await self._snapshot(desk, engine)
            changed = await self._renew(desk, snapshot)
            desk.failed = False
            if desk.part is not None:
                desk.part.works()
        except Exception as error:  # noqa: BLE001 - whatever it is, people are told something true
            changed, new_day = self._fall_silent(desk, error), False
        desk.made_of = version
        if changed:
            self._hub.publish(Change(desk.branch.id, desk.branch.hall.version))
        await self._store_told(desk)
        if new_day:
            await self._store_learned(desk)

    async def _follow(self, desk: BranchForecast, engine: ForecastWorker) -> bool:
        """Whether a day was learned from."""
        hall = desk.branch.hall
        words, desk.ledger.first_words = desk.ledger.first_words, []
        steps = list(desk.steps)
        desk.steps.clear()
        has_lessons = engine.has_lessons(hall)
        patience_s = self.pace.lesson_patience_s if has_lessons else self.pace.patience_s
        await self._in_thread(lambda: engine.follow(hall, steps, words), patience_s)
        return has_lessons

    async def _snapshot(self, desk: BranchForecast, engine: ForecastWorker) -> Snapshot:
        began_s, now = time.perf_counter(), self._clock.now()
        snapshot = await self._in_thread(lambda: engine.snapshot(now), self.pace.patience_s)
        desk.took_s = time.perf_counter() - began_s
        SECONDS.observe(desk.took_s)
        return snapshot

    async def _renew(self, desk: BranchForecast, snapshot: Snapshot) -> bool:
        """Whether anything is announced that was not before."""
        now, engine = self._clock.now(), desk.engine
        foresee = partial(engine.foresee, now=now)
        renewing = desk.ledger.renewing(snapshot, desk.branch.hall, now, foresee)
        renewal = await self._in_thread(renewing, self.pace.patience_s)
        return desk.ledger.take_in(renewal)

    async def _in_thread(self, work: Callable[[], T], patience_s: float) -> T:
        """What takes too long is left to itself: its engine is never used again."""
        with move_on_after(patience_s):
            return await anyio.to_thread.run_sync(
                work, abandon_on_cancel=True, limiter=self._threads
            )
        raise TimeoutError(f"no answer in {patience_s:g} s")

    def _fall_silent(self, desk: BranchForecast, error: Exception) -> bool:
        log.warning(
            "no forecast, people ahead are told instead", branch=desk.branch.id, reason=repr(error)
        )
        FAILURES.inc()
        desk.failed = True
        if desk.part is not None:
            desk.part.failed(error)
        desk.engine = self.make_engine(desk.branch.id, self._store)
        return desk.ledger.fall_silent()

    def _follow_act(self, desk: BranchForecast, steps: Sequence[Step]) -> None:
        """A ticket is safe already: what goes wrong here costs it only its range."""
        desk.steps.extend(steps)
        try:
            desk.ledger.welcome(steps, self._clock.now())
        except Exception:
            log.exception("a new ticket was told no range", branch=desk.branch.id)

    async def _read_back(self, desk: BranchForecast) -> None:
        hall = desk.branch.hall
        day, branch_id = hall.day, desk.branch.id
        if day is not None:
            rows = await self._store.read(lambda c: load_announced_waits(c, branch_id, day))
            desk.ledger.read_back(hall, rows)

    async def _put_away(self, desk: BranchForecast) -> None:
        await self._store_told(desk)
        if not desk.failed:
            await self._store_learned(desk)

    async def _store_told(self, desk: BranchForecast) -> None:
        rows, desk.ledger.unkept = desk.ledger.unkept, []
        if not rows:
            return
        try:
            await self._store.write(lambda connection: save_announced_waits(connection, rows))
        except StoreUnavailableError as error:
            desk.ledger.unkept[:0] = rows
            log.warning("ranges not stored yet", branch=desk.branch.id, reason=str(error))

    async def _store_learned(self, desk: BranchForecast) -> None:
        engine, now = desk.engine, self._clock.now()
        try:
            learned = await self._in_thread(lambda: engine.learned(now), self.pace.patience_s)
            if learned is not None:
                await self._store.write(lambda connection: save_forecast_state(connection, learned))
        except (TimeoutError, StoreUnavailableError) as error:
            log.warning("what was learned is not stored", branch=desk.branch.id, reason=str(error))


async def _wait_or_timeout(event: asyncio.Event, patience_s: float) -> None:
    """Until it is set, but no longer than this."""
    with move_on_after(max(0.0, patience_s)):
        await event.wait()
