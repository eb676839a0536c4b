"""What happened to a counter, in the past tense."""

from datetime import datetime
from typing import TypeAlias

from lobby.queueing.model.value import Value


class CounterOpened(Value, frozen=True):
    at: datetime
    counter: str
    teller: str
    services: tuple[str, ...]


class CounterPaused(Value, frozen=True):
    """`takes_break`: this pause is the one that was planned."""

    at: datetime
    counter: str
    reason: str
    until: datetime | None = None
    takes_break: bool = False


class CounterResumed(Value, frozen=True):
    at: datetime
    counter: str


class CounterClosed(Value, frozen=True):
    at: datetime
    counter: str


class BreakPlanned(Value, frozen=True):
    at: datetime
    counter: str
    begins_at: datetime
    minutes: int


class BreakDropped(Value, frozen=True):
    at: datetime
    counter: str


class CounterUnattended(Value, frozen=True):
    """Nobody has been at the open counter since then, as far as can be seen."""

    at: datetime
    counter: str
    since: datetime


class CounterAttended(Value, frozen=True):
    """Its teller is there after all."""

    at: datetime
    counter: str


CounterEvent: TypeAlias = (
    CounterOpened
    | CounterPaused
    | CounterResumed
    | CounterClosed
    | BreakPlanned
    | BreakDropped
    | CounterUnattended
    | CounterAttended
)
