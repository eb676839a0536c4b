"""Summaries of days that ended, left in a folder and mailed, beside all other work.

The folder remembers: a summary that lies in it is made, and one with a mark beside it was mailed.
So a process that starts again does nothing twice, and what failed is tried again.
"""

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import anyio.to_thread
import structlog

from lobby.branch import Branch
from lobby.reports.mail import Mail, MailError, send
from lobby.reports.reading import read_day
from lobby.reports.summary import Summary, summary_of
from lobby.store.rollups import days_rolled_up
from lobby.summary_settings import MailSettings, SummarySettings
from lobby.supervision import Part, PartKind
from lobby.web.services import Services

log = structlog.get_logger()

LOOK_EVERY_S = 30.0
"""How late a summary may be."""

AGAIN_AFTER = timedelta(minutes=5)
"""What failed is tried again."""

OLDEST = timedelta(days=7)
"""Nobody wants to be told of a day that ended longer ago."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the summary of a day lies, and the mark that it was mailed."""

    folder: Path
    branch_id: str
    day: date

    @property
    def page(self) -> Path:
        return self.folder / f"summary-{self.branch_id}-{self.day}.html"

    @property
    def mailed(self) -> Path:
        return self.page.with_suffix(".mailed")


class ClosingSummaries:
    """Event loop only. A turn of a day never waits for it."""

    def __init__(self, services: Services, settings: SummarySettings) -> None:
        self._services, self._settings = services, settings
        self._failed_at: datetime | None = None
        self._part: Part | None = None

    def start(self) -> None:
        self._part = self._services.supervisor.start(PartKind.SUMMARIES, self._keep)

    async def _keep(self) -> None:
        while True:
            now = self._services.clock.now()
            if self._failed_at is None or now - self._failed_at >= AGAIN_AFTER:
                await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Each branch by itself: the trouble of one keeps no other from its summary."""
        reasons = []
        for branch in self._services.branches.values():
            try:
                await self._deliver(branch)
            except (OSError, MailError) as error:
                log.error("a summary was not delivered", branch=branch.id, reason=str(error))
                reasons.append(f"{branch.id}: {error}")
        self._failed_at = self._services.clock.now() if reasons else None
        if self._part is None:
            return
        if reasons:
            self._part.failed("; ".join(reasons))
        else:
            self._part.works()

    async def _deliver(self, branch: Branch) -> None:
        """First into the folder, whatever becomes of the mail."""
        places = [
            Place(self._settings.folder, branch.id, day) for day in await self._ended_lately(branch)
        ]
        for place in places:
            if not await anyio.to_thread.run_sync(place.page.exists):
                summary = await self._summary(branch, place.day)
                await anyio.to_thread.run_sync(_write, place.page, summary.page)
                log.info("a summary was left", file=str(place.page))
        mail = self._settings.mail
        to = mail.to(branch.id) if mail else ()
        for place in places:
            if mail and to and not await anyio.to_thread.run_sync(place.mailed.exists):
                summary = await self._summary(branch, place.day)
                await self._mail(place, summary, mail, to)

    async def _summary(self, branch: Branch, day: date) -> Summary:
        return summary_of(await read_day(self._services, branch.plan, day), self._services.pages)

    async def _mail(
        self, place: Place, summary: Summary, mail: MailSettings, to: tuple[str, ...]
    ) -> None:
        letter = Mail(to, summary.subject, summary.text, summary.page, place.page.name)
        await anyio.to_thread.run_sync(send, letter, mail, self._services.clock.now())
        await anyio.to_thread.run_sync(_write, place.mailed, "\n".join(to))
        log.info("a summary was mailed", branch=place.branch_id, day=str(place.day), to=len(to))

    async def _ended_lately(self, branch: Branch) -> list[date]:
        """The last day that ended, and earlier ones whose summary was made and not yet mailed."""
        today = branch.plan.business_day(self._services.clock.now())
        known = await self._services.store.read(
            lambda connection: days_rolled_up(connection, [branch.id], today - OLDEST, today)
        )
        days = sorted(day for day, tally in known.get(branch.id, {}).items() if tally["tickets"])
        earlier = await anyio.to_thread.run_sync(self._made_among, branch.id, days[:-1])
        return [*earlier, *days[-1:]]

    def _made_among(self, branch_id: str, days: Iterable[date]) -> list[date]:
        places = [Place(self._settings.folder, branch_id, day) for day in days]
        return [place.day for place in places if place.page.exists()]


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f"{path.suffix}.part")
    draft.write_text(text, "utf-8")
    os.replace(draft, path)  # noqa: PTH105 - as a move over what is there
