"""One event and what it changes: for whoever learns from a branch, act by act."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from lobby.queueing.events.event import Event
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.hall import Hall


class Step(NamedTuple):
    event: Event
    before: Hall
    after: Hall


def steps_of(hall: Hall, events: Sequence[Event]) -> tuple[Step, ...]:
    """These events in their order, the first one in this hall."""
    halls = tuple(accumulate(events, evolve, initial=hall))
    return tuple(map(Step, events, halls, halls[1:]))
