"""The counters as the tablet lists them, and the last calls."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from lobby.queueing.model.counter import Counter
from lobby.queueing.model.durations import whole_minutes_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState
from lobby.screens.words import counter_label


class CounterState(StrEnum):
    CLOSED = "closed"
    FREE = "free"
    CALLED = "called"
    SERVING = "serving"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class CounterRow:
    """`lasting_s` is how long it has been so, whole minutes; `left_since` where nobody is there
    although it is open; `may_close`: whoever looks may then close it."""

    id: str
    label: str
    state: CounterState
    teller: str
    ticket: str | None
    reason: str
    lasting_s: float | None
    left_since: datetime | None = None
    may_close: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    ticket: str
    counter: str


def counter_rows(
    hall: Hall, name_of: Callable[[str], str], now: datetime, *, may_close: bool = False
) -> tuple[CounterRow, ...]:
    rows = (_desk(hall, counter, name_of, now) for counter in hall.counters.values())
    return tuple(replace(row, may_close=may_close and row.left_since is not None) for row in rows)


def last_calls(hall: Hall) -> tuple[Call, ...]:
    return tuple(Call(c.ticket, counter_label(hall.plan, c.counter)) for c in hall.calls)


def _desk(hall: Hall, counter: Counter, name_of: Callable[[str], str], now: datetime) -> CounterRow:
    state, since = _state(hall, counter)
    session = counter.session
    return CounterRow(
        id=counter.id,
        label=counter_label(hall.plan, counter.id),
        state=state,
        teller=name_of(counter.teller) if counter.teller else "",
        ticket=counter.ticket,
        reason=session.pause_reason if session and counter.is_paused else "",
        lasting_s=whole_minutes_s(since, now) if since else None,
        left_since=session.unattended_since if session and counter.is_open else None,
    )


def _state(hall: Hall, counter: Counter) -> tuple[CounterState, datetime | None]:
    ticket = hall.ticket_at(counter)
    if counter.session is None or not counter.is_open:
        return CounterState.CLOSED, None
    if counter.is_paused:
        return CounterState.PAUSED, counter.session.paused_at
    if ticket is None:
        return CounterState.FREE, None
    if ticket.state is TicketState.SERVING:
        return CounterState.SERVING, ticket.here_since
    return CounterState.CALLED, ticket.called_at
