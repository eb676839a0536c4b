"""What happened on the floor, in the past tense: machines, help, duty, notices and escorts."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from lobby.machines import MachineState
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HandBackReason, HelpKind
from lobby.queueing.model.intake import NO_INTAKE, Intake
from lobby.queueing.model.notices import NoticeKind
from lobby.queueing.model.value import Value


class MachineReported(Value, frozen=True):
    at: datetime
    machine: str
    state: MachineState
    queue: int


class HelpCalled(Value, frozen=True):
    at: datetime
    kind: HelpKind
    place: str
    ticket: str | None
    note: str = ""
    service: str = ""
    intake: Intake = NO_INTAKE


class HelpReasonChanged(Value, frozen=True):
    """The same person, at the same place, calls for something more pressing."""

    at: datetime
    help_id: int
    kind: HelpKind
    note: str


class HelpAnswered(Value, frozen=True):
    at: datetime
    help_id: int
    staff: str


class HelpHandedBack(Value, frozen=True):
    at: datetime
    help_id: int
    staff: str
    reason: HandBackReason = HandBackReason.GIVEN_BACK


class HelpEnded(Value, frozen=True):
    at: datetime
    help_id: int
    outcome: str


class DutySet(Value, frozen=True):
    at: datetime
    staff: str
    state: DutyState
    stand_in: str | None
    note: str


class DutyLeft(Value, frozen=True):
    at: datetime
    staff: str
    note: str


class NoticePosted(Value, frozen=True):
    at: datetime
    kind: NoticeKind
    reason: str
    until: datetime
    texts: Mapping[str, str]
    by: str


class NoticeWithdrawn(Value, frozen=True):
    at: datetime
    notice_id: int


class EscortStarted(Value, frozen=True):
    at: datetime
    staff: str
    ticket: str | None
    from_place: str
    to_place: str


class EscortEnded(Value, frozen=True):
    at: datetime
    escort_id: int
    outcome: str


HelpEvent: TypeAlias = HelpCalled | HelpReasonChanged | HelpAnswered | HelpHandedBack | HelpEnded

DutyEvent: TypeAlias = DutySet | DutyLeft

NoticeEvent: TypeAlias = NoticePosted | NoticeWithdrawn

EscortEvent: TypeAlias = EscortStarted | EscortEnded

FloorEvent: TypeAlias = MachineReported | HelpEvent | DutyEvent | NoticeEvent | EscortEvent
