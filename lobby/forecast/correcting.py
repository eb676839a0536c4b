"""From simulated waits to told ones in a live hall: layers B and C on every ticket and service.

A ticket keeps the correction that it was first told with: its range then moves only as the hall
moves. The same first telling is held against the wait when the ticket is called.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from lobby.forecast.calibration import KAPPA_S
from lobby.forecast.correction_layers import CorrectedEstimate, CorrectionLayers
from lobby.forecast.heuristics import QueueSituation, RecentWaits, inputs_of
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.scene import Floats
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket

AT_ONCE_S = 5.0
"""A call that comes sooner is no wait."""


@dataclass(frozen=True, slots=True)
class PendingEstimate:
    """What a ticket was first told, when, and by how much that differed from the simulation."""

    at: datetime
    told: CorrectedEstimate
    factors: Floats


@dataclass(slots=True)
class Corrector:
    """All that has been learned from errors, and what is open."""

    layers: CorrectionLayers = field(default_factory=CorrectionLayers)
    recent: RecentWaits = field(default_factory=RecentWaits)
    pending: dict[str, PendingEstimate] = field(default_factory=dict)

    def begin_day(self) -> None:
        self.pending.clear()
        self.recent = RecentWaits()

    def called(self, number: str, day: int, at: datetime) -> None:
        """The wait that was told of is over."""
        pending = self.pending.pop(number, None)
        if pending is not None:
            wait_s = max(0.0, (at - pending.at).total_seconds())
            self.layers.learn(day, pending.told, wait_s, waited=wait_s > AT_ONCE_S)

    def drop(self, number: str) -> None:
        """This ticket's wait will not be like the one it was told."""
        self.pending.pop(number, None)


class Correcting:
    """One hall at one moment."""

    def __init__(
        self, corrector: Corrector, hall: Hall, now: datetime, knowledge: Knowledge
    ) -> None:
        self.corrector, self.hall, self.now = corrector, hall, now
        self.knowledge = knowledge
        local = hall.plan.local(now)
        self.second = local.hour * 3600.0 + local.minute * 60 + local.second
        self.leaving_rate = knowledge.leaving.mean_rate()
        waiting = [(code, len(line)) for code, line in hall.lines.items() if line]
        self.everybody = sum(count for _, count in waiting)
        jobs_s = sum(knowledge.jobs.mean_s(code) * count for code, count in waiting)
        self.mean_all_s = jobs_s / self.everybody if self.everybody else 0.0

    def tickets(self, numbers: tuple[str, ...], waits_s: Floats) -> None:
        """Correct the columns of these tickets in place, and hold what new ones are told."""
        pending = self.corrector.pending
        known = [at for at, number in enumerate(numbers) if number in pending]
        if known:
            factors = np.stack([pending[numbers[at]].factors for at in known], axis=1)
            fresh = (waits_s[:, known] + KAPPA_S) * factors - KAPPA_S
            waits_s[:, known] = np.sort(np.maximum(fresh, 0.0), axis=0)
        for at, number in enumerate(numbers):
            if number not in pending and np.isfinite(waits_s[:, at]).all():
                self._first_told(number, at, waits_s)

    def services(self, probe_tickets: Mapping[str, int], waits_s: Floats) -> dict[str, Floats]:
        """What each service's next ticket would be told."""
        found: dict[str, Floats] = {}
        for service, at in probe_tickets.items():
            raw_s = waits_s[:, at]
            found[service] = raw_s
            if np.isfinite(raw_s).all():
                situation = self._situation(service, "regular", self.hall.pool(service), None)
                found[service] = np.array(self._told(raw_s, situation).corrected_s)
        return found

    def _first_told(self, number: str, at: int, waits_s: Floats) -> None:
        ticket = self.hall.tickets[number]
        pool = self.hall.pool(ticket.service)
        situation = self._situation(ticket.service, ticket.priority.value, pool, ticket)
        raw_s = waits_s[:, at].copy()
        told = self._told(raw_s, situation)
        waits_s[:, at] = told.corrected_s
        factors = (np.array(told.corrected_s) + KAPPA_S) / (raw_s + KAPPA_S)
        self.corrector.pending[number] = PendingEstimate(self.now, told, factors)

    def _told(self, raw_s: Floats, situation: QueueSituation) -> CorrectedEstimate:
        raw = [float(each) for each in raw_s]
        inputs = inputs_of(raw, situation, self.corrector.recent, self.second)
        return self.corrector.layers.correct(raw, inputs)

    def _situation(
        self, service: str, priority: str, pool: str, ticket: Ticket | None
    ) -> QueueSituation:
        hall, jobs = self.hall, self.knowledge.jobs
        able = [c for c in hall.counters.values() if c.is_serving and service in c.services]
        line = hall.waiting(service)
        ahead = hall.people_ahead(ticket) if ticket else hall.waiting_in_pool(pool)
        same = hall.ahead_in_line(ticket) if ticket else len(line)
        oldest_s = 0.0
        if line and same:
            oldest_s = (self.now - hall.tickets[line[0]].taken_at).total_seconds()
        return QueueSituation(
            service=service,
            priority=priority,
            ahead=ahead,
            same=same,
            everybody=self.everybody - (ticket is not None),
            counters=len(able),
            busy=sum(counter.ticket is not None for counter in able),
            mean_job_s=jobs.mean_s(service),
            mean_all_s=self.mean_all_s or jobs.mean_s(service),
            leaving_rate=self.leaving_rate,
            oldest_s=max(0.0, oldest_s),
            hour=self.second / 3600,
        )
