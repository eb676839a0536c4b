"""What happened in a branch, in the past tense: the log that is the truth.

Every event is self-contained: `evolve` needs the hall and the event, never the clock.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

from lobby.queueing.events.care import (
    AdviserAsked,
    CareEvent,
    MachineEvent,
)
from lobby.queueing.events.counter import (
    CounterEvent,
)
from lobby.queueing.events.floor import (
    FloorEvent,
)
from lobby.queueing.events.ticket import (
    LineEvent,
)
from lobby.queueing.model.duty import Duty, Handover
from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.help import HelpCall
from lobby.queueing.model.machine import Machine
from lobby.queueing.model.notices import Notice
from lobby.queueing.model.value import Value


class DayOpened(Value, frozen=True):
    """What yesterday hands on: machines, open calls, notices that still hold, escorts under way,
    who has come on duty today already, the last note, and the numbers behind which series go on
    (`NumbersReserved`), by day."""

    at: datetime
    day: date
    machines: tuple[Machine, ...] = ()
    help_calls: tuple[HelpCall, ...] = ()
    duty: tuple[Duty, ...] = ()
    handover: Handover | None = None
    notices: tuple[Notice, ...] = ()
    escorts: tuple[Escort, ...] = ()
    reserved: Mapping[date, Mapping[str, int]] = {}


class NumbersReserved(Value, frozen=True):
    """No series gives out a number up to its own here on that day: after a restore, slips with them
    may be in people's hands."""

    at: datetime
    day: date
    up_to: Mapping[str, int]


TicketEvent: TypeAlias = LineEvent | MachineEvent | CareEvent | AdviserAsked

Event: TypeAlias = DayOpened | NumbersReserved | TicketEvent | CounterEvent | FloorEvent
