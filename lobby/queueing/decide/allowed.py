"""In which states of a ticket an act on it is allowed: the one table, for rules and screens."""

from collections.abc import Mapping
from typing import TypeAlias

from lobby.queueing.commands.counter import (
    AddService,
    CallAgain,
    CallChosen,
    Finish,
    Hold,
    MarkAbsent,
    PauseServing,
    ResumeServing,
    StartServing,
    Transfer,
    WithCustomerCommand,
)
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    AskAdviser,
    BringBack,
    CancelTicket,
    CareCommand,
    ChangePriority,
    ChangeService,
    ConfirmMachineJob,
    DeclineMachine,
    EndRest,
    GiveLongerGrace,
    LineCommand,
    MachineCommand,
    OfferMachine,
    Postpone,
    RecordCare,
    Rest,
    ReturnFromHold,
    ReturnFromMachine,
    ReturnFromRest,
    SetCallModes,
    WentAlong,
)
from lobby.queueing.model.ticket import AT_COUNTER, TicketState

TicketCommand: TypeAlias = (
    WithCustomerCommand | CallChosen | LineCommand | MachineCommand | CareCommand
)

States: TypeAlias = frozenset[TicketState]

WAITING: States = frozenset({TicketState.WAITING})
CALLED: States = frozenset({TicketState.CALLED})
SERVING: States = frozenset({TicketState.SERVING})
ON_HOLD: States = frozenset({TicketState.ON_HOLD})
RESTING: States = frozenset({TicketState.RESTING})
ABSENT: States = frozenset({TicketState.ABSENT})
CANCELLED: States = frozenset({TicketState.CANCELLED})
AT_MACHINE: States = frozenset({TicketState.AT_MACHINE})

TO_BE_CALLED: States = WAITING | ON_HOLD | RESTING | AT_MACHINE
"""Not called yet, or not called again: what the call will be about can still change."""

NOT_SERVED_YET: States = TO_BE_CALLED | CALLED

MAY_BE_CALLED: States = NOT_SERVED_YET | SERVING | ABSENT
"""A call may still come: who is served may be sent on, who missed a call may be brought back."""

ALLOWED: Mapping[type[TicketCommand], States] = {
    CallAgain: CALLED,
    StartServing: CALLED,
    MarkAbsent: CALLED,
    PauseServing: SERVING,
    ResumeServing: SERVING,
    AddService: SERVING,
    Finish: SERVING,
    Hold: AT_COUNTER,
    Transfer: AT_COUNTER,
    CallChosen: WAITING | ON_HOLD,
    BringBack: ABSENT | CANCELLED,
    ReturnFromHold: ON_HOLD,
    Rest: WAITING,
    ReturnFromRest: RESTING,
    EndRest: RESTING,
    CancelTicket: NOT_SERVED_YET,
    Postpone: WAITING,
    ChangeService: TO_BE_CALLED,
    ChangePriority: NOT_SERVED_YET,
    OfferMachine: WAITING,
    AcceptMachine: WAITING,
    DeclineMachine: WAITING,
    WentAlong: AT_MACHINE,
    ConfirmMachineJob: AT_MACHINE,
    ReturnFromMachine: AT_MACHINE,
    RecordCare: frozenset(TicketState),
    SetCallModes: MAY_BE_CALLED,
    GiveLongerGrace: MAY_BE_CALLED,
    AskAdviser: TO_BE_CALLED,
}
"""More than the state may be asked of a ticket: its decider and `checks` say what."""


def is_allowed(act: type[TicketCommand], state: TicketState) -> bool:
    return state in ALLOWED[act]
