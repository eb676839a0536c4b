"""Who waits, who is on hold and who missed a call, as staff screens list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.model import overview
from lobby.queueing.model.durations import minutes_left_s, waited_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.returning import back_by, may_come_back
from lobby.queueing.model.ticket import Ticket
from lobby.screens.words import service_named

LISTED_MAX = 20
"""More people than this are not chosen from a list; a number can be typed."""


@dataclass(frozen=True, slots=True)
class Person:
    """`waited_s` is whole minutes, in seconds; `reason` is why the ticket is on hold."""

    number: str
    service: Service
    waited_s: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody who missed a call, or left, and may come back for `left_s` more: whole minutes."""

    number: str
    service: Service
    left_s: float


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody whose place is kept until then."""

    number: str
    service: Service
    until: datetime
    reason: RestReason


def held(hall: Hall, now: datetime) -> tuple[Person, ...]:
    tickets = sorted(overview.on_hold(hall), key=lambda ticket: ticket.place)
    return persons(hall, tickets[:LISTED_MAX], now)


def absents(hall: Hall, now: datetime) -> tuple[Absent, ...]:
    """Those who may still come back, the latest to have missed a call first."""
    return _who_may_come_back(hall, overview.absent(hall), now)


def left(hall: Hall, now: datetime) -> tuple[Absent, ...]:
    """Those who left the line and may still come back, the latest first."""
    return _who_may_come_back(hall, overview.left(hall), now)


def _who_may_come_back(hall: Hall, tickets: Iterable[Ticket], now: datetime) -> tuple[Absent, ...]:
    found = [(back_by(t), t) for t in tickets if may_come_back(t, now)]
    known = [(by, ticket) for by, ticket in found if by is not None]
    known.sort(key=lambda each: each[0], reverse=True)
    return tuple(
        Absent(t.number, service_named(hall.plan, t.service), minutes_left_s(now, by))
        for by, t in known[:LISTED_MAX]
    )


def resting(hall: Hall) -> tuple[Away, ...]:
    """Those whose place is kept, the first to wait again first."""
    found = [(t.rests_until, t) for t in overview.resting(hall) if t.rests_until is not None]
    found.sort(key=lambda each: (each[0], each[1].place))
    return tuple(
        Away(t.number, service_named(hall.plan, t.service), until, t.rests[-1].reason)
        for until, t in found[:LISTED_MAX]
    )


def persons(hall: Hall, tickets: Iterable[Ticket], now: datetime) -> tuple[Person, ...]:
    return tuple(
        Person(t.number, service_named(hall.plan, t.service), waited_s(t, now), t.hold_reason)
        for t in tickets
    )
