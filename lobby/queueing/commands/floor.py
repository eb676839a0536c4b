"""What people ask of the floor, in the imperative: machines, help, duty, notices and escorts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from lobby.machines import MachineState
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.notices import NoticeKind


@dataclass(frozen=True, slots=True)
class ReportMachine:
    """What a machine does now; `queue` is how many people stand before it."""

    machine: str
    state: MachineState
    queue: int = 0


@dataclass(frozen=True, slots=True)
class CallColleague:
    """Somebody at `place` wants a person. A call that is open already is not doubled."""

    kind: HelpKind
    place: str
    number: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerHelp:
    """ "I go": the others see who."""

    help_id: int
    staff: str


@dataclass(frozen=True, slots=True)
class HandBackHelp:
    """ "I cannot after all": the call is open again, for the others."""

    help_id: int
    staff: str


@dataclass(frozen=True, slots=True)
class EndHelp:
    """`outcome` is a code of `outcomes.OUTCOMES`."""

    help_id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class SetDuty:
    """This colleague takes lobby duty, or says how things stand; `stand_in` answers meanwhile."""

    staff: str
    state: DutyState
    stand_in: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeaveDuty:
    """Lobby duty ends for this colleague; the note is for whoever comes next."""

    staff: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostNotice:
    """For so many minutes; `reason` is a code of `notices.NOTICE_REASONS`, `texts` by language
    belong to a custom notice."""

    kind: NoticeKind
    reason: str
    minutes: int
    texts: Mapping[str, str] = field(default_factory=dict)
    by: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawNotice:
    notice_id: int


@dataclass(frozen=True, slots=True)
class StartEscort:
    """This colleague walks with a customer, with or without a ticket."""

    staff: str
    number: str | None
    from_place: str
    to_place: str


@dataclass(frozen=True, slots=True)
class EndEscort:
    """`outcome` is a code of `escorts.ESCORT_OUTCOMES`."""

    escort_id: int
    outcome: str


HelpCommand: TypeAlias = CallColleague | AnswerHelp | HandBackHelp | EndHelp

DutyCommand: TypeAlias = SetDuty | LeaveDuty

NoticeCommand: TypeAlias = PostNotice | WithdrawNotice

EscortCommand: TypeAlias = StartEscort | EndEscort

FloorCommand: TypeAlias = ReportMachine | HelpCommand | DutyCommand | NoticeCommand | EscortCommand
