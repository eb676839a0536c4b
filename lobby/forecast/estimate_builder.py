"""From simulated starts to estimates: quantiles, people ahead, and the main cause of a wait."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import numpy as np

from lobby.forecast.estimate import Cause, Estimate, Why
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.scene import Floats
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The quantiles that are kept of every wait."""


def quantiles(starts_s: Floats) -> Floats:
    """(len(QUANTILES), N) of (replicates, N), on a line between neighbours; infinite beside one."""
    ordered = np.sort(starts_s, axis=0)
    at = np.array(QUANTILES) * (len(ordered) - 1)
    low = at.astype(np.int64)
    high = np.minimum(low + 1, len(ordered) - 1)
    below, above = ordered[low], ordered[high]
    part = (at - low)[:, None]
    with np.errstate(invalid="ignore"):
        between = below + part * (above - below)
    return np.where(np.isfinite(above), between, np.where(part == 0, below, above))


class Before(NamedTuple):
    """People of the same pool with an earlier place, and how long all their jobs take."""

    people: int
    jobs_s: float

    @property
    def mean_s(self) -> float:
        """Of one of their jobs; 0 where nobody is before."""
        return self.jobs_s / self.people if self.people else 0.0


NOBODY = Before(0, 0.0)


@dataclass(frozen=True, slots=True)
class EligibleCounters:
    """The counters that may call a ticket: open ones, those of them that serve now, how many of
    these are idle, the first on a pause, and planned breaks of the serving, soonest first."""

    serving: int
    idle: int
    is_any: bool
    paused: Counter | None
    breaks: tuple[tuple[datetime, str], ...]


class EstimateBuilder:
    """Says of one hall, ticket by ticket and service by service, what a wait hangs on.

    `order` are the numbers of all who wait, in the order of their places."""

    def __init__(
        self, hall: Hall, now: datetime, knowledge: Knowledge, order: Sequence[str]
    ) -> None:
        self.hall, self.now, self.knowledge = hall, now, knowledge
        self.open = [counter for counter in hall.counters.values() if counter.is_attended]
        self.ahead: dict[str, Before] = {}
        self.in_pool: dict[str, Before] = {}
        jobs_s = {service: knowledge.jobs.mean_s(service) for service in hall.lines}
        for number in order:
            service = hall.tickets[number].service
            pool = hall.pool(service)
            before = self.ahead[number] = self.in_pool.get(pool, NOBODY)
            self.in_pool[pool] = Before(before.people + 1, before.jobs_s + jobs_s[service])
        self._eligible: dict[tuple[str, str | None, str | None], EligibleCounters] = {}

    def of_ticket(self, ticket: Ticket, waits_s: Sequence[float]) -> Estimate:
        eligible = self._eligible_counters(
            ticket.service, ticket.reserved_counter, ticket.reserved_teller
        )
        return self._estimate(ticket.service, eligible, self.ahead[ticket.number], waits_s)

    def of_service(self, service: str, waits_s: Sequence[float]) -> Estimate:
        ahead = self.in_pool.get(self.hall.pool(service), NOBODY)
        return self._estimate(service, self._eligible_counters(service, None, None), ahead, waits_s)

    def _eligible_counters(
        self, service: str, counter: str | None, teller: str | None
    ) -> EligibleCounters:
        """The same for all tickets of a service that are sent to nobody."""
        key = (service, counter, teller)
        if key not in self._eligible:
            eligible = [each for each in self.open if self._may_call(each, *key)]
            serving = [each for each in eligible if each.is_serving]
            breaks = sorted(
                (each.session.planned_break.at, each.id)
                for each in serving
                if each.session is not None and each.session.planned_break is not None
            )
            self._eligible[key] = EligibleCounters(
                len(serving),
                sum(each.ticket is None for each in serving),
                bool(eligible),
                next((each for each in eligible if each.is_paused), None),
                tuple(breaks),
            )
        return self._eligible[key]

    def _may_call(
        self, counter: Counter, service: str, reserved: str | None, teller: str | None
    ) -> bool:
        if reserved and self.hall.counters[reserved].is_attended:
            return counter.id == reserved
        sits_at = self.hall.counter_of(teller) if teller else None
        if sits_at is not None and sits_at.is_attended:
            return counter.teller == teller
        return service in counter.services

    def _estimate(
        self, service: str, eligible: EligibleCounters, before: Before, waits_s: Sequence[float]
    ) -> Estimate:
        p10, p25, p50, p75, p90 = waits_s
        ahead, mean_s = before.people, self.knowledge.jobs.mean_s(service)
        naive_s = ahead * mean_s / eligible.serving if eligible.serving else math.inf
        why = self._why(eligible, ahead, before.mean_s or mean_s, p50)
        return Estimate(p10, p25, p50, p75, p90, ahead, eligible.serving, why, naive_s)

    def _why(self, eligible: EligibleCounters, ahead: int, mean_s: float, p50_s: float) -> Why:
        why = partial(Why, ahead=ahead, counters=eligible.serving, mean_job_min=mean_s / 60)
        if not eligible.is_any or not math.isfinite(p50_s):
            return why(Cause.NOBODY)
        if eligible.idle > ahead:
            return why(Cause.FREE)
        if eligible.serving and eligible.breaks:
            at, counter = eligible.breaks[0]
            if at <= self.now + timedelta(seconds=p50_s):
                return why(Cause.BREAK, counter=counter, at=at)
        if eligible.paused is not None and eligible.paused.session is not None:
            until = eligible.paused.session.paused_until
            return why(Cause.PAUSED, counter=eligible.paused.id, at=until)
        return why(Cause.AHEAD)
