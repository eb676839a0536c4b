"""Acts that make little sense or none: odd numbers, words too long, people who are not there."""

from collections.abc import Callable

from hypothesis import strategies as st

from lobby.queueing import commands as do
from lobby.queueing.call_modes import CallMode
from lobby.queueing.care import CareStep
from lobby.queueing.commands import Command
from lobby.queueing.duty import DutyState
from lobby.queueing.help import HelpKind
from lobby.queueing.machine import MachineState
from lobby.queueing.notices import NoticeKind
from tests.cast import MORNING
from tests.queueing.shift import ALL_SERVICES, LAN, THU, WEI

COUNTERS = st.sampled_from(["1", "2", "3"])
SERVICES = st.sampled_from(ALL_SERVICES)
INDEX = st.integers(0, 20)
ODD_NUMBERS = [
    "",
    "A",
    "A000",
    "A1",
    "a001",
    "A0001",
    "Z001",
    "A٠٠١",
    "A001 ",
    "A-01",
    "1",
    "A12345",
]
ODD = st.sampled_from(["", "9", "B09", "x" * 300, "A" + 5000 * "9", "\n", *ODD_NUMBERS])
TELLERS = st.sampled_from([THU, WEI, LAN])
REASONS = st.sampled_from(["papers missing", " spaced \n out ", "", "  ", "x" * 81])

Act = Callable[[str, str], st.SearchStrategy[Command]]


def transfers(counter: str, number: str) -> st.SearchStrategy[Command]:
    services, counters, tellers = st.none() | SERVICES, st.none() | COUNTERS, st.none() | TELLERS
    return st.builds(
        do.Transfer,
        st.just(counter),
        st.just(number),
        services,
        counters,
        to_teller=tellers,
        come_back=st.booleans(),
    )


def holds(counter: str, number: str) -> st.SearchStrategy[Command]:
    return st.builds(do.Hold, st.just(counter), st.just(number), REASONS)


WITH_CUSTOMER: list[Act] = [
    lambda counter, number: st.just(do.CallAgain(counter, number)),
    lambda counter, number: st.just(do.StartServing(counter, number)),
    lambda counter, number: st.just(do.Finish(counter, number, ("A01", "A02", "A01"))),
    lambda counter, number: st.just(do.MarkAbsent(counter, number)),
    transfers,
    holds,
    lambda counter, number: st.just(do.PauseServing(counter, number)),
    lambda counter, number: st.just(do.ResumeServing(counter, number)),
    lambda counter, number: st.builds(do.AddService, st.just(counter), st.just(number), SERVICES),
]

WITH_NUMBER: list[Callable[[str], Command]] = [
    do.BringBack,
    do.ReturnFromHold,
    do.CancelTicket,
    do.Postpone,
    do.AcceptMachine,
    do.DeclineMachine,
    do.ReturnFromMachine,
    do.GiveLongerGrace,
]

NONSENSE: st.SearchStrategy[Command] = st.one_of(
    st.just(do.OpenDay()),
    st.builds(do.TakeTicket, ODD, st.just("xx"), st.just("")),
    st.builds(do.OpenCounter, COUNTERS | ODD, TELLERS, st.lists(SERVICES | ODD).map(tuple)),
    *(
        st.builds(act, COUNTERS | ODD)
        for act in (do.ResumeCounter, do.CloseCounter, do.CallNext, do.DropBreak, do.Undo)
    ),
    *(st.builds(act, st.just("A001") | ODD) for act in WITH_NUMBER),
    *(st.builds(act, st.just("A001") | ODD, ODD) for act in (do.ChangeService, do.OfferMachine)),
    st.builds(do.ReportMachine, ODD | st.just("atm-1"), st.just(MachineState.UP), st.just(-1)),
    st.builds(do.CallColleague, st.just(HelpKind.HELP), REASONS | ODD, st.none() | ODD),
    st.builds(do.AnswerHelp, st.integers(), TELLERS),
    st.builds(do.HandBackHelp, st.integers(), TELLERS),
    st.builds(do.SetDuty, TELLERS, st.sampled_from(DutyState), TELLERS | ODD, REASONS | ODD),
    st.builds(do.LeaveDuty, TELLERS | ODD, REASONS | ODD),
    st.builds(do.PostNotice, st.sampled_from(NoticeKind), REASONS | ODD, st.integers(-1, 999)),
    st.builds(do.WithdrawNotice, st.integers()),
    st.builds(do.StartEscort, TELLERS, st.none() | ODD, REASONS | ODD, REASONS | ODD),
    st.builds(do.EndEscort, st.integers(), REASONS | ODD),
    st.builds(do.RecordCare, st.just("A001") | ODD, st.sampled_from(CareStep), TELLERS),
    st.builds(
        do.SetCallModes,
        st.just("A001") | ODD,
        st.lists(st.sampled_from(CallMode)).map(tuple),
        REASONS | ODD,
    ),
    st.builds(do.AskAdviser, st.just("A001") | ODD, st.none() | TELLERS | ODD),
    st.builds(do.PlanBreak, COUNTERS | ODD, st.just(MORNING), st.integers(-1, 999)),
    st.builds(do.Hold, COUNTERS, st.just("A001"), REASONS, st.integers(-1, 999)),
    st.builds(do.PauseCounter, COUNTERS, REASONS, st.integers(-1, 999)),
    st.builds(do.EndHelp, st.integers(), REASONS | ODD),
    *(
        st.builds(act, COUNTERS | ODD, st.just("A001") | ODD)
        for act in (do.CallAgain, do.StartServing, do.Finish, do.MarkAbsent, do.Transfer)
    ),
    *(
        st.builds(act, COUNTERS | ODD, st.just("A001") | ODD, REASONS | ODD)
        for act in (do.CallChosen, do.Hold)
    ),
)
