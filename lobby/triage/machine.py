"""A self-service machine: what it can do, where it stands, and how it is doing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lobby.machines import MachineKind, MachineState


class MachineFunction(StrEnum):
    CARD_READER = "card_reader"
    PASSBOOK_READER = "passbook_reader"
    CASH_OUT = "cash_out"
    CASH_IN = "cash_in"
    TRANSFER = "transfer"
    STATEMENT = "statement"
    BILLS = "bills"
    PIN = "pin"
    ACCOUNT = "account"
    DIGITAL_BANKING = "digital_banking"
    PERSONAL_DATA = "personal_data"
    TERM_DEPOSIT = "term_deposit"


@dataclass(frozen=True, slots=True)
class Machine:
    """As configured. `names` and `places` by language; `number` is what stands on it."""

    id: str
    number: int
    kind: MachineKind
    functions: frozenset[MachineFunction]
    names: Mapping[str, str]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MachineStatus:
    """As it is now. `queue_min` is how long the people before it will take."""

    machine: Machine
    state: MachineState = MachineState.UP
    queue_min: float = 0

    def has(self, functions: frozenset[MachineFunction]) -> bool:
        """Whether it is built for this, working or not."""
        return functions <= self.machine.functions

    def can(self, functions: frozenset[MachineFunction]) -> bool:
        """Whether it can do this now: without notes it still does all but pay out."""
        match self.state:
            case MachineState.UP:
                works = True
            case MachineState.DOWN:
                works = False
            case MachineState.OUT_OF_NOTES:
                works = MachineFunction.CASH_OUT not in functions
        return works and self.has(functions)
