"""Whether acts can be done now: what the last ones met, and where there were none, a write.

Asked as often as anybody likes, it looks at most once a second. While nobody asks, it looks only
after a failure, until that is over.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

import structlog

from lobby.branch import Branches
from lobby.clock import Clock
from lobby.store.errors import StoreUnavailableError, Trouble
from lobby.store.health_probe import OvertakenError, probe_write
from lobby.store.store import Store

log = structlog.get_logger()

FRESH_S = 1.0
"""An answer holds so long, and so does an act that succeeded."""

WATCH_EVERY_S = 1.0
"""How late the screens of the house hear of a failure, and that it is over."""

PATIENCE_S = 2.0
"""A write that takes longer keeps customers waiting, so it counts as none."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """`trouble` None while acts can be done; `since` is when that ended."""

    trouble: Trouble | None = None
    since: datetime | None = None


class ReadinessCheck:
    """Event loop only. `on_change` hears of each change."""

    def __init__(self, store: Store, clock: Clock, branches: Callable[[], Branches]) -> None:
        self._store, self._clock, self._branches = store, clock, branches
        self._lock = asyncio.Lock()
        self._looked_at_s = self._probed_at_s = float("-inf")
        self.on_change: Callable[[], None] = lambda: None
        self.last = Readiness()

    async def now(self) -> Readiness:
        """Whoever asks while another's question is under way gets the same answer."""
        async with self._lock:
            if not self._is_fresh():
                trouble = await self._trouble()
                self._looked_at_s = monotonic()
                self._note(trouble)
        return self.last

    def _is_fresh(self) -> bool:
        """What was well is looked at again as soon as an act has failed."""
        has_failed = self._store.writer.health.failed_at_s > self._looked_at_s
        if self.last.trouble is None and has_failed:
            return False
        return monotonic() - self._looked_at_s < FRESH_S

    async def watch_for_ever(self) -> None:
        while True:
            await asyncio.sleep(WATCH_EVERY_S)
            has_failed = self._store.writer.health.trouble is not None
            if has_failed or self.last.trouble is not None or not self._store.is_sole():
                await self.now()

    def _note(self, trouble: Trouble | None) -> None:
        if trouble is self.last.trouble:
            return
        if trouble is None:
            log.warning("acts can be done again")
        else:
            log.error("acts cannot be done", trouble=trouble.value)
        self.last = Readiness(trouble, self._clock.now() if trouble else None)
        self.on_change()

    async def _trouble(self) -> Trouble | None:
        writer = self._store.writer
        if not writer.is_alive:
            return Trouble.FAULT
        if not self._store.is_sole():
            return Trouble.LOCK_LOST
        health = writer.health
        acts_succeed = monotonic() - health.succeeded_at_s < FRESH_S
        if acts_succeed and health.failed_at_s < self._probed_at_s:
            return None
        return await self._probe()

    async def _probe(self) -> Trouble | None:
        began_s, at = monotonic(), self._clock.now()
        branches = {branch.id: branch.versions_here for branch in self._branches().values()}
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._store.write(lambda c: probe_write(c, at, branches))
        except TimeoutError:
            return self._store.writer.health.trouble or Trouble.SLOW
        except OvertakenError:
            return Trouble.OVERTAKEN
        except StoreUnavailableError as error:
            return error.trouble
        self._probed_at_s = began_s
        return None
