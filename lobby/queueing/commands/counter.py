"""What a teller asks, in the imperative: for the counter, and with the customer who is there."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class OpenCounter:
    counter: str
    teller: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PauseCounter:
    """`minutes` is how long the teller expects to be away."""

    counter: str
    reason: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ResumeCounter:
    counter: str


@dataclass(frozen=True, slots=True)
class CloseCounter:
    counter: str


@dataclass(frozen=True, slots=True)
class PlanBreak:
    """Others can count on when this counter will be away; a new plan takes the place of the old."""

    counter: str
    at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class DropBreak:
    counter: str


@dataclass(frozen=True, slots=True)
class CallNext:
    counter: str


@dataclass(frozen=True, slots=True)
class CallChosen:
    """Call this ticket out of turn; the reason is kept and reported."""

    counter: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back this counter's last absence, finish or transfer."""

    counter: str


@dataclass(frozen=True, slots=True)
class CallAgain:
    counter: str
    number: str


@dataclass(frozen=True, slots=True)
class StartServing:
    counter: str
    number: str


@dataclass(frozen=True, slots=True)
class PauseServing:
    """What follows does not count as service: the customer looks for a paper."""

    counter: str
    number: str


@dataclass(frozen=True, slots=True)
class ResumeServing:
    counter: str
    number: str


@dataclass(frozen=True, slots=True)
class AddService:
    """The customer at the counter needed one thing more."""

    counter: str
    number: str
    service: str


@dataclass(frozen=True, slots=True)
class Finish:
    """`services_done` empty means: the service that was asked for."""

    counter: str
    number: str
    services_done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkAbsent:
    """Once the customer was called often enough and had time to come."""

    counter: str
    number: str


@dataclass(frozen=True, slots=True)
class Hold:
    """`minutes` is when to look after the customer again."""

    counter: str
    number: str
    reason: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """To another service, to one counter, or to one teller; number and place in time stay. With
    `come_back` it waits for the sender again once it is finished there."""

    counter: str
    number: str
    to_service: str | None = None
    to_counter: str | None = None
    note: str = ""
    to_teller: str | None = None
    come_back: bool = False


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
