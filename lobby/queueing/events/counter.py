"""What happened to a counter, in the past tense."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class CounterOpened:
    at: datetime
    counter: str
    teller: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CounterPaused:
    """`takes_break`: this pause is the one that was planned."""

    at: datetime
    counter: str
    reason: str
    until: datetime | None = None
    takes_break: bool = False


@dataclass(frozen=True, slots=True)
class CounterResumed:
    at: datetime
    counter: str


@dataclass(frozen=True, slots=True)
class CounterClosed:
    at: datetime
    counter: str


@dataclass(frozen=True, slots=True)
class BreakPlanned:
    at: datetime
    counter: str
    begins_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class BreakDropped:
    at: datetime
    counter: str


CounterEvent: TypeAlias = (
    CounterOpened | CounterPaused | CounterResumed | CounterClosed | BreakPlanned | BreakDropped
)
