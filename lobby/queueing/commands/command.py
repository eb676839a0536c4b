"""What people ask of a branch, in the imperative: each is decided to events or a refusal."""

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


Command: TypeAlias = (
    OpenDay
    | OpenCounter
    | CustomerCommand
    | CounterCommand
    | MachineCommand
    | CareCommand
    | FloorCommand
)
