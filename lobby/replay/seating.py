"""Assigns the tellers of a log to counters, with one more for each overlap."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lobby.replay.recording import Recorded


@dataclass(frozen=True, slots=True)
class Seat:
    """A counter and the sign-in of who sits there: a teller's second counter is a second one."""

    number: int
    username: str

    @property
    def counter(self) -> str:
        return str(self.number)


@dataclass(slots=True)
class _Chair:
    """A teller's counter while the day is planned: when it is free again, and whom it serves."""

    free_s: int = 0
    served: list[Recorded] = field(default_factory=list)


def seated(day: Iterable[Recorded]) -> Mapping[Seat, tuple[Recorded, ...]]:
    """Every seat with its customers in the order of service.

    A teller takes the first chair that is free; none is only where two services of the same
    teller overlap in the log, and then another one is brought.
    """
    chairs: dict[str, list[_Chair]] = {}
    served = (customer for customer in day if customer.started_s is not None)
    for customer in sorted(served, key=_order):
        own = chairs.setdefault(customer.teller, [])
        chair = _free_chair(own, customer)
        chair.served.append(customer)
        chair.free_s = customer.finished_s or 0
    return {
        Seat(number, username): tuple(chair.served)
        for number, (username, chair) in enumerate(_named(chairs), start=1)
    }


def _order(customer: Recorded) -> tuple[int, int, int]:
    assert customer.started_s is not None and customer.finished_s is not None
    return customer.started_s, customer.finished_s, customer.row


def _free_chair(chairs: list[_Chair], customer: Recorded) -> _Chair:
    assert customer.started_s is not None
    free = (chair for chair in chairs if chair.free_s <= customer.started_s)
    chair = next(free, None)
    if chair is None:
        chair = _Chair()
        chairs.append(chair)
    return chair


def _named(chairs: Mapping[str, list[_Chair]]) -> Iterable[tuple[str, _Chair]]:
    for teller, own in sorted(chairs.items()):
        for turn, chair in enumerate(own, start=1):
            yield teller.lower() + (f"-{turn}" if turn > 1 else ""), chair
