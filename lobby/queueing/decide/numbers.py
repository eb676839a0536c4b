"""Numbers that must not be given out, since somebody may hold a slip with one of them."""

from collections.abc import Mapping
from datetime import date, datetime

from lobby.queueing.commands.command import ReserveNumbers
from lobby.queueing.decide.day import new_day
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.events.event import NumbersReserved
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import SERIES_MAX


def _reserve_numbers(hall: Hall, command: ReserveNumbers, now: datetime) -> Events:
    """Nothing happens where all of them are behind the series already."""
    up_to = {
        prefix: min(ordinal, SERIES_MAX)
        for prefix, ordinal in command.up_to.items()
        if ordinal > _given(hall, command.day, prefix)
    }
    opening = () if hall.day else new_day(hall, now)
    return (*opening, NumbersReserved(now, command.day, up_to)) if up_to else ()


def _given(hall: Hall, day: date, prefix: str) -> int:
    reserved: Mapping[str, int] = hall.reserved.get(day, {})
    given = hall.tickets.count(prefix) if day == hall.day else 0
    return max(given, reserved.get(prefix, 0))


DECIDERS: Deciders = {ReserveNumbers: _reserve_numbers}
