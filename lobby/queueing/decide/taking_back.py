"""A turn of the day that was false, taken back: the day before goes on, with whom it had ended.

Who came on the false day joins behind them. Their numbers were given out twice that day: the first
holders keep theirs, and who came on the false day has the next ones of the same series.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from lobby.queueing.commands.command import TakeBackDay
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.events.event import DayTakenBack
from lobby.queueing.evolve.ticket_changes import stopped, waiting
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.numbering import ticket_number
from lobby.queueing.model.ticket import AT_COUNTER, Ticket
from lobby.queueing.refusals.ticket import DayNotOver


def _take_back(hall: Hall, command: TakeBackDay, now: datetime) -> Events:
    """Refused where the day that is open is another one, as after the first of two taps, and where
    it is one that goes on already: then the newest turn was not the one to this day."""
    before = hall.before_turn
    if before is None or before.day is None or hall.day != command.day:
        raise DayNotOver
    if before.day != hall.previous_day:
        raise DayNotOver
    renumbered = _renumbered(before, hall)
    counters = tuple(_counters(before, hall, renumbered))
    restored = (_restored(ticket, counters, now) for ticket in before.tickets.values_in_order())
    joined = sorted(
        _joined(hall, before, renumbered), key=lambda each: (len(each.number), each.number)
    )
    moved = {old: new for old, new in renumbered.items() if old != new}
    return (
        DayTakenBack(
            at=now,
            day=before.day,
            false_day=command.day,
            tickets=(*restored, *joined),
            counters=counters,
            renumbered=moved,
            previous_day=before.previous_day,
            by=command.by,
            given={prefix: before.tickets.count(prefix) for prefix in before.tickets.series},
        ),
    )


def _joined(hall: Hall, before: Hall, names: Mapping[str, str]) -> Iterator[Ticket]:
    """Behind whom the day had before, also where the clock has gone back between."""
    for ticket in hall.tickets.values_in_order():
        place = ticket.place
        place = replace(place, at=max(place.at, before.latest_at or place.at))
        yield replace(ticket, number=names[ticket.number], day=before.day, place=place)


def _renumbered(before: Hall, hall: Hall) -> dict[str, str]:
    """Of each ticket of the false day: the number with which it goes on."""
    names: dict[str, str] = {}
    for number in hall.tickets:
        prefix, ordinal = number[0], int(number[1:])
        given = before.tickets.count(prefix)
        following = max(given, hall.tickets.count(prefix))
        is_new = ordinal > given
        names[number] = number if is_new else ticket_number(prefix, following + ordinal)
    return names


def _counters(before: Hall, hall: Hall, names: Mapping[str, str]) -> Iterator[Counter]:
    """As they are now where somebody sits; else as before the turn, unless that teller sits
    elsewhere meanwhile. What was done before cannot be undone any more."""
    seated = {counter.teller for counter in hall.counters.values() if counter.is_open}
    for now in hall.counters.values():
        was = before.counters.get(now.id)
        reopens = was is not None and was.is_open and was.teller not in seated
        if not now.is_open and was is not None and reopens:
            yield replace(was, last_act=None)
        else:
            number = names[now.ticket] if now.ticket else None
            yield replace(now, ticket=number, last_act=None)


def _restored(ticket: Ticket, counters: tuple[Counter, ...], now: datetime) -> Ticket:
    """Who was at a counter that did not reopen waits again at the old place."""
    is_seated = any(counter.ticket == ticket.number for counter in counters)
    if ticket.state not in AT_COUNTER or is_seated:
        return ticket
    return waiting(stopped(ticket, now), ticket.place)


DECIDERS: Deciders = {TakeBackDay: _take_back}
