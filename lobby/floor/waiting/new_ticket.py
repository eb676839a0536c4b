"""The services from which a colleague chooses when taking a ticket for somebody else."""

from collections.abc import Iterator
from dataclasses import dataclass

from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.screens.words import pool_name


@dataclass(frozen=True, slots=True)
class PoolServices:
    """The services of one pool, and how many wait for them."""

    pool: str
    services: tuple[Service, ...]
    waiting: int


def services_by_pool(hall: Hall) -> Iterator[PoolServices]:
    for pool in dict.fromkeys(service.pool for service in hall.plan.services.values()):
        services = tuple(s for s in hall.plan.services.values() if s.pool == pool)
        yield PoolServices(pool_name(pool), services, hall.waiting_in_pool(pool))
