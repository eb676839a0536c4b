"""What happened in a branch, in the past tense: the log that is the truth.

Every event is self-contained: `evolve` needs the hall and the event, never the clock.
"""

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
    who has come on duty today already, and the last note."""

    at: datetime
    day: date
    machines: tuple[Machine, ...] = ()
    help_calls: tuple[HelpCall, ...] = ()
    duty: tuple[Duty, ...] = ()
    handover: Handover | None = None
    notices: tuple[Notice, ...] = ()
    escorts: tuple[Escort, ...] = ()


TicketEvent: TypeAlias = LineEvent | MachineEvent | CareEvent | AdviserAsked

Event: TypeAlias = DayOpened | TicketEvent | CounterEvent | FloorEvent
