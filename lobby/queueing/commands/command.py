"""What people ask of a branch, in the imperative: each is decided to events or a refusal."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from lobby.queueing.commands.counter import (
    CounterCommand,
    OpenCounter,
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


Command: TypeAlias = (
    OpenDay
    | ReserveNumbers
    | OpenCounter
    | CustomerCommand
    | CounterCommand
    | MachineCommand
    | CareCommand
    | FloorCommand
)
