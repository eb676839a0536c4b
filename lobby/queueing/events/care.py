"""What was done for one customer beside the line, in the past tense: machine, care, adviser."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.intake import ConfirmedBy, OfferedBy


@dataclass(frozen=True, slots=True)
class MachineOffered:
    at: datetime
    number: str
    machine: str
    by: OfferedBy


@dataclass(frozen=True, slots=True)
class MachineAccepted:
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class CustomerAccompanied:
    at: datetime
    number: str
    staff: str


@dataclass(frozen=True, slots=True)
class MachineDeclined:
    at: datetime
    number: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MachineJobDone:
    at: datetime
    number: str
    by: ConfirmedBy
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedFromMachine:
    at: datetime
    number: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CareRecorded:
    at: datetime
    number: str
    step: CareStep
    staff: str


@dataclass(frozen=True, slots=True)
class CallModesSet:
    at: datetime
    number: str
    modes: tuple[CallMode, ...]
    pager: str


@dataclass(frozen=True, slots=True)
class LongerGraceGiven:
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class AdviserAsked:
    at: datetime
    number: str
    teller: str | None


MachineEvent: TypeAlias = (
    MachineOffered
    | MachineAccepted
    | CustomerAccompanied
    | MachineDeclined
    | MachineJobDone
    | ReturnedFromMachine
)

CareEvent: TypeAlias = CareRecorded | CallModesSet | LongerGraceGiven
