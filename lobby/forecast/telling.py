"""From simulated starts to estimates: quantiles, people ahead, and the main cause of a wait."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from lobby.forecast.estimate import Cause, Estimate, Why
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.scene import Floats
from lobby.queueing.counter import Counter
from lobby.queueing.hall import Hall
from lobby.queueing.ticket import Ticket

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The quantiles that are kept of every wait."""


def quantiles(starts_s: Floats) -> Floats:
    """(len(SHARES), N) of (replicates, N), on a line between neighbours; infinite beside one."""
    ordered = np.sort(starts_s, axis=0)
    at = np.array(SHARES) * (len(ordered) - 1)
    low = at.astype(np.int64)
    high = np.minimum(low + 1, len(ordered) - 1)
    below, above = ordered[low], ordered[high]
    part = (at - low)[:, None]
    with np.errstate(invalid="ignore"):
        between = below + part * (above - below)
    return np.where(np.isfinite(above) | (part == 0), between, above)


class Teller:
    """Says of one hall, ticket by ticket and service by service, what a wait hangs on."""

    def __init__(self, hall: Hall, now: datetime, knowledge: Knowledge) -> None:
        self.hall, self.now, self.knowledge = hall, now, knowledge
        self.open = [counter for counter in hall.counters.values() if counter.is_open]

    def of_ticket(self, ticket: Ticket, waits_s: Sequence[float]) -> Estimate:
        able = [counter for counter in self.open if self._may_call(counter, ticket)]
        ahead = self.hall.people_ahead(ticket)
        return self._estimate(ticket.service, able, ahead, waits_s)

    def of_service(self, service: str, waits_s: Sequence[float]) -> Estimate:
        able = [counter for counter in self.open if service in counter.services]
        ahead = self.hall.waiting_in_pool(self.hall.pool(service))
        return self._estimate(service, able, ahead, waits_s)

    def _may_call(self, counter: Counter, ticket: Ticket) -> bool:
        if ticket.reserved_counter and self.hall.counters[ticket.reserved_counter].is_open:
            return counter.id == ticket.reserved_counter
        if ticket.reserved_teller and self.hall.counter_of(ticket.reserved_teller) is not None:
            return counter.teller == ticket.reserved_teller
        return ticket.service in counter.services

    def _estimate(
        self, service: str, able: Sequence[Counter], ahead: int, waits_s: Sequence[float]
    ) -> Estimate:
        p10, p25, p50, p75, p90 = (float(wait_s) for wait_s in waits_s)
        serving = [counter for counter in able if counter.is_serving]
        mean_s = self.knowledge.jobs.mean_s(service)
        naive_s = ahead * mean_s / len(serving) if serving else np.inf
        why = Why(Cause.AHEAD, ahead, len(serving), mean_s / 60)
        why = self._cause(why, able, serving, p50)
        return Estimate(p10, p25, p50, p75, p90, ahead, len(serving), why, float(naive_s))

    def _cause(
        self, why: Why, able: Sequence[Counter], serving: Sequence[Counter], p50_s: float
    ) -> Why:
        if not able or not np.isfinite(p50_s):
            return replace(why, cause=Cause.NOBODY)
        paused = [counter for counter in able if counter.is_paused]
        if not serving:
            until = paused[0].sitting.paused_until if paused and paused[0].sitting else None
            return replace(why, cause=Cause.PAUSED, counter=paused[0].id, at=until)
        if sum(counter.ticket is None for counter in serving) > why.ahead:
            return replace(why, cause=Cause.FREE)
        soon = self._next_break(serving, p50_s)
        if soon:
            return replace(why, cause=Cause.BREAK, counter=soon[1], at=soon[0])
        if paused:
            until = paused[0].sitting.paused_until if paused[0].sitting else None
            return replace(why, cause=Cause.PAUSED, counter=paused[0].id, at=until)
        return why

    def _next_break(
        self, serving: Sequence[Counter], within_s: float
    ) -> tuple[datetime, str] | None:
        """The first planned break that begins before half of such waits are over."""
        breaks = [
            (counter.sitting.planned_break.at, counter.id)
            for counter in serving
            if counter.sitting is not None and counter.sitting.planned_break is not None
        ]
        last = self.now + timedelta(seconds=within_s)
        return min((each for each in breaks if each[0] <= last), default=None)
