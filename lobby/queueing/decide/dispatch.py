"""The rules: a command on a hall becomes events, or a refusal that changes nothing.

One table finds the decider of a command; each module of this folder holds its part of it.
"""

from datetime import datetime

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.decide import (
    care,
    counter,
    day,
    diversion,
    numbers,
    seats,
    serving,
    staff,
    taking_back,
    ticket,
    unfinished,
)
from lobby.queueing.decide import help as help_calls
from lobby.queueing.decide.auto_call import auto_called
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.hall import Hall

ON_THE_FLOOR: Deciders = {**help_calls.DECIDERS, **staff.DECIDERS, **unfinished.DECIDERS}
"""The first act of all, where it is one of these, opens the branch's first day."""

DECIDERS: Deciders = {
    **day.DECIDERS,
    **numbers.DECIDERS,
    **taking_back.DECIDERS,
    **ticket.DECIDERS,
    **diversion.DECIDERS,
    **care.DECIDERS,
    **counter.DECIDERS,
    **serving.DECIDERS,
    **seats.DECIDERS,
    **ON_THE_FLOOR,
}


def decide(hall: Hall, command: Command, now: datetime) -> Events:
    """Raises a `Refusal`; `now` is aware UTC."""
    kind = type(command)
    seated = () if kind is OpenCounter else seats.attended_by_act(hall, command, now)
    events = DECIDERS[kind](fold(hall, seated), command, now)
    if events:
        events = (*seated, *events)
    if hall.day is None and kind in ON_THE_FLOOR:
        events = (*day.new_day(hall, now), *events)
    return (*events, *auto_called(hall, events, now))
