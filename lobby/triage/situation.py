"""How the branch is doing for one pool of services at one moment: the live half of the input."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lobby.triage.catalogue import BranchKind
from lobby.triage.machine import MachineStatus


class Dial(StrEnum):
    """How far the branch goes: it says that machines exist, offers them, or puts them first."""

    INFORM = "inform"
    OFFER = "offer"
    SUGGEST = "suggest"


@dataclass(frozen=True, slots=True)
class OtherBranch:
    """Where a service is offered when it is not offered here."""

    id: str
    names: Mapping[str, str]
    wait_min: float | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Counters and waits are those of the pool that serves the request.

    `opens_later`: no counter is open yet, but one will be today, so a ticket makes sense;
    `opens_in_min` says when, where the branch's hours say it.
    `per_operation_limit` none: the profile's. `minutes_to_closing` none: not today's concern.
    `day` chooses among dated limits; none takes those that begin last.
    """

    open_counters: int
    counter_free: bool = False
    opens_later: bool = False
    opens_in_min: float | None = None
    waiting: int = 0
    counter_wait_min: float = 0
    counter_service_min: float = 4
    machines: tuple[MachineStatus, ...] = ()
    per_operation_limit: int | None = None
    minutes_per_operation: float = 1.5
    profile: str | None = None
    dial: Dial = Dial.SUGGEST
    day: date | None = None
    lobby_manager_free: bool = True
    branch_kind: BranchKind = BranchKind.HUB
    other_branch: OtherBranch | None = None
    takes_bookings: bool = True
    same_adviser_wait_min: float | None = None
    minutes_to_closing: float | None = None

    @property
    def has_counter(self) -> bool:
        return self.open_counters > 0 or self.opens_later
