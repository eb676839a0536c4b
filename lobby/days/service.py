"""The service of days: opens each branch's new day by itself, settles in whatever day opened, and
gives back what somebody took and left, marks the counters that nobody is at, and lets those wait
again whose place was kept long enough.

A day is opened by the first ticket, by the first counter, or here in the quiet of the night. Its
calling rule and counter policy are in force before the first decision (`lobby.branch`); what else
belongs to a day, its catalogue and the keys of yesterday, is settled here, whoever opened it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

import structlog

from lobby.branch import Actor, ActorKind, Branch
from lobby.clock import SystemClock
from lobby.days.rests import wake
from lobby.days.seats import HasTerminal, Seats
from lobby.days.unfinished import take_back
from lobby.queueing.commands.command import CloseOutDay, CorrectClock, OpenDay
from lobby.queueing.decide.day import has_new_date, is_left_open, is_quiet
from lobby.queueing.model.unfinished import takers
from lobby.queueing.refusals.refusal import Refusal
from lobby.steady_clock import JUMP_S, SteadyClock
from lobby.store.log import forget_acts, last_event_at
from lobby.store.people import who_is_gone
from lobby.store.postgres import forget_marks
from lobby.store.records import forget_records
from lobby.store.slips import forget_slips
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

IsOpen = Callable[[Branch, datetime], bool]
"""Whether the branch has opened today and not yet closed for the day."""


class Days:
    """Event loop only. `behind` are the branches for which the clock was behind their newest event
    when this process began, with the time of that event. `failures` says of each branch whose day
    could not be kept why not, until it could: for whoever watches over the process."""

    def __init__(
        self,
        store: Store,
        clock: SteadyClock,
        adopt: Adopt,
        is_open: IsOpen,
        close_out_after: timedelta,
        *,
        has_terminal: HasTerminal = lambda _branch, _teller: False,
        supervisor: Supervisor | None = None,
    ) -> None:
        self._supervisor = supervisor or Supervisor()
        self.failures: dict[str, str] = {}
        self.behind: dict[str, datetime] = {}
        self._branches: Mapping[str, Branch] = {}
        self._store, self._clock, self._adopt = store, clock, adopt
        self._is_open, self._close_out_after = is_open, close_out_after
        self._wall = SystemClock()
        self._seats = Seats(has_terminal)
        self._to_settle: set[str] = set()
        self._wake = asyncio.Event()
        self._part: Part | None = None

    async def open(self, branches: Mapping[str, Branch]) -> None:
        self._branches = branches
        if self._clock.is_synchronised() is False:
            log.warning("no time server keeps the clock of this computer right")
        for branch in branches.values():
            await self.add(branch)
        await self.forget_old_acts()
        self._part = self._supervisor.start(PartKind.DAYS, lambda: self._keep(branches))

    async def add(self, branch: Branch) -> None:
        """Also one that is new among `branches` while the house is open."""
        branch.on_day_opened = partial(self._opened, branch)
        await self._compare_with_log(branch)

    async def close(self) -> None:
        if self._part is not None:
            self._part.stop()
            await asyncio.gather(self._part.task, return_exceptions=True)

    async def adopt(self, branch: Branch) -> None:
        """What the day that is open has beside its hall, now and not at its next turn."""
        await self._adopt(branch)

    async def check(self, branch: Branch) -> None:
        """Whatever goes wrong is said and tried again: one branch's trouble keeps no other branch
        in yesterday."""
        try:
            self._clock.settle()
            await self._correct(branch)
            await self._close_out(branch)
            await self._turn(branch)
            await self._settle(branch)
            await wake(branch, self._clock.now())
            await self._look_for_gone(branch)
        except (Refusal, StoreUnavailableError) as error:
            self.failures[branch.id] = repr(error)
            log.warning("the day was not kept", branch=branch.id, reason=repr(error))
        except Exception as error:
            self.failures[branch.id] = repr(error)
            log.exception("the day was not kept", branch=branch.id)
        else:
            self.failures.pop(branch.id, None)

    async def answer_clock(self, *, is_right: bool, by: str) -> None:
        """The head says whether the machine's clock, which was set, is right."""
        decide = self._clock.follow if is_right else self._clock.refuse
        if not decide(by):
            return
        log.warning("the head judged the clock", is_right=is_right, staff=by)
        for branch in list(self._branches.values()):
            await self.check(branch)

    async def _compare_with_log(self, branch: Branch) -> None:
        """A machine that starts with an old date says so; the day that is open stays open."""
        last_at = await self._store.read(lambda connection: last_event_at(connection, branch.id))
        now = self._clock.now()
        if last_at is not None and (last_at - now).total_seconds() > JUMP_S:
            self.behind[branch.id] = last_at
            log.warning(
                "the clock is behind the newest event", branch=branch.id, now=now, last=last_at
            )

    async def forget_old_acts(self) -> None:
        before = self._clock.now() - ACTS_KEPT
        await self._store.write(lambda connection: forget_acts(connection, before))
        await self._store.write(lambda connection: forget_records(connection, before))
        await self._store.write(lambda connection: forget_slips(connection, before))
        await self._store.write(lambda connection: forget_marks(connection, before))

    def _opened(self, branch: Branch) -> None:
        self._to_settle.add(branch.id)
        self._wake.set()

    async def _correct(self, branch: Branch) -> None:
        """Tell the branch of a clock that was set and is followed, before any day turns by it."""
        shift_s = branch.behind_s
        if not shift_s or branch.hall.day is None:
            return
        jump = self._clock.jump
        right_until = branch.began_at if branch.id in self.behind else 0
        by = jump.by if jump else ""
        command = CorrectClock(shift_s, branch.began_at, right_until, by)
        await branch.perform(command, DAY_TASK, f"clock-{branch.hall.version}-{shift_s}")
        log.warning("the clock was corrected", branch=branch.id, shift_s=round(shift_s))

    async def _close_out(self, branch: Branch) -> None:
        """A forgotten counter and a customer who left without a word keep no day open for ever."""
        hall, now = branch.hall, self._clock.now()
        if hall.day is None or not is_left_open(hall):
            return
        has_passed = has_new_date(hall, now)
        if self._is_open(branch, now) and not has_passed:
            return
        last_at = await self._store.read(lambda connection: last_event_at(connection, branch.id))
        if last_at is None or now - last_at < self._close_out_after:
            return
        command = CloseOutDay(last_at, hall.version)
        await branch.perform(command, DAY_TASK, f"close-out-{hall.version}")
        log.info("the day was closed out", branch=branch.id, idle_since=last_at)

    async def _turn(self, branch: Branch) -> None:
        """A display that nobody touches shows the new day, not yesterday's last call."""
        now = self._clock.now()
        if is_quiet(branch.hall, now):
            key = f"day-{branch.plan.business_day(now)}"
            await branch.perform(OpenDay(), DAY_TASK, key)

    async def _settle(self, branch: Branch) -> None:
        if branch.id not in self._to_settle:
            return
        self._to_settle.discard(branch.id)  # first: a day may open meanwhile
        try:
            await self._adopt(branch)
            await self.forget_old_acts()
        except Exception:
            self._to_settle.add(branch.id)
            raise

    async def _look_for_gone(self, branch: Branch) -> None:
        """Cards, and counters, of whoever has signed out, was removed, or is silent. Sign-ins go by
        the clock on the wall. Nobody is asked for where nobody has anything."""
        hall, at = branch.hall, self._wall.now()
        if not takers(hall) and not any(each.is_open for each in hall.counters.values()):
            return
        gone = await self._store.read(lambda connection: who_is_gone(connection, branch.id, at))
        await take_back(branch, gone, self._clock.now())
        await self._seats.watch(branch, gone, self._clock.now())

    async def _keep(self, branches: Mapping[str, Branch]) -> None:
        while True:
            self._wake.clear()
            for branch in list(branches.values()):  # one may be added meanwhile
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
