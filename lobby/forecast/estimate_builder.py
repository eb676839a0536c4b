"""From simulated starts to estimates: quantiles, people ahead, and the main cause of a wait."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

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
    """(len(SHARES), N) of (replicates, N), on a line between neighbours; infinite beside one."""
    ordered = np.sort(starts_s, axis=0)
    at = np.array(QUANTILES) * (len(ordered) - 1)
    low = at.astype(np.int64)
    high = np.minimum(low + 1, len(ordered) - 1)
    below, above = ordered[low], ordered[high]
    part = (at - low)[:, None]
    with np.errstate(invalid="ignore"):
        between = below + part * (above - below)
    return np.where(np.isfinite(above), between, np.where(part == 0, below, above))


@dataclass(frozen=True, slots=True)
class Able:
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
        self.open = [counter for counter in hall.counters.values() if counter.is_open]
        self.ahead: dict[str, int] = {}
        self.in_pool: dict[str, int] = {}
        for number in order:
            pool = hall.pool(hall.tickets[number].service)
            self.ahead[number] = self.in_pool.get(pool, 0)
            self.in_pool[pool] = self.ahead[number] + 1
        self._able: dict[tuple[str, str | None, str | None], Able] = {}

    def of_ticket(self, ticket: Ticket, waits_s: Sequence[float]) -> Estimate:
        able = self._ables(ticket.service, ticket.reserved_counter, ticket.reserved_teller)
        return self._estimate(ticket.service, able, self.ahead[ticket.number], waits_s)

    def of_service(self, service: str, waits_s: Sequence[float]) -> Estimate:
        ahead = self.in_pool.get(self.hall.pool(service), 0)
        return self._estimate(service, self._ables(service, None, None), ahead, waits_s)

    def _ables(self, service: str, counter: str | None, teller: str | None) -> Able:
        """The same for all tickets of a service that are sent to nobody."""
        key = (service, counter, teller)
        if key not in self._able:
            able = [each for each in self.open if self._may_call(each, *key)]
            serving = [each for each in able if each.is_serving]
            breaks = sorted(
                (each.session.planned_break.at, each.id)
                for each in serving
                if each.session is not None and each.session.planned_break is not None
            )
            self._able[key] = Able(
                len(serving),
                sum(each.ticket is None for each in serving),
                bool(able),
                next((each for each in able if each.is_paused), None),
                tuple(breaks),
            )
        return self._able[key]

    def _may_call(
        self, counter: Counter, service: str, reserved: str | None, teller: str | None
    ) -> bool:
        if reserved and self.hall.counters[reserved].is_open:
            return counter.id == reserved
        if teller and self.hall.counter_of(teller) is not None:
            return counter.teller == teller
        return service in counter.services

    def _estimate(self, service: str, able: Able, ahead: int, waits_s: Sequence[float]) -> Estimate:
        p10, p25, p50, p75, p90 = waits_s
        mean_s = self.knowledge.jobs.mean_s(service)
        naive_s = ahead * mean_s / able.serving if able.serving else math.inf
        why = self._why(able, ahead, mean_s, p50)
        return Estimate(p10, p25, p50, p75, p90, ahead, able.serving, why, naive_s)

    def _why(self, able: Able, ahead: int, mean_s: float, p50_s: float) -> Why:
        why = partial(Why, ahead=ahead, counters=able.serving, mean_job_min=mean_s / 60)
        if not able.is_any or not math.isfinite(p50_s):
            return why(Cause.NOBODY)
        if able.idle > ahead:
            return why(Cause.FREE)
        if able.serving and able.breaks:
            at, counter = able.breaks[0]
            if at <= self.now + timedelta(seconds=p50_s):
                return why(Cause.BREAK, counter=counter, at=at)
        if able.paused is not None and able.paused.session is not None:
            until = able.paused.session.paused_until
            return why(Cause.PAUSED, counter=able.paused.id, at=until)
        return why(Cause.AHEAD)
