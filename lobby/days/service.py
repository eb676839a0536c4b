"""The service of days: opens each branch's new day by itself, and settles in whatever day opened.

A day is opened by the first ticket, by the first counter, or here in the quiet of the night. Its
calling rule and counter policy are in force before the first decision (`lobby.branch`); what else
belongs to a day, its catalogue and the keys of yesterday, is settled here, whoever opened it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog

from lobby.branch import Actor, ActorKind, Branch
from lobby.clock import Clock
from lobby.queueing.commands.command import OpenDay
from lobby.queueing.decide.day import is_quiet
from lobby.queueing.refusals.refusal import Refusal
from lobby.store.log import forget_acts
from lobby.store.postgres import forget_marks
from lobby.store.store import Store
from lobby.store.writer import StoreUnavailableError
from lobby.supervision import Part, PartKind, Supervisor

log = structlog.get_logger()

DAY_TASK = Actor(ActorKind.SYSTEM, "day")

ACTS_KEPT = timedelta(days=2)
"""How long a repeated act is known again."""

CHECK_S = 20.0
"""How late a new business day may open by itself; a first ticket opens it at once."""

Adopt = Callable[[Branch], Awaitable[None]]


class Days:
    """Event loop only. `failures` says of each branch whose day could not be kept why not, until
    it could: for whoever watches over the process."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        adopt: Adopt,
        *,
        supervisor: Supervisor | None = None,
    ) -> None:
        self._supervisor = supervisor or Supervisor()
        self.failures: dict[str, str] = {}
        self._store, self._clock, self._adopt = store, clock, adopt
        self._to_settle: set[str] = set()
        self._wake = asyncio.Event()
        self._part: Part | None = None

    async def open(self, branches: Mapping[str, Branch]) -> None:
        for branch in branches.values():
            branch.on_day_opened = partial(self._opened, branch)
        await self.forget_old_acts()
        self._part = self._supervisor.start(PartKind.DAYS, lambda: self._keep(branches))

    async def close(self) -> None:
        if self._part is not None:
            self._part.stop()
            await asyncio.gather(self._part.task, return_exceptions=True)

    async def check(self, branch: Branch) -> None:
        """Whatever goes wrong is said and tried again: one branch's trouble keeps no other branch
        in yesterday."""
        try:
            await self._turn(branch)
            await self._settle(branch)
        except (Refusal, StoreUnavailableError) as error:
            self.failures[branch.id] = repr(error)
            log.warning("the day was not kept", branch=branch.id, reason=repr(error))
        except Exception as error:
            self.failures[branch.id] = repr(error)
            log.exception("the day was not kept", branch=branch.id)
        else:
            self.failures.pop(branch.id, None)

    async def forget_old_acts(self) -> None:
        before = self._clock.now() - ACTS_KEPT
        await self._store.write(lambda connection: forget_acts(connection, before))
        await self._store.write(lambda connection: forget_marks(connection, before))

    def _opened(self, branch: Branch) -> None:
        self._to_settle.add(branch.id)
        self._wake.set()

    async def _turn(self, branch: Branch) -> None:
        """A display that nobody touches shows the new day, not yesterday's last call."""
        now = self._clock.now()
        if is_quiet(branch.hall, now):
            key = f"day-{branch.plan.business_day(now)}"
            await branch.perform(OpenDay(), DAY_TASK, key)

    async def _settle(self, branch: Branch) -> None:
        if branch.id not in self._to_settle:
            return
        await self._adopt(branch)
        await self.forget_old_acts()
        self._to_settle.discard(branch.id)

    async def _keep(self, branches: Mapping[str, Branch]) -> None:
        while True:
            self._wake.clear()
            for branch in branches.values():
                await self.check(branch)
            self._tell()
            with suppress(TimeoutError):
                async with asyncio.timeout(CHECK_S):
                    await self._wake.wait()

    def _tell(self) -> None:
        if self._part is None:
            return
        for branch_id, reason in self.failures.items():
            self._part.failed(f"{branch_id}: {reason}")
        if not self.failures:
            self._part.works()
