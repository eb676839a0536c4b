"""Every event in a hall where it can happen: what happened before, and the act that brings it."""

from collections.abc import Callable
from datetime import date, timedelta

from msgspec import structs

from lobby.machines import MachineState
from lobby.queueing.commands.command import (
    CloseOutDay,
    Command,
    CorrectClock,
    OpenDay,
    ReserveNumbers,
    TakeBackDay,
)
from lobby.queueing.commands.counter import (
    AddService,
    CallAgain,
    CallChosen,
    CallNext,
    CloseCounter,
    DropBreak,
    Finish,
    Hold,
    LeftSeat,
    MarkAbsent,
    MarkSeats,
    OpenCounter,
    PauseCounter,
    PauseServing,
    PlanBreak,
    ResumeCounter,
    ResumeServing,
    StartServing,
    Transfer,
    Undo,
)
from lobby.queueing.commands.floor import (
    AnswerHelp,
    CallColleague,
    EndEscort,
    EndHelp,
    HandBackHelp,
    LeaveDuty,
    PostNotice,
    ReportMachine,
    ReturnUnfinished,
    SetDuty,
    StartEscort,
    WithdrawNotice,
)
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    AskAdviser,
    BringBack,
    CancelTicket,
    ChangePriority,
    ChangeService,
    ConfirmMachineJob,
    DeclineMachine,
    EndRest,
    GiveLongerGrace,
    OfferMachine,
    Postpone,
    RecordCare,
    Rest,
    ReturnFromHold,
    ReturnFromMachine,
    ReturnFromRest,
    SetCallModes,
    TakeTicket,
    WentAlong,
)
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import ConfirmedBy, Intake
from lobby.queueing.model.notices import NoticeKind
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.rest import RestReason
from tests.app.people import MORNING
from tests.queueing.shift import LAN, THU, WEI, Shift

AT = ("1", "A001")
SOON = MORNING + timedelta(hours=1)

Case = tuple[Callable[[Shift], object], Command]


def both_open(shift: Shift) -> None:
    shift.open()
    shift.open("2", WEI)


def waiting(shift: Shift) -> None:
    both_open(shift)
    for _ in range(4):
        shift.take()


def called(shift: Shift) -> None:
    waiting(shift)
    shift.call()
    shift.wait(seconds=30)


def sent_to_one_teller(shift: Shift) -> None:
    """A001 waits for the teller at counter 2."""
    called(shift)
    shift.act(Transfer(*AT, to_teller=WEI))
    shift.wait(minutes=1)


def serving(shift: Shift) -> None:
    called(shift)
    shift.act(StartServing(*AT))
    shift.wait(minutes=3)


def interrupted(shift: Shift) -> None:
    serving(shift)
    shift.act(PauseServing(*AT))
    shift.wait(minutes=1)


def sent_on_with_return(shift: Shift) -> None:
    serving(shift)
    shift.act(Transfer(*AT, to_service="F01", to_counter="2", come_back=True))
    shift.call("2")
    shift.act(StartServing("2", "A001"))
    shift.wait(minutes=2)


def held(shift: Shift) -> None:
    serving(shift)
    shift.act(Hold(*AT, "papers missing", 5))
    shift.wait(minutes=2)


def resting(shift: Shift) -> None:
    waiting(shift)
    shift.act(Rest("A001", RestReason.LATER, 20))
    shift.wait(minutes=20)


def left_at_machine(shift: Shift) -> None:
    at_machine(shift)
    shift.act(CancelTicket("A001"))
    shift.wait(minutes=1)


def absent(shift: Shift) -> None:
    called(shift)
    shift.act(MarkAbsent(*AT))


def finished(shift: Shift) -> None:
    serving(shift)
    shift.act(Finish(*AT))


def offered(shift: Shift) -> None:
    waiting(shift)
    shift.act(OfferMachine("A001", "crs-2"))


def at_machine(shift: Shift) -> None:
    offered(shift)
    shift.act(AcceptMachine("A001"))


