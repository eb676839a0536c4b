"""Acts that make little sense or none: odd numbers, words too long, people who are not there."""

from collections.abc import Callable

from hypothesis import strategies as st

from lobby.machines import MachineState
from lobby.queueing.commands.command import Command, OpenDay
from lobby.queueing.commands.counter import (
    AddService,
    CallAgain,
    CallChosen,
    CallNext,
    CloseCounter,
    DropBreak,
    Finish,
    Hold,
    MarkAbsent,
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
    SetDuty,
    StartEscort,
    WithdrawNotice,
)
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    AskAdviser,
    BringBack,
    CancelTicket,
    ChangeService,
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
)
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.notices import NoticeKind
from lobby.queueing.model.rest import RestReason
from tests.app.people import MORNING
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
        Transfer,
        st.just(counter),
        st.just(number),
        services,
        counters,
        to_teller=tellers,
        come_back=st.booleans(),
    )


def holds(counter: str, number: str) -> st.SearchStrategy[Command]:
    return st.builds(Hold, st.just(counter), st.just(number), REASONS)


WITH_CUSTOMER: list[Act] = [
    lambda counter, number: st.just(CallAgain(counter, number)),
    lambda counter, number: st.just(StartServing(counter, number)),
    lambda counter, number: st.just(Finish(counter, number, ("A01", "A02", "A01"))),
    lambda counter, number: st.just(MarkAbsent(counter, number)),
    transfers,
    holds,
    lambda counter, number: st.just(PauseServing(counter, number)),
    lambda counter, number: st.just(ResumeServing(counter, number)),
    lambda counter, number: st.builds(AddService, st.just(counter), st.just(number), SERVICES),
]

WITH_NUMBER: list[Callable[[str], Command]] = [
    BringBack,
    ReturnFromHold,
    CancelTicket,
    Postpone,
    AcceptMachine,
    DeclineMachine,
    ReturnFromMachine,
    ReturnFromRest,
    EndRest,
    GiveLongerGrace,
]

NONSENSE: st.SearchStrategy[Command] = st.one_of(
    st.just(OpenDay()),
    st.builds(TakeTicket, ODD, st.just("xx"), st.just("")),
    st.builds(OpenCounter, COUNTERS | ODD, TELLERS, st.lists(SERVICES | ODD).map(tuple)),
    *(
        st.builds(act, COUNTERS | ODD)
        for act in (ResumeCounter, CloseCounter, CallNext, DropBreak, Undo)
    ),
    *(st.builds(act, st.just("A001") | ODD) for act in WITH_NUMBER),
    *(st.builds(act, st.just("A001") | ODD, ODD) for act in (ChangeService, OfferMachine)),
    st.builds(ReportMachine, ODD | st.just("atm-1"), st.just(MachineState.UP), st.just(-1)),
    st.builds(CallColleague, st.just(HelpKind.HELP), REASONS | ODD, st.none() | ODD),
    st.builds(Rest, st.just("A001") | ODD, st.sampled_from(RestReason), st.integers(-1, 99)),
    st.builds(TakeTicket, SERVICES, st.just("zh"), st.just(""), keeps_place_min=st.just(-1)),
    st.builds(AnswerHelp, st.integers(), TELLERS),
    st.builds(HandBackHelp, st.integers(), TELLERS),
    st.builds(SetDuty, TELLERS, st.sampled_from(DutyState), TELLERS | ODD, REASONS | ODD),
    st.builds(LeaveDuty, TELLERS | ODD, REASONS | ODD),
    st.builds(PostNotice, st.sampled_from(NoticeKind), REASONS | ODD, st.integers(-1, 999)),
    st.builds(WithdrawNotice, st.integers()),
    st.builds(StartEscort, TELLERS, st.none() | ODD, REASONS | ODD, REASONS | ODD),
    st.builds(EndEscort, st.integers(), REASONS | ODD),
    st.builds(RecordCare, st.just("A001") | ODD, st.sampled_from(CareStep), TELLERS),
    st.builds(
        SetCallModes,
        st.just("A001") | ODD,
        st.lists(st.sampled_from(CallMode)).map(tuple),
        REASONS | ODD,
    ),
    st.builds(AskAdviser, st.just("A001") | ODD, st.none() | TELLERS | ODD),
    st.builds(PlanBreak, COUNTERS | ODD, st.just(MORNING), st.integers(-1, 999)),
    st.builds(Hold, COUNTERS, st.just("A001"), REASONS, st.integers(-1, 999)),
    st.builds(PauseCounter, COUNTERS, REASONS, st.integers(-1, 999)),
    st.builds(EndHelp, st.integers(), REASONS | ODD),
    *(
        st.builds(act, COUNTERS | ODD, st.just("A001") | ODD)
        for act in (CallAgain, StartServing, Finish, MarkAbsent, Transfer)
    ),
    *(
        st.builds(act, COUNTERS | ODD, st.just("A001") | ODD, REASONS | ODD)
        for act in (CallChosen, Hold)
    ),
)
