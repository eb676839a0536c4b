"""A self-service machine of the branch: whether it works, since when, how many stand before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lobby.machines import MachineKind, MachineState
from lobby.queueing.model.value import Value


@dataclass(frozen=True, slots=True)
class MachinePlan:
    """A machine as configured: what it can do, and where it stands, by language."""

    id: str
    kind: MachineKind
    functions: frozenset[str]
    places: Mapping[str, str]

    def place(self, language: str) -> str:
        return self.places.get(language) or self.places["en"]


class Machine(Value, frozen=True):
    """`since` is when the state began; `queue` how many people stand before the machine."""

    id: str
    state: MachineState = MachineState.UP
    queue: int = 0
    since: datetime | None = None
