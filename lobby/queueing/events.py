"""What happened in a branch, in the past tense: the log that is the truth.

Every event is self-contained: `evolve` needs the hall and the event, never the clock.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from lobby.queueing.care_events import (
    AdviserAsked,
    CallModesSet,
    CareEvent,
    CareRecorded,
    CustomerAccompanied,
    LongerGraceGiven,
    MachineAccepted,
    MachineDeclined,
    MachineEvent,
    MachineJobDone,
    MachineOffered,
    ReturnedFromMachine,
)
from lobby.queueing.counter_events import (
    BreakDropped,
    BreakPlanned,
    CounterClosed,
    CounterEvent,
    CounterOpened,
    CounterPaused,
    CounterResumed,
)
from lobby.queueing.duty import Duty, Handover
from lobby.queueing.escorts import Escort
from lobby.queueing.floor_events import (
    DutyEvent,
    DutyLeft,
    DutySet,
    EscortEnded,
    EscortEvent,
    EscortStarted,
    FloorEvent,
    HelpAnswered,
    HelpCalled,
    HelpEnded,
    HelpEvent,
    HelpHandedBack,
    MachineReported,
    NoticeEvent,
    NoticePosted,
    NoticeWithdrawn,
)
from lobby.queueing.help import HelpCall
from lobby.queueing.machine import Machine
from lobby.queueing.notices import Notice
from lobby.queueing.ticket_events import (
    ActUndone,
    CustomerAbsent,
    CustomerReturned,
    LineEvent,
    PriorityChanged,
    ServiceAdded,
    ServiceChanged,
    ServingFinished,
    ServingPaused,
    ServingResumed,
    ServingStarted,
    TicketCalled,
    TicketCalledAgain,
    TicketCancelled,
    TicketHeld,
    TicketLapsed,
    TicketPostponed,
    TicketSentBack,
    TicketTaken,
    TicketTransferred,
    TicketUnheld,
)

__all__ = [
    "ActUndone",
    "AdviserAsked",
    "BreakDropped",
    "BreakPlanned",
    "CallModesSet",
    "CareEvent",
    "CareRecorded",
    "CounterClosed",
    "CounterEvent",
    "CounterOpened",
    "CounterPaused",
    "CounterResumed",
    "CustomerAbsent",
    "CustomerAccompanied",
    "CustomerReturned",
    "DayOpened",
    "DutyEvent",
    "DutyLeft",
    "DutySet",
    "EscortEnded",
    "EscortEvent",
    "EscortStarted",
    "Event",
    "FloorEvent",
    "HelpAnswered",
    "HelpCalled",
    "HelpEnded",
    "HelpEvent",
    "HelpHandedBack",
    "LineEvent",
    "LongerGraceGiven",
    "MachineAccepted",
    "MachineDeclined",
    "MachineEvent",
    "MachineJobDone",
    "MachineOffered",
    "MachineReported",
    "NoticeEvent",
    "NoticePosted",
    "NoticeWithdrawn",
    "PriorityChanged",
    "ReturnedFromMachine",
    "ServiceAdded",
    "ServiceChanged",
    "ServingFinished",
    "ServingPaused",
    "ServingResumed",
    "ServingStarted",
    "TicketCalled",
    "TicketCalledAgain",
    "TicketCancelled",
    "TicketEvent",
    "TicketHeld",
    "TicketLapsed",
    "TicketPostponed",
    "TicketSentBack",
    "TicketTaken",
    "TicketTransferred",
    "TicketUnheld",
]


@dataclass(frozen=True, slots=True)
class DayOpened:
    """What yesterday hands on: machines, open calls, notices that still hold, escorts under way,
    who has come on duty today already, and the last note."""

    at: datetime
    day: date
    machines: tuple[Machine, ...] = ()
    help_calls: tuple[HelpCall, ...] = ()
    duty: tuple[Duty, ...] = ()
    handover: Handover | None = None
    notices: tuple[Notice, ...] = ()
    escorts: tuple[Escort, ...] = ()


TicketEvent: TypeAlias = LineEvent | MachineEvent | CareEvent | AdviserAsked

Event: TypeAlias = DayOpened | TicketEvent | CounterEvent | FloorEvent
