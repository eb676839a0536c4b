"""What a starting process needs to know of a branch: its hall, and the keys already used."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from lobby.queueing.events.counter import CounterClosed
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import TicketLapsed
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.store.epochs import lost_acts
from lobby.store.errors import RecordBrokenError
from lobby.store.log import Act, events_between, events_of_last_day, opening_before, recent_acts


@dataclass(frozen=True, slots=True)
class History:
    """`acts` are the keys still kept; `lost_acts` those that a restore took away; `day_began`
    is the version of the last day's first event."""

    hall: Hall
    acts: dict[str, Act]
    lost_acts: frozenset[str] = frozenset()
    day_began: int = 0


def read_history(connection: Connection, plan: Plan) -> History:
    """Fold the newest business day's events: the one path from the log to a hall."""
    before, events = events_of_last_day(connection, plan.id)
    hall = _fold(Hall.empty(plan, before), events)
    acts, lost = recent_acts(connection, plan.id), lost_acts(connection, plan.id)
    return History(hall, acts, lost, before + 1)


def _fold(hall: Hall, events: Iterable[Event]) -> Hall:
    """Raises `RecordBrokenError` where an event does not fit what happened before it."""
    try:
        for event in events:
            hall = evolve(hall, event)
    except Exception as error:
        what = f"does not follow from what came before ({error!r})"
        raise RecordBrokenError(hall.plan.id, hall.version + 1, what) from error
    return hall


def hall_before_turn(connection: Connection, plan: Plan) -> Hall | None:
    """The hall as it was just before the newest day opened, with nobody ended by that; None where
    there was no day before."""
    opened = opening_before(connection, plan.id)
    first = opening_before(connection, plan.id, opened) if opened else None
    if opened is None or first is None:
        return None
    *events, opening = events_between(connection, plan.id, first, opened)
    while isinstance(events[-1], TicketLapsed | CounterClosed) and events[-1].at == opening.at:
        events.pop()
    return _fold(Hall.empty(plan, first - 1), events)
