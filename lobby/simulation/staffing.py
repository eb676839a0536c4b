"""Tellers of a simulated day: counters, skills, speeds and breaks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lobby.queueing.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Break:
    """Begins at `at_s` or with the end of the job under way. `is_planned`: known in the morning."""

    at_s: float
    length_s: float
    is_planned: bool = False

    @property
    def minutes(self) -> int:
        """As it is written into a plan."""
        return max(1, round(self.length_s / 60))


@dataclass(frozen=True, slots=True)
class Seat:
    """A teller's day at a counter. `pace` is how long a job takes there: 1 is ordinary.

    After `until_s` the counter closes as soon as nobody waits for it; where the teller
    `leaves_line`, with the job under way, because others stay who go on.
    """

    counter: str
    teller: str
    services: tuple[str, ...]
    from_s: float
    until_s: float
    pace: float = 1.0
    breaks: tuple[Break, ...] = ()
    by_hand_share: float = 0.0
    """How often the teller picks somebody in place of calling the next."""
    leaves_line: bool = False


def skills(plan: Plan, work: Mapping[str, float]) -> dict[str, tuple[str, ...]]:
    """Counter -> services. Each counter is at home in one pool and helps out in the next one.

    `work` is the expected work by service. Pools get homes in proportion to their work, as far as
    there are counters; those left without one are served by the last counters as well. A chain
    like this shares work nearly as well as if everybody could do everything.
    """
    pools = _by_work(plan, work)
    homes = _homes(pools, len(plan.counters))
    order = list(dict.fromkeys(homes))
    skilled: dict[str, tuple[str, ...]] = {}
    for counter, home in zip(plan.counters, homes, strict=True):
        beside = order[(order.index(home) + 1) % len(order)]
        skilled[counter] = _services(plan, {home, beside})
    homeless = set(pools) - set(homes)
    for counter in list(plan.counters)[-2:]:
        mine = {plan.services[service].pool for service in skilled[counter]}
        skilled[counter] = _services(plan, mine | homeless)
    return skilled


def _by_work(plan: Plan, work: Mapping[str, float]) -> dict[str, float]:
    pools: dict[str, float] = {}
    for code, service in plan.services.items():
        pools[service.pool] = pools.get(service.pool, 0.0) + work[code]
    return dict(sorted(pools.items(), key=lambda item: -item[1]))


def _homes(pools: Mapping[str, float], counters: int) -> list[str]:
    """One pool for each counter: always the one with the most work for each home it has."""
    given = dict.fromkeys(pools, 0)
    for _ in range(counters):
        neediest = max(pools, key=lambda pool: pools[pool] / (given[pool] + 0.5))
        given[neediest] += 1
    return [pool for pool, count in given.items() for _ in range(count)]


def _services(plan: Plan, pools: Iterable[str]) -> tuple[str, ...]:
    wanted = set(pools)
    return tuple(code for code, service in plan.services.items() if service.pool in wanted)
