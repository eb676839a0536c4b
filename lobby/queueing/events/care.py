"""What was done for one customer beside the line, in the past tense: machine, care, adviser."""

from datetime import datetime
from typing import TypeAlias

from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.intake import ConfirmedBy, OfferedBy
from lobby.queueing.model.value import Value


class MachineOffered(Value, frozen=True):
    at: datetime
    number: str
    machine: str
    by: OfferedBy


class MachineAccepted(Value, frozen=True):
    at: datetime
    number: str


class CustomerAccompanied(Value, frozen=True):
    at: datetime
    number: str
    staff: str


class MachineDeclined(Value, frozen=True):
    at: datetime
    number: str
    reason: str = ""


class MachineJobDone(Value, frozen=True):
    at: datetime
    number: str
    by: ConfirmedBy
    reason: str = ""


class ReturnedFromMachine(Value, frozen=True):
    at: datetime
    number: str
    reason: str = ""


class CareRecorded(Value, frozen=True):
    at: datetime
    number: str
    step: CareStep
    staff: str


class CallModesSet(Value, frozen=True):
    at: datetime
    number: str
    modes: tuple[CallMode, ...]
    pager: str


class LongerGraceGiven(Value, frozen=True):
    at: datetime
    number: str


class AdviserAsked(Value, frozen=True):
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
