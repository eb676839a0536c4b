"""The clock was set: what was recorded by it moves along, so that every wait stays what it was."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from lobby.queueing.events.event import ClockCorrected
from lobby.queueing.evolve.numbers import passing_over
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.returning import may_come_back
from lobby.queueing.model.ticket import Place, Ticket
from lobby.queueing.model.value import Value

AGREED = frozenset({"booked_at", "planned_break"})
"""What people have agreed on by the clock on the wall stays as it was agreed."""


def corrected(hall: Hall, event: ClockCorrected) -> Hall:
    """Who is in the house goes on in the day that the right clock shows, with place and number;
    who left before `since` stays in the day in which they came."""
    by = timedelta(seconds=event.shift_s)
    tickets, right_at = hall.tickets, _last_right_place(hall, event)
    places = _places(hall, event, right_at)
    for ticket in hall.tickets.values_in_order():
        if _is_here(ticket, event):
            tickets = tickets.put(_moved(ticket, event, places))
    tickets = passing_over(tickets, hall.reserved.get(event.day, {}))
    return replace(
        hall,
        day=event.day,
        tickets=tickets,
        counters={key: _counter(at, event, places) for key, at in hall.counters.items()},
        latest_at=_place_at(hall.latest_at, event, right_at) if hall.latest_at else None,
        help_calls=shifted(hall.help_calls, by),
        duty={key: shifted(duty, by) for key, duty in hall.duty.items()},
        handover=shifted(hall.handover, by),
        notices=shifted(hall.notices, by),
        escorts=shifted(hall.escorts, by),
        given_back_escorts=shifted(hall.given_back_escorts, by),
    )


def shifted(value: Any, by: timedelta) -> Any:
    """Every time in it later by so much, but for what was agreed."""
    if isinstance(value, datetime):
        return value + by
    if isinstance(value, tuple):
        return tuple(shifted(each, by) for each in value)
    if not isinstance(value, Value):
        return value
    names = [name for name in value.__struct_fields__ if name not in AGREED]
    changes = {name: shifted(getattr(value, name), by) for name in names}
    return replace(value, **changes)


def _is_here(ticket: Ticket, event: ClockCorrected) -> bool:
    """Also who missed a call, or left the line, and may still come back."""
    if not ticket.is_ended or ticket.touched > event.since:
        return True
    return may_come_back(ticket, event.at - timedelta(seconds=event.shift_s))


def _last_right_place(hall: Hall, event: ClockCorrected) -> datetime | None:
    """The latest of the places that were given while the clock was right."""
    tickets = hall.tickets.values_in_order()
    right = (each.place.at for each in tickets if each.place.ordinal <= event.right_until)
    return max(right, default=None)


def _places(hall: Hall, event: ClockCorrected, right_at: datetime | None) -> Mapping[Place, Place]:
    """Each place that moves, and where to: in the order in which they were. Two that come together
    at one time, as at now, keep it by their turn."""
    right = event.right_until
    moving = (ticket for ticket in _at_hand(hall, event) if ticket.touched > right)
    before = {ticket.place for ticket in moving if ticket.place.ordinal > right}
    after: dict[Place, Place] = {}
    last: Place | None = None
    for place in sorted(before):
        moved = replace(place, at=_place_at(place.at, event, right_at))
        if last is not None and moved <= last:
            moved = replace(last, turn=last.turn + 1)
        after[place] = last = moved
    return after


def _at_hand(hall: Hall, event: ClockCorrected) -> Iterator[Ticket]:
    """Also as they were before the last act of a counter, which may be undone."""
    for ticket in hall.tickets.values_in_order():
        if _is_here(ticket, event):
            yield ticket
    for counter in hall.counters.values():
        if counter.is_open and counter.last_act is not None:
            yield counter.last_act.before


def _moved(ticket: Ticket, event: ClockCorrected, places: Mapping[Place, Place]) -> Ticket:
    """A place that is not among `places` the right clock gave, as its neighbours'."""
    if ticket.touched <= event.right_until:
        return replace(ticket, day=event.day)
    later: Ticket = shifted(ticket, timedelta(seconds=event.shift_s))
    return replace(later, day=event.day, place=places.get(ticket.place, ticket.place))


def _place_at(at: datetime, event: ClockCorrected, right_at: datetime | None) -> datetime:
    """Nobody passes anybody: a place is never later than now, nor before one that was right."""
    if event.shift_s < 0 and event.right_until:
        return at
    moved = min(at + timedelta(seconds=event.shift_s), event.at)
    return moved if right_at is None else max(moved, right_at)


def _counter(counter: Counter, event: ClockCorrected, places: Mapping[Place, Place]) -> Counter:
    if not counter.is_open:
        return counter
    last = counter.last_act
    if last is not None:
        last = replace(last, before=_moved(last.before, event, places))
    session = shifted(counter.session, timedelta(seconds=event.shift_s))
    return replace(counter, session=session, last_act=last)
