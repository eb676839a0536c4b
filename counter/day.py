"""A teller's own day in figures: whom they served and for how long, and nobody else's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median

from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Serving, Ticket, TicketState
from lobby.screens.words import counter_label, service_named
from lobby.store.visits import SittingSpan

TYPICAL_FROM = 5
"""Of fewer servings the middle one says nothing."""


class ServingEnd(StrEnum):
    """How a serving ended, or that it lasts."""

    LASTS = "lasts"
    FINISHED = "finished"
    PASSED_ON = "passed_on"


@dataclass(frozen=True, slots=True)
class ServingRow:
    """One serving. `lasted_s` is without its interruptions; None while it lasts."""

    number: str
    services: tuple[Service, ...]
    started_at: datetime
    lasted_s: float | None
    end: ServingEnd


@dataclass(frozen=True, slots=True)
class CounterSessionRow:
    """One time at a counter; `closed_at` None while it lasts."""

    label: str
    opened_at: datetime
    closed_at: datetime | None
    paused_s: float


@dataclass(frozen=True, slots=True)
class Day:
    """`typical_s` None while there is too little to say; rows newest first."""

    customers: int
    with_customers_s: float
    at_counter_s: float
    paused_s: float
    typical_s: float | None
    rows: tuple[ServingRow, ...]
    sessions: tuple[CounterSessionRow, ...]


def day_view(hall: Hall, teller: str, sittings: Iterable[SittingSpan], now: datetime) -> Day:
    mine = [
        (serving, ticket)
        for ticket in hall.tickets.values_in_order()
        for serving in ticket.servings
        if serving.teller == teller
    ]
    mine.sort(key=lambda served: served[0].started_at, reverse=True)
    rows = tuple(_serving_row(hall, serving, ticket) for serving, ticket in mine)
    spans = [span for span in sittings if span.teller == teller]
    lasted = [row.lasted_s for row in rows if row.lasted_s is not None]
    return Day(
        customers=len({ticket.number for _, ticket in mine}),
        with_customers_s=sum(lasted),
        at_counter_s=sum(_seconds(span.opened_at, span.closed_at or now) for span in spans),
        paused_s=sum(_paused_s(span, now) for span in spans),
        typical_s=median(lasted) if len(lasted) >= TYPICAL_FROM else None,
        rows=rows,
        sessions=tuple(_session_row(hall, span, now) for span in spans),
    )


def _serving_row(hall: Hall, serving: Serving, ticket: Ticket) -> ServingRow:
    lasts = serving.finished_at is None
    is_last = serving is ticket.servings[-1]
    ended = is_last and ticket.state is TicketState.FINISHED
    codes = (serving.service, *_said_at_the_end(ticket)) if ended else (serving.service,)
    return ServingRow(
        number=ticket.number,
        services=tuple(service_named(hall.plan, code) for code in codes),
        started_at=serving.started_at,
        lasted_s=_lasted_s(serving),
        end=ServingEnd.LASTS
        if lasts
        else ServingEnd.FINISHED
        if ended or _goes_on(serving, ticket)
        else ServingEnd.PASSED_ON,
    )


def _said_at_the_end(ticket: Ticket) -> Iterator[str]:
    """What was done besides, without a time of its own."""
    timed = {serving.service for serving in ticket.servings}
    return (code for code in ticket.services_done if code not in timed)


def _goes_on(serving: Serving, ticket: Ticket) -> bool:
    """The same visit went on at the same counter with a service that was added."""
    following = ticket.servings[ticket.servings.index(serving) + 1 :]
    return any(
        (each.counter, each.started_at) == (serving.counter, serving.finished_at)
        for each in following[:1]
    )


def _lasted_s(serving: Serving) -> float | None:
    if serving.finished_at is None:
        return None
    return max(0.0, _seconds(serving.started_at, serving.finished_at) - serving.paused_s)


def _session_row(hall: Hall, span: SittingSpan, now: datetime) -> CounterSessionRow:
    label = counter_label(hall.plan, span.counter)
    return CounterSessionRow(label, span.opened_at, span.closed_at, _paused_s(span, now))


def _paused_s(span: SittingSpan, now: datetime) -> float:
    """With the pause that lasts."""
    return span.paused_s + (_seconds(span.paused_at, now) if span.paused_at else 0.0)


def _seconds(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start).total_seconds())
