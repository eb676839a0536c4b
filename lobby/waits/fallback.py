"""A wait from configuration alone: what is left to go by where no forecast can be made.

Queue length over service rate: with `n` people ahead and `c` open counters that serve them, the
next of them is called about every `m / c` minutes, `m` being the mean configured minutes of those
ahead; the customer is called after `n + 1` such steps, or at once while a counter is free. Rules
of advice may lean on it; people are never told it.
"""

from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall

UNKNOWN_JOB_MIN = 5.0


def rough_wait_min(hall: Hall, service: str) -> float | None:
    """Minutes until somebody who took a ticket for `service` now is called; 0 while a counter is
    free for them, None while no counter serves it."""
    counters = [c for c in hall.counters.values() if c.is_serving and service in c.services]
    if not counters:
        return None
    pool = hall.pool(service)
    ahead = [t.service for t in hall.waiting_tickets() if hall.pool(t.service) == pool]
    free = _free(counters)
    if len(ahead) < free:
        return 0.0
    busy = [hall.tickets[c.ticket].service for c in counters if c.ticket]
    minutes = [_minutes(hall, code) for code in (*ahead, *busy)]
    mean = sum(minutes) / max(1, len(minutes))
    return (len(ahead) + 1 - free) * mean / len(counters)


def _free(counters: list[Counter]) -> int:
    return sum(counter.ticket is None for counter in counters)


def _minutes(hall: Hall, service: str) -> float:
    known = hall.plan.services.get(service)
    return known.minutes if known else UNKNOWN_JOB_MIN
