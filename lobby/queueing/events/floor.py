"""What happened on the floor, in the past tense: machines, help, duty, notices and escorts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from lobby.machines import MachineState
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.notices import NoticeKind


@dataclass(frozen=True, slots=True)
class MachineReported:
    at: datetime
    machine: str
    state: MachineState
    queue: int


@dataclass(frozen=True, slots=True)
class HelpCalled:
    at: datetime
    kind: HelpKind
    place: str
    ticket: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class HelpAnswered:
    at: datetime
    help_id: int
    staff: str


@dataclass(frozen=True, slots=True)
class HelpHandedBack:
    at: datetime
    help_id: int
    staff: str


@dataclass(frozen=True, slots=True)
class HelpEnded:
    at: datetime
    help_id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class DutySet:
    at: datetime
    staff: str
    state: DutyState
    stand_in: str | None
    note: str


@dataclass(frozen=True, slots=True)
class DutyLeft:
    at: datetime
    staff: str
    note: str


@dataclass(frozen=True, slots=True)
class NoticePosted:
    at: datetime
    kind: NoticeKind
    reason: str
    until: datetime
    texts: Mapping[str, str]
    by: str


@dataclass(frozen=True, slots=True)
class NoticeWithdrawn:
    at: datetime
    notice_id: int


@dataclass(frozen=True, slots=True)
class EscortStarted:
    at: datetime
    staff: str
    ticket: str | None
    from_place: str
    to_place: str


@dataclass(frozen=True, slots=True)
class EscortEnded:
    at: datetime
    escort_id: int
    outcome: str


HelpEvent: TypeAlias = HelpCalled | HelpAnswered | HelpHandedBack | HelpEnded

DutyEvent: TypeAlias = DutySet | DutyLeft

NoticeEvent: TypeAlias = NoticePosted | NoticeWithdrawn

EscortEvent: TypeAlias = EscortStarted | EscortEnded

FloorEvent: TypeAlias = MachineReported | HelpEvent | DutyEvent | NoticeEvent | EscortEvent
