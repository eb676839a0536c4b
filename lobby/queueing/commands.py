"""What people ask of a branch, in the imperative: each is decided to events or a refusal."""

from dataclasses import dataclass
from typing import TypeAlias

from lobby.queueing.counter_commands import (
    AddService,
    CallAgain,
    CallChosen,
    CallNext,
    CloseCounter,
    CounterCommand,
    DropBreak,
    Finish,
    Hold,
    MarkAbsent,
    OpenCounter,
    OwnCounterCommand,
    PauseCounter,
    PauseServing,
    PlanBreak,
    ResumeCounter,
    ResumeServing,
    StartServing,
    Transfer,
    Undo,
    WithCustomerCommand,
)
from lobby.queueing.floor_commands import (
    AnswerHelp,
    CallColleague,
    DutyCommand,
    EndEscort,
    EndHelp,
    EscortCommand,
    FloorCommand,
    HandBackHelp,
    HelpCommand,
    LeaveDuty,
    NoticeCommand,
    PostNotice,
    ReportMachine,
    SetDuty,
    StartEscort,
    WithdrawNotice,
)
from lobby.queueing.ticket_commands import (
    AcceptMachine,
    AskAdviser,
    BringBack,
    CancelTicket,
    CareCommand,
    ChangePriority,
    ChangeService,
    ConfirmMachineJob,
    CustomerCommand,
    DeclineMachine,
    GiveLongerGrace,
    MachineCommand,
    OfferMachine,
    Postpone,
    RecordCare,
    ReturnFromHold,
    ReturnFromMachine,
    SetCallModes,
    TakeTicket,
    WentAlong,
)

__all__ = [
    "AcceptMachine",
    "AddService",
    "AnswerHelp",
    "AskAdviser",
    "BringBack",
    "CallAgain",
    "CallChosen",
    "CallColleague",
    "CallNext",
    "CancelTicket",
    "CareCommand",
    "ChangePriority",
    "ChangeService",
    "CloseCounter",
    "Command",
    "ConfirmMachineJob",
    "CounterCommand",
    "CustomerCommand",
    "DeclineMachine",
    "DropBreak",
    "DutyCommand",
    "EndEscort",
    "EndHelp",
    "EscortCommand",
    "Finish",
    "FloorCommand",
    "GiveLongerGrace",
    "HandBackHelp",
    "HelpCommand",
    "Hold",
    "LeaveDuty",
    "MachineCommand",
    "MarkAbsent",
    "NoticeCommand",
    "OfferMachine",
    "OpenCounter",
    "OpenDay",
    "OwnCounterCommand",
    "PauseCounter",
    "PauseServing",
    "PlanBreak",
    "PostNotice",
    "Postpone",
    "RecordCare",
    "ReportMachine",
    "ResumeCounter",
    "ResumeServing",
    "ReturnFromHold",
    "ReturnFromMachine",
    "SetCallModes",
    "SetDuty",
    "StartEscort",
    "StartServing",
    "TakeTicket",
    "Transfer",
    "Undo",
    "WentAlong",
    "WithCustomerCommand",
    "WithdrawNotice",
]


@dataclass(frozen=True, slots=True)
class OpenDay:
    """Begin the branch's new business day: what yesterday left open is ended."""


Command: TypeAlias = (
    OpenDay
    | OpenCounter
    | CustomerCommand
    | CounterCommand
    | MachineCommand
    | CareCommand
    | FloorCommand
)