def paused(shift: Shift) -> None:
    shift.open()
    shift.act(PauseCounter("1", "tea", 10))
    shift.wait(minutes=10)


def left_open(shift: Shift) -> None:
    shift.open()
    shift.act(MarkSeats((LeftSeat("1", THU, MORNING),)))


def with_break(shift: Shift) -> None:
    shift.open()
    shift.act(PlanBreak("1", SOON, 15))


def help_called(shift: Shift) -> None:
    waiting(shift)
    shift.act(CallColleague(HelpKind.HELP, "Kiosk 1", "A001"))


def stuck_called(shift: Shift) -> None:
    waiting(shift)
    shift.act(CallColleague(HelpKind.STUCK, "Kiosk 1"))


def help_answered(shift: Shift) -> None:
    help_called(shift)
    shift.act(AnswerHelp(shift.hall.help_calls[0].id, LAN))


def on_duty(shift: Shift) -> None:
    waiting(shift)
    shift.act(SetDuty(LAN, DutyState.ON_DUTY))


def notice_up(shift: Shift) -> None:
    waiting(shift)
    shift.act(PostNotice(NoticeKind.DELAY, "few_counters", 30, by=LAN))


def escort_under_way(shift: Shift) -> None:
    waiting(shift)
    shift.act(StartEscort(LAN, "A001", "Seats", "Entrance"))


def day_after(shift: Shift) -> None:
    waiting(shift)
    shift.wait(days=1)


TOMORROW = MORNING.date() + timedelta(days=1)


def turned_falsely(shift: Shift) -> None:
    waiting(shift)
    before = shift.hall
    shift.wait(days=1)
    shift.act(OpenDay())
    shift.hall = structs.replace(shift.hall, before_turn=before)


INTAKE = Intake(rule="R22", rule_set="cn-1", eligible=True, offered=True)
FULL = TakeTicket("A01", "vi", "s", intake=INTAKE, priority=Priority.APPOINTMENT, booked_at=MORNING)

