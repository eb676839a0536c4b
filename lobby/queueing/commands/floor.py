"""What people ask of the floor, in the imperative: machines, help, duty, notices and escorts."""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from lobby.machines import MachineState
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import NO_INTAKE, Intake
from lobby.queueing.model.notices import NoticeKind
from lobby.queueing.model.value import Value


class ReportMachine(Value, frozen=True):
    """What a machine does now; `queue` is how many people stand before it."""

    machine: str
    state: MachineState
    queue: int = 0


class CallColleague(Value, frozen=True):
    """Somebody at `place` wants a person. A call that is open already is not doubled."""

    kind: HelpKind
    place: str
    number: str | None = None
    note: str = ""
    service: str = ""
    intake: Intake = NO_INTAKE
    """What somebody without a ticket came for and answered: whoever goes should know."""


class AnswerHelp(Value, frozen=True):
    """ "On my way": the others see who."""

    help_id: int
    staff: str


class HandBackHelp(Value, frozen=True):
    """ "I cannot go after all": the call is open again, for the others."""

    help_id: int
    staff: str


class EndHelp(Value, frozen=True):
    """`outcome` is a code of `outcomes.OUTCOMES`."""

    help_id: int
    outcome: str


class SetDuty(Value, frozen=True):
    """This colleague takes lobby duty, or says how things stand; `stand_in` answers meanwhile."""

    staff: str
    state: DutyState
    stand_in: str | None = None
    note: str = ""


class LeaveDuty(Value, frozen=True):
    """Lobby duty ends for this colleague; the note is for whoever comes next. `handed_over` names
    by the id of a call or an escort who takes it from here; all others are given back."""

    staff: str
    note: str = ""
    handed_over: tuple[tuple[int, str], ...] = ()


class ReturnUnfinished(Value, frozen=True):
    """What was taken by people who are not here any more, or took too long, is for the others.
    `signed_out` and `removed` are those of the takers who are."""

    signed_out: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


class PostNotice(Value, frozen=True):
    """For so many minutes; `reason` is a code of `notices.NOTICE_REASONS`, `texts` by language
    belong to a custom notice."""

    kind: NoticeKind
    reason: str
    minutes: int
    texts: Mapping[str, str] = msgspec.field(default_factory=dict)
    by: str = ""


class WithdrawNotice(Value, frozen=True):
    notice_id: int


class StartEscort(Value, frozen=True):
    """This colleague walks with a customer, with or without a ticket."""

    staff: str
    number: str | None
    from_place: str
    to_place: str


class EndEscort(Value, frozen=True):
    """`outcome` is a code of `escorts.ESCORT_OUTCOMES`."""

    escort_id: int
    outcome: str


HelpCommand: TypeAlias = CallColleague | AnswerHelp | HandBackHelp | EndHelp

DutyCommand: TypeAlias = SetDuty | LeaveDuty | ReturnUnfinished

NoticeCommand: TypeAlias = PostNotice | WithdrawNotice

EscortCommand: TypeAlias = StartEscort | EndEscort

FloorCommand: TypeAlias = ReportMachine | HelpCommand | DutyCommand | NoticeCommand | EscortCommand
