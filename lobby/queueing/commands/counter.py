"""What a teller asks, in the imperative: for the counter, and with the customer who is there."""

from datetime import datetime
from typing import TypeAlias

from lobby.queueing.model.intake import NO_INTAKE, Intake
from lobby.queueing.model.value import Value


class OpenCounter(Value, frozen=True):
    """`takes_over`: also where a colleague has left it open and is not there."""

    counter: str
    teller: str
    services: tuple[str, ...]
    takes_over: bool = False


class PauseCounter(Value, frozen=True):
    """`minutes` is how long the teller expects to be away."""

    counter: str
    reason: str
    minutes: int | None = None


class ResumeCounter(Value, frozen=True):
    counter: str


class CloseCounter(Value, frozen=True):
    counter: str


class PlanBreak(Value, frozen=True):
    """Others can count on when this counter will be away; a new plan takes the place of the old."""

    counter: str
    at: datetime
    minutes: int


class DropBreak(Value, frozen=True):
    counter: str


class CallNext(Value, frozen=True):
    counter: str


class CallChosen(Value, frozen=True):
    """Call this ticket out of turn; the reason is kept and reported."""

    counter: str
    number: str
    reason: str


class Undo(Value, frozen=True):
    """Take back this counter's last absence, finish or transfer."""

    counter: str


class CallAgain(Value, frozen=True):
    counter: str
    number: str


class StartServing(Value, frozen=True):
    counter: str
    number: str


class PauseServing(Value, frozen=True):
    """What follows does not count as service: the customer looks for a paper."""

    counter: str
    number: str


class ResumeServing(Value, frozen=True):
    counter: str
    number: str


class AddService(Value, frozen=True):
    """The customer at the counter needed one thing more. `answered` is what was asked about it."""

    counter: str
    number: str
    service: str
    answered: Intake = NO_INTAKE


class Finish(Value, frozen=True):
    """`services_done` empty means: the service that was asked for."""

    counter: str
    number: str
    services_done: tuple[str, ...] = ()


class MarkAbsent(Value, frozen=True):
    """Once the customer was called often enough and had time to come."""

    counter: str
    number: str


class Hold(Value, frozen=True):
    """`minutes` is when to look after the customer again."""

    counter: str
    number: str
    reason: str
    minutes: int | None = None


class Transfer(Value, frozen=True):
    """To another service, to one counter, or to one teller; number and place in time stay. With
    `come_back` it waits for the sender again once it is finished there. `answered` and `urgent` are
    of another service, as with `ChangeService`."""

    counter: str
    number: str
    to_service: str | None = None
    to_counter: str | None = None
    note: str = ""
    to_teller: str | None = None
    come_back: bool = False
    answered: Intake = NO_INTAKE
    urgent: bool = False


class LeftSeat(Value, frozen=True):
    """A counter at which this teller has not been since then."""

    counter: str
    teller: str
    since: datetime


class MarkSeats(Value, frozen=True):
    """Which open counters nobody is at, and at which somebody is again."""

    left: tuple[LeftSeat, ...]
    back: tuple[str, ...] = ()


class CloseUnattended(Value, frozen=True):
    """Close a counter that nobody is at, for the teller who left it open."""

    counter: str


SeatCommand: TypeAlias = MarkSeats | CloseUnattended

WithCustomerCommand: TypeAlias = (
    CallAgain
    | StartServing
    | PauseServing
    | ResumeServing
    | AddService
    | Finish
    | MarkAbsent
    | Hold
    | Transfer
)

OwnCounterCommand: TypeAlias = (
    PauseCounter
    | ResumeCounter
    | CloseCounter
    | PlanBreak
    | DropBreak
    | CallNext
    | CallChosen
    | Undo
)

CounterCommand: TypeAlias = OwnCounterCommand | WithCustomerCommand
