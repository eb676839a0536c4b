"""The share of a promised wait that has been used, and the levels at which it is too much."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lobby.queueing.calling.score import effective_priority
from lobby.queueing.model import overview
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket

AMBER, RED, CRITICAL = 0.5, 1.0, 1.5
"""Shares of the promise: 10, 20 and 30 minutes where 20 are promised, as banking associations
set them, and in proportion for whoever was promised less."""


_NEWEST: dict[str, tuple[Hall, datetime, tuple[tuple[Ticket, "PromiseUse"], ...]]] = {}
"""By branch: what was found of its newest hall, and for which moment."""


class WaitLevel(StrEnum):
    """How a wait stands against its promise."""

    FINE = "fine"
    AMBER = "amber"
    RED = "red"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class PromiseUse:
    """Whole minutes, so that a screen changes once a minute."""

    used_min: int
    within_min: int
    level: WaitLevel

    @property
    def used_s(self) -> float:
        return self.used_min * 60.0

    @property
    def within_s(self) -> float:
        return self.within_min * 60.0


def promise_uses(hall: Hall, now: datetime) -> tuple[tuple[Ticket, PromiseUse], ...]:
    """Of all who wait, service by service. A picture of the tablet asks several times."""
    known = _NEWEST.get(hall.plan.id)
    if known is None or known[0] is not hall or known[1] != now:
        uses = tuple(
            (ticket, _use(ticket, within_min, now)) for ticket, within_min in _promised(hall)
        )
        known = _NEWEST[hall.plan.id] = hall, now, uses
    return known[2]


def promise_use(hall: Hall, ticket: Ticket, now: datetime) -> PromiseUse:
    """Of somebody who waits: who was sent on and waits again is as much in need as before."""
    within_min = hall.plan.calling.promise(effective_priority(hall, ticket)).within_min
    return _use(ticket, within_min, now)


@overview.once_for_each_hall
def _promised(hall: Hall) -> tuple[tuple[Ticket, float], ...]:
    """Those who wait, with the minutes within which each was promised to be called."""
    return tuple(
        (ticket, hall.plan.calling.promise(effective_priority(hall, ticket)).within_min)
        for line in overview.lines(hall).values()
        for ticket in line
    )


def _use(ticket: Ticket, within_min: float, now: datetime) -> PromiseUse:
    used_min = max(0.0, (now - ticket.waits_from).total_seconds() / 60)
    return PromiseUse(int(used_min), round(within_min), _level(used_min / within_min))


def _level(share: float) -> WaitLevel:
    if share >= CRITICAL:
        return WaitLevel.CRITICAL
    if share >= RED:
        return WaitLevel.RED
    return WaitLevel.AMBER if share >= AMBER else WaitLevel.FINE
