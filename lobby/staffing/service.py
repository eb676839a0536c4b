"""The staffing service: asks each minute whether a counter more or fewer pays, until answered."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from lobby.branch import Branch
from lobby.clock import Clock
from lobby.forecast.outlook import WhatIf
from lobby.forecast.staffing import Kind, Recommendation, recommend, still_holds
from lobby.live.changes import Change
from lobby.live.hub import Hub
from lobby.queueing.model.hall import Hall
from lobby.store.staffing import (
    AdviceKind,
    AdviceOutcome,
    StaffingAdvice,
    answer_staffing_advice,
    keep_staffing_advice,
)
from lobby.store.store import Store
from lobby.supervision import Part, PartKind, Supervisor
from lobby.waits.service import WaitService

log = structlog.get_logger()

EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Told:
    """A recommendation with the id under which it is answered."""

    id: str
    told: Recommendation


class Staffing:
    """What each branch is advised now; read freely from the event loop."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        hub: Hub,
        waits: WaitService,
        *,
        every_s: float = EVERY_S,
        supervisor: Supervisor | None = None,
    ) -> None:
        self._supervisor = supervisor or Supervisor()
        self._store, self._clock, self._hub, self._waits = store, clock, hub, waits
        self._every_s = every_s
        self._standing: dict[str, Told] = {}
        self._answered_at: dict[str, datetime] = {}
        self._withdrawn_at: dict[str, datetime] = {}
        self._part: Part | None = None

    def open(self, branches: Mapping[str, Branch]) -> None:
        self._part = self._supervisor.start(PartKind.ADVICE, lambda: self._keep(branches))

    async def close(self) -> None:
        if self._part is not None:
            self._part.stop()
            await asyncio.gather(self._part.task, return_exceptions=True)

    def advised(self, hall: Hall) -> Told | None:
        """None too where this hall has overtaken what was said at the last look."""
        standing = self._standing.get(hall.plan.id)
        holds = standing is not None and still_holds(hall, standing.told, self._clock.now())
        return standing if holds else None

    async def answer(self, branch: Branch, advice_id: str, outcome: AdviceOutcome, by: str) -> bool:
        """Whether it was the first answer; either way it is told no longer."""
        now = self._clock.now()
        first = await self._store.write(
            lambda connection: answer_staffing_advice(
                connection, branch.id, advice_id, outcome, at=now, by=by
            )
        )
        standing = self._standing.get(branch.id)
        if standing is not None and standing.id == advice_id:
            del self._standing[branch.id]
            self._answered_at[branch.id] = now
            self._hub.publish(Change(branch.id, branch.hall.version))
        return first

    async def consider(self, branch: Branch) -> None:
        """Ask the simulation once, and tell what it says; without figures nothing is told."""
        now = self._clock.now()
        figures = await self._waits.consult(branch.id, lambda engine: engine.what_if(now))
        before = self._standing.get(branch.id)
        told = self._recommended(branch, figures, now) if figures is not None else None
        if told is None:
            self._withdraw(branch.id, now)
        elif before is not None and told.at == before.told.at:
            self._standing[branch.id] = replace(before, told=told)
        else:
            await self._tell(branch, told)
        if before != self._standing.get(branch.id):
            self._hub.publish(Change(branch.id, branch.hall.version))

    def _recommended(self, branch: Branch, figures: WhatIf, now: datetime) -> Recommendation | None:
        before = self._standing.get(branch.id)
        return recommend(
            branch.hall,
            figures,
            now,
            standing=before.told if before else None,
            answered_at=self._answered_at.get(branch.id),
            withdrawn_at=self._withdrawn_at.get(branch.id),
        )

    def _withdraw(self, branch_id: str, now: datetime) -> None:
        gone = self._standing.pop(branch_id, None)
        if gone is not None and gone.told.kind is Kind.CLOSE:
            self._withdrawn_at[branch_id] = now

    async def _tell(self, branch: Branch, told: Recommendation) -> None:
        advice = StaffingAdvice(
            id=f"{told.at:%Y%m%d%H%M%S}-{told.kind}-{told.counter}",
            at=told.at,
            kind=AdviceKind(told.kind.value),
            counter=told.counter,
            gain_points=told.gain_points,
            gain_people=told.gain_people,
            in_promise=told.in_promise,
            reason={"people": told.people, "would_be": told.would_be},
        )
        await self._store.write(
            lambda connection: keep_staffing_advice(connection, branch.id, advice)
        )
        self._standing[branch.id] = Told(advice.id, told)

    async def _keep(self, branches: Mapping[str, Branch]) -> None:
        while True:
            await asyncio.sleep(self._every_s)
            every = list(branches.values())  # one may be added meanwhile
            errors = [error for branch in every if (error := await self._turn(branch))]
            if self._part is not None:
                for error in errors:
                    self._part.failed(error)
                if not errors:
                    self._part.works()

    async def _turn(self, branch: Branch) -> Exception | None:
        """What went wrong: advice may fail, and nothing else with it."""
        if not _is_at_work(branch):
            self._standing.pop(branch.id, None)
            return None
        try:
            await self.consider(branch)
        except Exception as error:  # noqa: BLE001 - told by the caller
            log.warning("no advice on counters", branch=branch.id, reason=repr(error))
            return error
        return None


def _is_at_work(branch: Branch) -> bool:
    return any(counter.is_open for counter in branch.hall.counters.values())
