"""Why a ticket was called and no other: kept with the call, told to whoever asks."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    FIRST_COME = "first_come"
    RESERVED = "reserved"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen ticket and why. `waited_s` is its wait so far in seconds; `passed` are those
    with an earlier place whom this counter could have served; `reason` is the teller's own
    where a ticket was chosen by hand."""

    number: str
    rule: Rule
    waited_s: float
    passed: tuple[str, ...] = ()
    reason: str = ""
