"""What happened in a branch, in the past tense: the log that is the truth.

Every event is self-contained: `evolve` needs the hall and the event, never the clock.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

from msgspec import field

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
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.duty import Duty, Handover
from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.help import HelpCall
from lobby.queueing.model.machine import Machine
from lobby.queueing.model.notices import Notice
from lobby.queueing.model.ticket import Ticket
from lobby.queueing.model.value import Value


class DayOpened(Value, frozen=True):
    """What yesterday hands on: machines, open calls, notices that still hold, escorts under way,
    who has come on duty today already, the last note, and the numbers behind which series go on
    (`NumbersReserved`), by day: also those of yesterday, for this turn may be taken back."""

    at: datetime
    day: date
    machines: tuple[Machine, ...] = ()
    help_calls: tuple[HelpCall, ...] = ()
    duty: tuple[Duty, ...] = ()
    handover: Handover | None = None
    notices: tuple[Notice, ...] = ()
    escorts: tuple[Escort, ...] = ()
    reserved: Mapping[date, Mapping[str, int]] = {}
    previous_day: date | None = None


class NumbersReserved(Value, frozen=True):
    """No series gives out a number up to its own here on that day: after a restore, slips with them
    may be in people's hands."""

    at: datetime
    day: date
    up_to: Mapping[str, int]


class ClockCorrected(Value, frozen=True):
    """The clock by which acts get their times was set, by `shift_s`; `at` is by the right one, and
    `day` the business day it shows. Who left before version `since` stays in the day of then; what
    was recorded up to `right_until` was recorded by a clock that was right. `by` is who said so;
    empty where the clock had stood."""

    at: datetime
    day: date
    shift_s: float
    since: int
    right_until: int = 0
    by: str = ""


class DayClosedOut(Value, frozen=True):
    """Nothing had been done since `idle_since`, out of hours: what was left open was ended. The
    counters, the tickets at a counter, and the other tickets that nobody had ended."""

    at: datetime
    idle_since: datetime
    counters: tuple[str, ...] = ()
    at_counters: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class DayTakenBack(Value, frozen=True):
    """`day` goes on, and `false_day` was none: all its tickets, also those that came on the false
    day, of which `renumbered` went on with another number; the counters as they are now. `given` is
    the highest number of each series before the turn, also of those that no ticket has."""

    at: datetime
    day: date
    false_day: date
    tickets: tuple[Ticket, ...]
    counters: tuple[Counter, ...]
    renumbered: Mapping[str, str]
    previous_day: date | None = None
    by: str = ""
    given: Mapping[str, int] = field(default_factory=dict)


TicketEvent: TypeAlias = LineEvent | MachineEvent | CareEvent | AdviserAsked

DayEvent: TypeAlias = DayOpened | NumbersReserved | ClockCorrected | DayClosedOut | DayTakenBack

Event: TypeAlias = DayEvent | TicketEvent | CounterEvent | FloorEvent
