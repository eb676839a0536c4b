"""A recorded day as a script: for each second, who acts, and what has to be done before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lobby.replay.recording import Recorded
from lobby.replay.seating import Seat, seated

DAY_S = 24 * 3600


@dataclass(slots=True)
class Moment:
    """All acts of one second, in the order of its parts: who has been at a counter finishes and
    who has waited leaves; then people come; who came in vain leaves at once; then counters call
    and serve. Within a part all act at once; a counter serves its own customers in turn."""

    at_s: int
    finished: list[tuple[Seat, Recorded]] = field(default_factory=list)
    left: list[Recorded] = field(default_factory=list)
    taken: list[Recorded] = field(default_factory=list)
    left_at_once: list[Recorded] = field(default_factory=list)
    served: dict[Seat, list[Recorded]] = field(default_factory=dict)

    @property
    def acts(self) -> int:
        """How many things clients do in this second; a call and a start are two."""
        served = [customer for own in self.served.values() for customer in own]
        ended = len(self.finished) + len(self.left) + len(self.left_at_once)
        done_at_once = sum(ends_at_once(customer) for customer in served)
        return ended + len(self.taken) + 2 * len(served) + done_at_once


@dataclass(frozen=True, slots=True)
class Script:
    day: tuple[Recorded, ...]
    seats: Mapping[Seat, tuple[Recorded, ...]]
    moments: tuple[Moment, ...]

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(sorted({customer.service for customer in self.day}))

    @property
    def acts(self) -> int:
        return sum(moment.acts for moment in self.moments)


def script_of(day: Iterable[Recorded]) -> Script:
    day = tuple(day)
    seats = seated(day)
    moments: dict[int, Moment] = {}
    for customer in day:
        _stage_customer(moments, customer)
    for seat, customers in seats.items():
        for customer in customers:
            _stage_service(moments, seat, customer)
    return Script(day, seats, tuple(moments[at_s] for at_s in sorted(moments)))


def ends_at_once(customer: Recorded) -> bool:
    return customer.started_s is not None and customer.started_s == customer.finished_s


def stays_past_midnight(customer: Recorded) -> bool:
    """A line ends with the branch's day: whoever still waits then need not leave it."""
    return customer.left_s is not None and customer.left_s >= DAY_S


def _stage_customer(moments: dict[int, Moment], customer: Recorded) -> None:
    _at(moments, customer.taken_s).taken.append(customer)
    if customer.left_s is None or stays_past_midnight(customer):
        return
    moment = _at(moments, customer.left_s)
    at_once = customer.left_s == customer.taken_s
    (moment.left_at_once if at_once else moment.left).append(customer)


def _stage_service(moments: dict[int, Moment], seat: Seat, customer: Recorded) -> None:
    assert customer.started_s is not None and customer.finished_s is not None
    _at(moments, customer.started_s).served.setdefault(seat, []).append(customer)
    if not ends_at_once(customer):
        _at(moments, customer.finished_s).finished.append((seat, customer))


def _at(moments: dict[int, Moment], at_s: int) -> Moment:
    return moments.setdefault(at_s, Moment(at_s))