CASES: dict[str, Case] = {
    "DayOpened": (day_after, OpenDay()),
    "NumbersReserved": (waiting, ReserveNumbers(MORNING.date(), {"A": 60})),
    "NumbersReserved of another day": (waiting, ReserveNumbers(TOMORROW, {"A": 60})),
    "DayClosedOut": (serving, CloseOutDay(MORNING, version=9)),
    "DayTakenBack": (turned_falsely, TakeBackDay(date(2026, 3, 3), by="minh")),
    "ClockCorrected": (waiting, CorrectClock(7200, since=0)),
    "TicketLapsed": (day_after, OpenDay()),
    "TicketTaken": (waiting, FULL),
    "TicketTaken to a machine": (waiting, TakeTicket("A01", "vi", "s", machine="crs-2")),
    "TicketCalled": (waiting, CallNext("1")),
    "TicketCalled out of turn": (waiting, CallChosen("1", "A003", "in a wheelchair")),
    "TicketCalled from hold": (held, CallChosen("1", "A001", "papers are here")),
    "TicketCalled of one teller": (sent_to_one_teller, CallNext("2")),
    "TicketCalledAgain": (called, CallAgain(*AT)),
    "ServingStarted": (called, StartServing(*AT)),
    "ServingPaused": (serving, PauseServing(*AT)),
    "ServingResumed": (interrupted, ResumeServing(*AT)),
    "ServiceAdded": (serving, AddService(*AT, "B01")),
    "ServingFinished": (interrupted, Finish(*AT, ("A02",))),
    "TicketSentBack": (sent_on_with_return, Finish("2", "A001")),
    "CustomerAbsent": (called, MarkAbsent(*AT)),
    "CustomerReturned": (absent, BringBack("A001")),
    "TicketHeld": (serving, Hold(*AT, "papers missing", 5)),
    "TicketUnheld": (held, ReturnFromHold("A001")),
    "CustomerReturned to a machine": (left_at_machine, BringBack("A001")),
    "TicketTaken without papers": (waiting, TakeTicket("A01", "vi", "s", keeps_place_min=30)),
    "TicketRested": (waiting, Rest("A001", RestReason.PAPERS, 30)),
    "RestEnded": (resting, ReturnFromRest("A001")),
    "RestEnded by itself": (resting, EndRest("A001")),
    "TicketCancelled while it rested": (resting, CancelTicket("A001")),
    "TicketTransferred": (serving, Transfer(*AT, "B01", "2", "wants euros", None, True)),
    "TicketCancelled": (called, CancelTicket("A001")),
    "ActUndone of an absence": (absent, Undo("1")),
    "ActUndone of a finish": (finished, Undo("1")),
    "TicketPostponed": (waiting, Postpone("A001")),
    "ServiceChanged": (waiting, ChangeService("A001", "B01")),
    "PriorityChanged": (waiting, ChangePriority("A001", Priority.ASSISTANCE)),
    "AdviserAsked": (waiting, AskAdviser("A001", WEI)),
    "MachineOffered": (waiting, OfferMachine("A001", "crs-2")),
    "MachineAccepted": (offered, AcceptMachine("A001")),
    "CustomerAccompanied": (at_machine, WentAlong("A001", LAN)),
    "MachineDeclined": (offered, DeclineMachine("A001", "no card")),
    "MachineJobDone": (at_machine, ConfirmMachineJob("A001", ConfirmedBy.STAFF)),
    "ReturnedFromMachine": (at_machine, ReturnFromMachine("A001")),
    "CareRecorded": (waiting, RecordCare("A001", CareStep.WATER, LAN)),
    "CallModesSet": (waiting, SetCallModes("A001", (CallMode.PAGER,), "7")),
    "LongerGraceGiven": (waiting, GiveLongerGrace("A001")),
    "CounterOpened": (Shift.take, OpenCounter("1", THU, ("A01",))),
    "CounterPaused": (with_break, PauseCounter("1", "tea", 10)),
    "CounterResumed": (paused, ResumeCounter("1")),
    "CounterClosed": (paused, CloseCounter("1")),
    "BreakPlanned": (Shift.open, PlanBreak("1", SOON, 15)),
    "BreakDropped": (with_break, DropBreak("1")),
    "CounterUnattended": (Shift.open, MarkSeats((LeftSeat("1", THU, MORNING),))),
    "CounterAttended": (left_open, MarkSeats((), ("1",))),
    "MachineReported": (waiting, ReportMachine("crs-2", MachineState.DOWN, 1)),
    "HelpCalled": (waiting, CallColleague(HelpKind.HELP, "Kiosk 1", "A001")),
    "HelpReasonChanged": (stuck_called, CallColleague(HelpKind.HELP, "Kiosk 1")),
    "HelpAnswered": (help_called, AnswerHelp(0, LAN)),
    "HelpHandedBack": (help_answered, HandBackHelp(0, LAN)),
    "HelpHandedBack by itself": (help_answered, ReturnUnfinished(signed_out=frozenset({LAN}))),
    "HelpEnded": (help_answered, EndHelp(0, "helped")),
    "DutySet": (waiting, SetDuty(LAN, DutyState.ON_DUTY)),
    "DutyLeft": (on_duty, LeaveDuty(LAN, "umbrella at the desk")),
    "NoticePosted": (waiting, PostNotice(NoticeKind.DELAY, "few_counters", 30, by=LAN)),
    "NoticeWithdrawn": (notice_up, WithdrawNotice(0)),
    "EscortStarted": (waiting, StartEscort(LAN, "A001", "Seats", "Entrance")),
    "EscortEnded": (escort_under_way, EndEscort(0, "seated")),
    "EscortEnded by itself": (escort_under_way, ReturnUnfinished(removed=frozenset({LAN}))),
}
"""By the event's name, and in what it is special. An id 0 stands for the one there is."""
