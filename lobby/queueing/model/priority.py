"""What each class of customer is promised, and by which rule a branch calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Priority(StrEnum):
    """Who a customer is to the calling rule; never more than that is kept about a person."""

    REGULAR = "regular"
    ASSISTANCE = "assistance"
    PREMIUM = "premium"
    APPOINTMENT = "appointment"
    URGENT = "urgent"


class Order(StrEnum):
    """`STRICT` serves class before class, whoever waits: kept to compare with, not to use."""

    FIRST_COME = "first_come"
    STRICT = "strict"
    RULE_A = "rule_a"


STRICT_ORDER = (
    Priority.URGENT,
    Priority.APPOINTMENT,
    Priority.ASSISTANCE,
    Priority.PREMIUM,
    Priority.REGULAR,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A class is promised to be called within so many minutes, and starts with some in hand."""

    within_min: float
    head_start_min: float


PROMISES: Mapping[Priority, Promise] = {
    Priority.REGULAR: Promise(20, 0),
    Priority.URGENT: Promise(10, 5),
    Priority.ASSISTANCE: Promise(10, 5),
    Priority.PREMIUM: Promise(10, 3),
    Priority.APPOINTMENT: Promise(5, 15),
}


@dataclass(frozen=True, slots=True)
class CallingRule:
    """How a branch orders those who wait: configuration that holds from a day on.

    `typical_min` are measured medians of one serving in minutes, by service; where there is none
    the plan's own minutes stand. Nobody is passed by more than `overtakes_max` later tickets.
    A promise counts as used up to `used_max` of it: among those beyond, quick jobs and earlier
    places come first. With `keeps_next` one ticket of the branch at a time is shown as next, and
    is not passed; without, nobody is told to be next before being called. Premium is a class of
    its own only while `premium_needs_counters` counters are open and less than
    `premium_off_machines_down` (a share) of the machines are down.
    """

    order: Order = Order.RULE_A
    overtakes_max: int = 3
    promises: Mapping[Priority, Promise] = field(default_factory=lambda: PROMISES)
    typical_min: Mapping[str, float] = field(default_factory=dict)
    used_max: float = 1.0
    keeps_next: bool = False
    premium_needs_counters: int = 2
    premium_off_machines_down: float = 0.5

    def promise(self, priority: Priority) -> Promise:
        return self.promises.get(priority) or PROMISES[priority]
