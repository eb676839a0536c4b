"""What happened to a ticket in the line and at a counter, in the past tense."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from lobby.queueing.model.call_modes import USUAL_MODES, CallMode
from lobby.queueing.model.choice import Choice
from lobby.queueing.model.counter import UndoableAct
from lobby.queueing.model.intake import NO_INTAKE, Intake
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Channel, Place, ReturnTo


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
    priority: Priority = Priority.REGULAR
    booked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TicketLapsed:
    """The day ended before anybody ended this ticket."""

    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class TicketCalled:
    """A first call at this counter, with why this ticket and no other, and who is shown as next.
    `auto`: the counter was idle, and nobody had to press."""

    at: datetime
    number: str
    counter: str
    language: str
    choice: Choice
    next: str | None = None
    modes: tuple[CallMode, ...] = USUAL_MODES
    pager: str = ""
    service: str = ""
    auto: bool = False


@dataclass(frozen=True, slots=True)
class TicketCalledAgain:
    at: datetime
    number: str
    counter: str
    language: str
    modes: tuple[CallMode, ...] = USUAL_MODES
    pager: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class ServingStarted:
    at: datetime
    number: str
    counter: str


@dataclass(frozen=True, slots=True)
class ServingPaused:
    at: datetime
    number: str
    counter: str


@dataclass(frozen=True, slots=True)
class ServingResumed:
    at: datetime
    number: str
    counter: str


@dataclass(frozen=True, slots=True)
class ServiceAdded:
    at: datetime
    number: str
    counter: str
    service: str


@dataclass(frozen=True, slots=True)
class ServingFinished:
    at: datetime
    number: str
    counter: str
    services_done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TicketSentBack:
    """Finished here, and waiting again for whoever had sent it."""

    at: datetime
    number: str
    counter: str
    services_done: tuple[str, ...]
    return_to: ReturnTo


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
    until: datetime | None = None


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
    to_teller: str | None = None
    return_to: ReturnTo | None = None


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
class PriorityChanged:
    at: datetime
    number: str
    priority: Priority


LineEvent: TypeAlias = (
    TicketTaken
    | TicketLapsed
    | TicketCalled
    | TicketCalledAgain
    | ServingStarted
    | ServingPaused
    | ServingResumed
    | ServiceAdded
    | ServingFinished
    | TicketSentBack
    | CustomerAbsent
    | CustomerReturned
    | TicketHeld
    | TicketUnheld
    | TicketTransferred
    | TicketCancelled
    | ActUndone
    | TicketPostponed
    | ServiceChanged
    | PriorityChanged
)
