"""What is said of each pool: how many wait there, and how long whoever takes a number now does.

Everybody who waits is counted in one pool and no more, so that the counts add up to the people in
the hall; the range holds that of each service of the pool.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lobby.forecast.wait_range import spanning
from lobby.queueing.model import overview
from lobby.queueing.model.hall import Hall
from lobby.waits.announced import Announced, Wait, wait_for_service


@dataclass(frozen=True, slots=True)
class PoolWait:
    """`services` are those of the pool that are shown here, by code; `wait.ahead` all who wait for
    any of them."""

    pool: str
    services: tuple[str, ...]
    wait: Wait


def waits_by_pool(
    hall: Hall, announced: Announced, is_shown: Callable[[str], bool]
) -> tuple[PoolWait, ...]:
    """Pools in the order of the plan, those of services that have left it last; none that nobody
    waits for and no counter serves."""
    pools: dict[str, list[str]] = {}
    for service in dict.fromkeys((*hall.plan.services, *hall.lines)):
        if is_shown(service):
            pools.setdefault(hall.pool(service), []).append(service)
    found = (_pool_wait(hall, announced, pool, services) for pool, services in pools.items())
    return tuple(each for each in found if each is not None)


def _pool_wait(hall: Hall, announced: Announced, pool: str, services: list[str]) -> PoolWait | None:
    serving = overview.counters_by_service(hall)
    counters = {counter for code in services for counter in serving.get(code, ())}
    people = sum(len(hall.waiting(code)) for code in services)
    if not people and not counters:
        return None
    waits = [wait_for_service(hall, code, announced) for code in services]
    known = [wait for wait in waits if wait.range is not None]
    first = min(known, key=lambda wait: wait.range.low_min if wait.range else 0, default=None)
    span = spanning(wait.range for wait in known if wait.range is not None)
    cause = first.cause if first else None
    return PoolWait(pool, tuple(services), Wait(people, len(counters), span, cause))
