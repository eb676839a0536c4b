"""Who waits, pool by pool: how much of the promise is used, who was passed, what could help."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.alerts.promise_use import PromiseUse, promise_use, promise_uses
from lobby.floor.core.viewer import Viewer
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket
from lobby.screens.advice import second_offer, wait_of
from lobby.screens.words import pool_name, service_named
from lobby.waits.announced import Wait as Expected

LISTED_MAX = 8
"""The longest waits of a pool; the others fold away."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """`passed` is how many later tickets were called before; `adviser` whom they wish to see;
    `may_divert` that the rules would now offer a machine, which a person may do once."""

    number: str
    service: Service
    language: str
    priority: Priority
    help_wanted: bool
    promise: PromiseUse
    passed: int
    expected: Expected
    adviser: str
    may_divert: bool


@dataclass(frozen=True, slots=True)
class WaitingPool:
    """Those who wait for the same counters, the one whose promise is used up most first. `count`
    are all of them; `folded` is empty where a list of them has a page of its own."""

    name: str
    count: int
    listed: tuple[WaitingRow, ...]
    folded: tuple[WaitingRow, ...]
    open_counters: int

    @property
    def unlisted(self) -> int:
        return self.count - len(self.listed)


def waiting_pools(
    viewer: Viewer, hall: Hall, now: datetime, listed: int = LISTED_MAX, *, folds: bool = True
) -> tuple[WaitingPool, ...]:
    """The pool with the most pressing wait first. What the rules would offer now is asked only of
    those who are listed: it is dear, and whoever waits longest is offered it first."""
    pools: dict[str, list[tuple[float, Ticket]]] = {}
    for ticket, each in promise_uses(hall, now):
        share = each.used_min / max(1, each.within_min)
        pools.setdefault(hall.pool(ticket.service), []).append((share, ticket))
    for people in pools.values():
        people.sort(key=lambda each: (-each[0], each[1].place))
    in_order = sorted(pools.items(), key=lambda each: (-each[1][0][0], each[1][0][1].place))
    return tuple(
        WaitingPool(
            name=pool_name(pool),
            count=len(people),
            listed=tuple(
                waiting_row(viewer, hall, ticket, now) for _share, ticket in people[:listed]
            ),
            folded=tuple(
                waiting_row(viewer, hall, ticket, now, hints=False)
                for _share, ticket in (people[listed:] if folds else ())
            ),
            open_counters=_open_counters(hall, pool),
        )
        for pool, people in in_order
    )


def waiting_row(
    viewer: Viewer, hall: Hall, ticket: Ticket, now: datetime, *, hints: bool = True
) -> WaitingRow:
    return WaitingRow(
        number=ticket.number,
        service=service_named(hall.plan, ticket.service),
        language=ticket.language,
        priority=ticket.priority,
        help_wanted=ticket.intake.help_wanted or ticket.priority is Priority.ASSISTANCE,
        promise=promise_use(hall, ticket, now),
        passed=ticket.overtakes,
        expected=wait_of(viewer.services, viewer.branch, ticket),
        adviser=viewer.name_of(ticket.reserved_teller) if ticket.reserved_teller else "",
        may_divert=hints and second_offer(viewer.services, viewer.branch, ticket, now) is not None,
    )


def _open_counters(hall: Hall, pool: str) -> int:
    """Counters that serve anything of this pool now."""
    return sum(
        counter.is_serving and any(hall.pool(code) == pool for code in counter.services)
        for counter in hall.counters.values()
    )
