"""Who waits, who is on hold and who missed a call, as staff screens list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.model import overview
from lobby.queueing.model.durations import minutes_left_s, waited_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import RETURN_WITHIN, RETURNS_MAX
from lobby.queueing.model.plan import Service
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
    """Somebody who missed a call and may come back for `left_s` more, whole minutes up."""

    number: str
    service: Service
    left_s: float


def held(hall: Hall, now: datetime) -> tuple[Person, ...]:
    tickets = sorted(overview.on_hold(hall), key=lambda ticket: ticket.place)
    return persons(hall, tickets[:LISTED_MAX], now)


def absents(hall: Hall, now: datetime) -> tuple[Absent, ...]:
    """Those who may still come back, the latest to have missed a call first."""
    found = [
        (ticket.absent_at, ticket)
        for ticket in overview.absent(hall)
        if ticket.returns < RETURNS_MAX
        and ticket.absent_at is not None
        and now - ticket.absent_at <= RETURN_WITHIN
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    return tuple(
        Absent(
            t.number,
            service_named(hall.plan, t.service),
            minutes_left_s(now, absent_at + RETURN_WITHIN),
        )
        for absent_at, t in found[:LISTED_MAX]
    )


def persons(hall: Hall, tickets: Iterable[Ticket], now: datetime) -> tuple[Person, ...]:
    return tuple(
        Person(t.number, service_named(hall.plan, t.service), waited_s(t, now), t.hold_reason)
        for t in tickets
    )
