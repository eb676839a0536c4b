"""A first wait from configuration alone: how long until a ticket taken now would be called.

Queue length over service rate: with `n` people ahead and `c` open counters that serve them, the
next of them is called about every `m / c` minutes, `m` being the mean configured minutes of those
ahead; the customer is called after `n + 1` such steps, or at once while a counter is free.
"""

import math
from dataclasses import dataclass

from lobby.queueing.counter import Counter
from lobby.queueing.hall import Hall
from lobby.queueing.ticket import Ticket

STEP_MIN = 5
"""What is announced comes in steps of five minutes: finer would promise what nobody knows."""

LOW, HIGH = 0.6, 1.5
"""The range around the expectation, wide because it knows nothing of today yet."""

OVER_MIN = 60
"""Above this only "over an hour" is honest."""


@dataclass(frozen=True, slots=True)
class WaitRange:
    """Minutes, in steps of five. `high_min` 0 means the next few minutes; None, over an hour."""

    low_min: int
    high_min: int | None

    @property
    def is_short(self) -> bool:
        return self.high_min is not None and self.high_min <= STEP_MIN


def expected_wait_min(hall: Hall, service: str) -> float | None:
    """Minutes until somebody who took a ticket for `service` now is called; None while no
    counter serves it."""
    counters = [c for c in hall.counters.values() if c.is_serving and service in c.services]
    if not counters:
        return None
    pool = hall.pool(service)
    ahead = [ticket for ticket in hall.waiting_tickets() if hall.pool(ticket.service) == pool]
    return _until_called(hall, counters, ahead)


def remaining_wait_min(hall: Hall, ticket: Ticket) -> float | None:
    """The same for somebody who waits already; None while no counter serves them."""
    counters = [c for c in hall.counters.values() if c.is_serving and ticket.service in c.services]
    if not counters:
        return None
    pool = hall.pool(ticket.service)
    ahead = [
        other
        for other in hall.waiting_tickets()
        if hall.pool(other.service) == pool and other.place < ticket.place
    ]
    return _until_called(hall, counters, ahead)


def _until_called(hall: Hall, counters: list[Counter], ahead: list[Ticket]) -> float:
    free = sum(counter.ticket is None for counter in counters)
    if len(ahead) < free:
        return 0.0
    minutes = [_minutes(hall, ticket.service) for ticket in ahead]
    busy = [_minutes(hall, hall.tickets[c.ticket].service) for c in counters if c.ticket]
    mean = sum(minutes + busy) / max(1, len(minutes) + len(busy))
    return (len(ahead) + 1 - free) * mean / len(counters)


def _minutes(hall: Hall, service: str) -> float:
    known = hall.plan.services.get(service)
    return known.minutes if known else float(STEP_MIN)


def announced(expected_min: float | None) -> WaitRange | None:
    """What people are told of an expectation in minutes; None where nobody serves."""
    if expected_min is None:
        return None
    low = math.floor(expected_min * LOW / STEP_MIN) * STEP_MIN
    high = math.ceil(expected_min * HIGH / STEP_MIN) * STEP_MIN
    if low >= OVER_MIN:
        return WaitRange(OVER_MIN, None)
    return WaitRange(low, max(high, STEP_MIN) if high <= OVER_MIN else None)
