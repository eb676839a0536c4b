"""What happened to a ticket in the line and at a counter, in the past tense."""

from datetime import datetime
from typing import TypeAlias

from lobby.queueing.model.call_modes import USUAL_MODES, CallMode
from lobby.queueing.model.choice import Choice
from lobby.queueing.model.counter import UndoableAct
from lobby.queueing.model.intake import NO_INTAKE, Intake
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.ticket import Channel, Place, ReturnTo
from lobby.queueing.model.value import Value


class TicketTaken(Value, frozen=True):
    """`ahead` is how many waited for the same counters at that moment. With `rests_until` the
    customer fetches a paper first. How they are called, and whether they have longer to come,
    follows from the help they want."""

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
    rests_until: datetime | None = None
    modes: tuple[CallMode, ...] = USUAL_MODES
    longer_grace: bool = False
    adviser: str | None = None


class TicketLapsed(Value, frozen=True):
    """The day ended before anybody ended this ticket."""

    at: datetime
    number: str


class TicketCalled(Value, frozen=True):
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


class TicketCalledAgain(Value, frozen=True):
    at: datetime
    number: str
    counter: str
    language: str
    modes: tuple[CallMode, ...] = USUAL_MODES
    pager: str = ""
    service: str = ""


class ServingStarted(Value, frozen=True):
    at: datetime
    number: str
    counter: str


class ServingPaused(Value, frozen=True):
    at: datetime
    number: str
    counter: str


class ServingResumed(Value, frozen=True):
    at: datetime
    number: str
    counter: str


class ServiceAdded(Value, frozen=True):
    at: datetime
    number: str
    counter: str
    service: str
    answered: Intake = NO_INTAKE


class ServingFinished(Value, frozen=True):
    at: datetime
    number: str
    counter: str
    services_done: tuple[str, ...]


class TicketSentBack(Value, frozen=True):
    """Finished here, and waiting again for whoever had sent it."""

    at: datetime
    number: str
    counter: str
    services_done: tuple[str, ...]
    return_to: ReturnTo


class CustomerAbsent(Value, frozen=True):
    at: datetime
    number: str
    counter: str


class CustomerReturned(Value, frozen=True):
    """`place` is where the returner waits now: behind those it may not pass."""

    at: datetime
    number: str
    place: Place


class TicketHeld(Value, frozen=True):
    at: datetime
    number: str
    counter: str
    reason: str
    until: datetime | None = None


class TicketUnheld(Value, frozen=True):
    at: datetime
    number: str


class TicketRested(Value, frozen=True):
    at: datetime
    number: str
    reason: RestReason
    until: datetime


class RestEnded(Value, frozen=True):
    """By the customer's word, or because its time was over."""

    at: datetime
    number: str
    by_itself: bool = False


class TicketTransferred(Value, frozen=True):
    """`answered` and `priority` are of another service, as with `ServiceChanged`."""

    at: datetime
    number: str
    counter: str
    to_service: str
    to_counter: str | None
    note: str
    to_teller: str | None = None
    return_to: ReturnTo | None = None
    answered: Intake = NO_INTAKE
    priority: Priority | None = None


class TicketCancelled(Value, frozen=True):
    at: datetime
    number: str


class ActUndone(Value, frozen=True):
    at: datetime
    number: str
    counter: str
    act: UndoableAct


class TicketPostponed(Value, frozen=True):
    at: datetime
    number: str
    place: Place


class ServiceChanged(Value, frozen=True):
    """`answered` is what was asked about the new service, `priority` the class that follows from
    it; None: the class stays."""

    at: datetime
    number: str
    service: str
    answered: Intake = NO_INTAKE
    priority: Priority | None = None


class PriorityChanged(Value, frozen=True):
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
    | TicketRested
    | RestEnded
    | TicketTransferred
    | TicketCancelled
    | ActUndone
    | TicketPostponed
    | ServiceChanged
    | PriorityChanged
)
