"""What has become of each slip: kept in the database with every step, and known to the screens.

A slip is noted as sent before its first byte goes out. So what is still pending after a start was
never on its way and may be printed now, and what was sent and never confirmed is not sent again by
anybody but a person. Event loop only.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

import structlog

from lobby.printing.print_queue import Job
from lobby.printing.printers import Result
from lobby.store.kinds import SlipState
from lobby.store.slips import SlipChange, SlipKey, SlipRecord
from lobby.store.store import Store
from lobby.store.writer import StoreUnavailableError

log = structlog.get_logger()

REMEMBERED_MAX = 2_000
"""More than are asked for in the minutes in which a screen may speak of a slip."""

STATES = {
    Result.PRINTED: SlipState.PRINTED,
    Result.TAKEN: SlipState.PRINTED,  # all that a printer without answers can tell
    Result.NOT_PRINTED: SlipState.NOT_PRINTED,
    Result.UNKNOWN: SlipState.UNKNOWN,
}

Alarm = Callable[[], Awaitable[None]]
"""Somebody has to come: the slip is not on paper, or nobody can say so."""


class SlipLedger:
    """`newest` is the last slip of each ticket, as far as it matters to a screen."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._newest: OrderedDict[SlipKey, SlipRecord] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self.asking = asyncio.Lock()
        """Held from the look whether another slip is wanted until that one is known."""

    def newest(self, key: SlipKey) -> SlipRecord | None:
        return self._newest.get(key)

    def remember(self, records: Iterable[SlipRecord]) -> None:
        """As they stand in the database; the last of a ticket is its newest."""
        for record in records:
            self._newest[record.key] = record
            self._newest.move_to_end(record.key)
        while len(self._newest) > REMEMBERED_MAX:
            self._newest.popitem(last=False)

    async def note(self, record: SlipRecord, state: SlipState) -> None:
        """Durable on return. Raises `StoreUnavailableError`."""
        now = replace(record, state=state)
        self.remember((now,))
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._store.writer.submit(SlipChange(now, future))
        await future

    def follow(self, record: SlipRecord, job: Job | None, alarm: Alarm) -> None:
        """Note what becomes of a slip on its way; without a job there is no printer for it."""
        self.remember((record,))
        task = asyncio.get_running_loop().create_task(self._follow(record, job, alarm))
        self._tasks.add(task)  # the loop itself keeps only weak references to what it runs
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Whatever is on its way stays as it was noted last: the next start takes it up."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def settle(self, record: SlipRecord, state: SlipState) -> None:
        """As `note`; where the database is away the row stays behind, and errs to the side of
        asking once more."""
        try:
            await self.note(record, state)
        except StoreUnavailableError as error:
            log.warning(
                "what became of a slip is not kept", number=record.number, reason=str(error)
            )

    async def _follow(self, record: SlipRecord, job: Job | None, alarm: Alarm) -> None:
        result = (await job.settled()).result if job else Result.NOT_PRINTED
        await self.settle(record, STATES[result])
        if STATES[result] is not SlipState.PRINTED:
            await alarm()
