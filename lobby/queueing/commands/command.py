"""What people ask of a branch, in the imperative: each is decided to events or a refusal."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

from lobby.queueing.commands.counter import (
    CounterCommand,
    OpenCounter,
    SeatCommand,
)
from lobby.queueing.commands.floor import (
    FloorCommand,
)
from lobby.queueing.commands.ticket import (
    CareCommand,
    CustomerCommand,
    MachineCommand,
)
from lobby.queueing.model.value import Value


class OpenDay(Value, frozen=True):
    """Begin the branch's new business day: what yesterday left open is ended."""


class ReserveNumbers(Value, frozen=True):
    """On this day each series goes on behind its number here, for somebody may hold a slip with one
    up to it that the record does not know."""

    day: date
    up_to: Mapping[str, int]


class CorrectClock(Value, frozen=True):
    """The clock was set by `shift_s`: see `ClockCorrected`."""

    shift_s: float
    since: int
    right_until: int = 0
    by: str = ""


class CloseOutDay(Value, frozen=True):
    """End what was left open; nothing has been done since `idle_since`, after event `version`."""

    idle_since: datetime
    version: int


class TakeBackDay(Value, frozen=True):
    """The turn to `day`, the one that is open, was false: the day before it goes on."""

    day: date
    by: str


Command: TypeAlias = (
    OpenDay
    | ReserveNumbers
    | TakeBackDay
    | CloseOutDay
    | CorrectClock
    | OpenCounter
    | SeatCommand
    | CustomerCommand
    | CounterCommand
    | MachineCommand
    | CareCommand
    | FloorCommand
)
