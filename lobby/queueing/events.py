"""What happened in a branch, in the past tense: the log that is the truth.

Every event is self-contained: `evolve` needs the hall and the event, never the clock.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from lobby.queueing.choice import Choice
from lobby.queueing.counter import UndoableAct
from lobby.queueing.help import HelpCall, HelpKind
from lobby.queueing.intake import NO_INTAKE, ConfirmedBy, Intake, OfferedBy
from lobby.queueing.machine import Machine, MachineState
from lobby.queueing.ticket import Channel, Place


@dataclass(frozen=True, slots=True)
class DayOpened:
    """`machines` and `help_calls` are what yesterday hands on."""

    at: datetime
    day: date
    machines: tuple[Machine, ...] = ()
    help_calls: tuple[HelpCall, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketTaken:
    """`ahead` is how many waited for the same counters at that moment."""

    at: datetime
    number: str
    service: str
    language: str
    secret: str
    channel: Channel
    ahead: int
    intake: Intake = NO_INTAKE
    machine: str | None = None


@dataclass(frozen=True, slots=True)
class TicketLapsed:
    """The day ended before anybody ended this ticket."""

    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class CounterOpened:
    at: datetime
    counter: str
    teller: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CounterPaused:
    at: datetime
    counter: str
    reason: str


@dataclass(frozen=True, slots=True)
class CounterResumed:
    at: datetime
    counter: str


@dataclass(frozen=True, slots=True)
class CounterClosed:
    at: datetime
    counter: str


@dataclass(frozen=True, slots=True)
class TicketCalled:
    """A first call at this counter, with why this ticket and no other."""

    at: datetime
    number: str
    counter: str
    language: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class TicketCalledAgain:
    at: datetime
    number: str
    counter: str
    language: str


@dataclass(frozen=True, slots=True)
class ServingStarted:
    at: datetime
    number: str
    counter: str


@dataclass(frozen=True, slots=True)
class ServingFinished:
    at: datetime
    number: str
    counter: str
    services_done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomerAbsent:
    at: datetime
    number: str
    counter: str


@dataclass(frozen=True, slots=True)
class CustomerReturned:
    """`place` is where the returner waits now: behind those it may not pass."""

    at: datetime
    number: str
    place: Place


@dataclass(frozen=True, slots=True)
class TicketHeld:
    at: datetime
    number: str
    counter: str
    reason: str


@dataclass(frozen=True, slots=True)
class TicketUnheld:
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class TicketTransferred:
    at: datetime
    number: str
    counter: str
    to_service: str
    to_counter: str | None
    note: str


@dataclass(frozen=True, slots=True)
class TicketCancelled:
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class ActUndone:
    at: datetime
    number: str
    counter: str
    act: UndoableAct


@dataclass(frozen=True, slots=True)
class TicketPostponed:
    at: datetime
    number: str
    place: Place


@dataclass(frozen=True, slots=True)
class ServiceChanged:
    at: datetime
    number: str
    service: str


@dataclass(frozen=True, slots=True)
class MachineOffered:
    at: datetime
    number: str
    machine: str
    by: OfferedBy


@dataclass(frozen=True, slots=True)
class MachineAccepted:
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class MachineDeclined:
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class MachineJobDone:
    at: datetime
    number: str
    by: ConfirmedBy


@dataclass(frozen=True, slots=True)
class ReturnedFromMachine:
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class MachineReported:
    at: datetime
    machine: str
    state: MachineState
    queue: int


@dataclass(frozen=True, slots=True)
class HelpCalled:
    at: datetime
    kind: HelpKind
    place: str
    ticket: str | None


@dataclass(frozen=True, slots=True)
class HelpAnswered:
    at: datetime
    help_id: int
    staff: str


@dataclass(frozen=True, slots=True)
class HelpEnded:
    at: datetime
    help_id: int
    outcome: str


TicketEvent: TypeAlias = (
    TicketTaken
    | TicketLapsed
    | TicketCalled
    | TicketCalledAgain
    | ServingStarted
    | ServingFinished
    | CustomerAbsent
    | CustomerReturned
    | TicketHeld
    | TicketUnheld
    | TicketTransferred
    | TicketCancelled
    | ActUndone
    | TicketPostponed
    | ServiceChanged
    | MachineOffered
    | MachineAccepted
    | MachineDeclined
    | MachineJobDone
    | ReturnedFromMachine
)

CounterEvent: TypeAlias = CounterOpened | CounterPaused | CounterResumed | CounterClosed

HelpEvent: TypeAlias = HelpCalled | HelpAnswered | HelpEnded

Event: TypeAlias = DayOpened | TicketEvent | CounterEvent | MachineReported | HelpEvent
