"""Backups that a server makes by itself, beside its other work, into the folder that is set."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import anyio.to_thread
import structlog

from lobby.clock import Clock
from lobby.store.backup_folder import Made, back_up_into, newest_in
from lobby.store.backups import CopyError
from lobby.supervision import Part, PartKind, Supervisor

log = structlog.get_logger()

LOOK_EVERY_S = 30.0
"""How late a backup may begin."""

AGAIN_AFTER = timedelta(minutes=5)
"""What failed, for want of room or of a disk, is tried again before the next is due."""


class ScheduledBackups:
    """Event loop only."""

    def __init__(
        self,
        database: Path,
        folder: Path,
        every: timedelta,
        recipient: str | None,
        clock: Clock,
    ) -> None:
        self._database, self._folder, self._recipient = database, folder, recipient
        self._every, self._clock = every, clock
        self._failed_at: datetime | None = None
        self._part: Part | None = None

    def start(self, supervisor: Supervisor) -> None:
        self._part = supervisor.start(PartKind.BACKUPS, self._keep)

    async def _keep(self) -> None:
        while True:
            if await anyio.to_thread.run_sync(self._is_due):
                await self._back_up()
            await asyncio.sleep(LOOK_EVERY_S)

    def _is_due(self) -> bool:
        now = self._clock.now()
        if self._failed_at is not None and now - self._failed_at < AGAIN_AFTER:
            return False
        newest = newest_in(self._folder)
        return newest is None or now - newest >= self._every

    async def _back_up(self) -> None:
        assert self._part is not None, "it runs as a part"
        try:
            made: Made = await anyio.to_thread.run_sync(
                back_up_into, self._folder, self._database, self._clock.now(), self._recipient
            )
        except CopyError as error:
            self._failed_at = self._clock.now()
            log.error("a backup failed", reason=str(error))
            self._part.failed(str(error))
            return
        self._failed_at = None
        self._part.works()
        log.info("a backup was made", file=str(made.path), thinned_out=made.thinned_out)
