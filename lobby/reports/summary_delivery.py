"""Summaries of days that ended, left in a folder and mailed, beside all other work.

The folder remembers: a summary that lies in it is made, and one with a mark beside it was mailed.
So a process that starts again does nothing twice, and what failed is tried again.
"""

import asyncio
import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import anyio.to_thread
import structlog

from lobby.branch import Branch
from lobby.reports.mail import MailError, NoServerError
from lobby.reports.reading import read_day
from lobby.reports.summary import Summary, summary_of
from lobby.reports.summary_letters import Letters, Place, drafted
from lobby.store.rollups import days_rolled_up
from lobby.summary_settings import SummarySettings
from lobby.supervision import Part, PartKind
from lobby.web.services import Services

log = structlog.get_logger()

LOOK_EVERY_S = 30.0
"""How late a summary may be."""

AGAIN_AFTER = timedelta(minutes=5)
"""What failed is tried again."""

OLDEST = timedelta(days=7)
"""Nobody wants to be told of a day that ended longer ago."""


class ClosingSummaries:
    """Event loop only. A turn of a day never waits for it."""

    def __init__(self, services: Services, settings: SummarySettings) -> None:
        self._services, self._settings = services, settings
        self._failed_at: datetime | None = None
        self._part: Part | None = None
        self._missing: set[Place] = set()
        self._letters = Letters(settings.mail)
        self._unknown: frozenset[str] = frozenset()
        self._looking = asyncio.Lock()

    def start(self) -> None:
        self._part = self._services.supervisor.start(PartKind.SUMMARIES, self._keep)

    async def _keep(self) -> None:
        while True:
            now = self._services.clock.now()
            if self._failed_at is None or now - self._failed_at >= AGAIN_AFTER:
                await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """One at a time."""
        async with self._looking:
            reasons = await self._look()
            self._failed_at = self._services.clock.now() if reasons else None
            self._tell(reasons)

    async def _look(self) -> list[str]:
        """First what is left in the folder, whatever becomes of the mails. Each branch by itself:
        the trouble of one keeps no other from its summary."""
        reasons: list[str] = []
        ended = []
        for branch in list(self._services.branches.values()):
            try:
                ended.append((branch, await self._leave(branch)))
            except Exception as error:  # noqa: BLE001 - told, and the next branch has its turn
                reasons.append(_told(branch.id, error))
        for branch, places in ended:
            try:
                await self._mail(branch, places)
            except NoServerError as error:
                reasons.append(_told(branch.id, error))
                break
            except Exception as error:  # noqa: BLE001 - told, and the next branch has its turn
                reasons.append(_told(branch.id, error))
        return reasons

    def _tell(self, reasons: Sequence[str]) -> None:
        """What is tried again, and what stays as it is until somebody mends it."""
        standing = (*self._letters.refused.values(), *self._to_nobody())
        reason = "; ".join((*reasons, *standing))
        if self._part is None:
            return
        if not reason:
            self._part.works()
        elif reasons or not self._part.is_failing or self._part.last_failure != reason:
            self._part.failed(reason)

    def _to_nobody(self) -> list[str]:
        """Of each branch that somebody is named for and that there is not. Logged once."""
        mail = self._settings.mail
        unknown = mail.branches - set(self._services.branches) if mail else frozenset[str]()
        if unknown - self._unknown:
            log.error("recipients of summaries of unknown branches", branches=sorted(unknown))
        self._unknown = unknown
        return [f"LOBBY_SUMMARY_TO names {name!r}, which is no branch" for name in sorted(unknown)]

    async def _leave(self, branch: Branch) -> list[Place]:
        """The days whose summaries lie in the folder now, oldest first."""
        days = await self._ended_lately(branch)
        places = [Place(self._settings.folder, branch.id, day) for day in days]
        missing = [p for p in places if not await anyio.to_thread.run_sync(p.page.exists)]
        self._missing.update(missing)
        for place in missing:
            summary = await self._summary(branch, place.day)
            await anyio.to_thread.run_sync(_write, place.page, summary.page)
            self._missing.discard(place)
            log.info("a summary was left", file=str(place.page))
        return places

    async def _mail(self, branch: Branch, places: Sequence[Place]) -> None:
        for place in places:
            if await anyio.to_thread.run_sync(self._letters.is_due, place):
                summary = await self._summary(branch, place.day)
                now = self._services.clock.now()
                await anyio.to_thread.run_sync(self._letters.send_once, place, summary, now)

    async def _summary(self, branch: Branch, day: date) -> Summary:
        return summary_of(await read_day(self._services, branch.plan, day), self._services.pages)

    async def _ended_lately(self, branch: Branch) -> list[date]:
        """The last day that ended, and earlier ones whose summary was made, or should have been."""
        today = branch.plan.business_day(self._services.clock.now())
        known = await self._services.store.read(
            lambda connection: days_rolled_up(connection, [branch.id], today - OLDEST, today)
        )
        days = sorted(day for day, tally in known.get(branch.id, {}).items() if tally["tickets"])
        earlier = await anyio.to_thread.run_sync(self._made_among, branch.id, days[:-1])
        return [*earlier, *days[-1:]]

    def _made_among(self, branch_id: str, days: Iterable[date]) -> list[date]:
        places = [Place(self._settings.folder, branch_id, day) for day in days]
        return [each.day for each in places if each in self._missing or each.page.exists()]


def _told(branch_id: str, error: Exception) -> str:
    """Of an error that nobody expected the name alone: its text may hold anything."""
    is_expected = isinstance(error, OSError | MailError)
    reason = str(error) if is_expected else type(error).__name__
    log.error("a summary was not delivered", branch=branch_id, reason=reason)
    return f"{branch_id}: {reason}"


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.replace(drafted(path, text), path)  # noqa: PTH105 - as a move over what is there
