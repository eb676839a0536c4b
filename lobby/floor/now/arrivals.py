"""Arrivals of the last ten minutes, with what each customer answered on the way in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lobby.floor.core.intake_summary import IntakeSummary, intake_summary
from lobby.queueing.model.durations import whole_minutes_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.words import service_named
from lobby.triage.catalogue import Catalogue

WITHIN = timedelta(minutes=10)
LISTED_MAX = 8
"""Nobody reads further while walking."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """`ago_s` is whole minutes; `is_gone` says that they were called or have left since."""

    number: str
    service: Service
    language: str
    priority: Priority
    intake: IntakeSummary
    ago_s: float
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Arrivals:
    listed: tuple[Arrival, ...]
    count: int


def arrivals(hall: Hall, catalogue: Catalogue | None, now: datetime) -> Arrivals:
    """The latest first."""
    came = sorted(_lately(hall, now), key=lambda t: (t.taken_at, t.place.ordinal), reverse=True)
    listed = tuple(_arrival(hall, ticket, catalogue, now) for ticket in came[:LISTED_MAX])
    return Arrivals(listed, len(came))


def _lately(hall: Hall, now: datetime) -> list[Ticket]:
    """Each series from its end: numbers grow with time, so only the last pages are read."""
    since, came = now - WITHIN, []
    for prefix in hall.tickets.series:
        for ticket in hall.tickets.latest(prefix):
            if ticket.taken_at < since:
                break
            came.append(ticket)
    return came


def _arrival(hall: Hall, ticket: Ticket, catalogue: Catalogue | None, now: datetime) -> Arrival:
    return Arrival(
        number=ticket.number,
        service=service_named(hall.plan, ticket.service),
        language=ticket.language,
        priority=ticket.priority,
        intake=intake_summary(ticket, catalogue),
        ago_s=whole_minutes_s(ticket.taken_at, now),
        is_gone=ticket.state not in (TicketState.WAITING, TicketState.AT_MACHINE),
    )
