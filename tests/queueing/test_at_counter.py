"""A longer day at a counter: holds and pauses with an end, breaks, more services, and back."""

from datetime import timedelta

import pytest

from lobby.queueing.commands.counter import (
    AddService,
    CallChosen,
    CallNext,
    CloseCounter,
    DropBreak,
    Finish,
    Hold,
    PauseCounter,
    PauseServing,
    PlanBreak,
    ResumeCounter,
    ResumeServing,
    Transfer,
    Undo,
)
from lobby.queueing.commands.ticket import ReturnFromHold
from lobby.queueing.model.choice import Rule
from lobby.queueing.model.counter import Break, CounterSession
from lobby.queueing.model.ticket import ReturnTo, TicketState
from lobby.queueing.refusals.floor import AdviserNotHere
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import (
    BreakInThePast,
    NobodyWaiting,
    NoBreakPlanned,
    OutOfRange,
    ServingNotOnPause,
    ServingOnPause,
    TransferGoesNowhere,
    UnknownService,
    WrongState,
)
from lobby.store.projection import served_s
from tests.queueing.shift import CASH, LAN, THU, WEI, Shift


@pytest.fixture
def shift() -> Shift:
    """Thu serves A001 at counter 1, Wei is at counter 2; A002 waits."""
    shift = Shift()
    shift.open("1", THU, CASH)
    shift.open("2", WEI, ("B01", "F01"))
    shift.take()
    shift.take()
    shift.serve()
    return shift


def session(shift: Shift, counter: str = "2") -> CounterSession:
    found = shift.hall.counters[counter].session
    assert found is not None
    return found


def test_it_holds_a_ticket_until_a_time_and_nothing_happens_by_itself(shift: Shift) -> None:
    shift.act(Hold("1", "A001", "form", minutes=5))
    assert shift.ticket("A001").hold_until == shift.now + timedelta(minutes=5)
    shift.wait(minutes=10)
    assert shift.call() == "A002"
    shift.act(ReturnFromHold("A001"))
    assert shift.ticket("A001").hold_until is None


def test_it_forgets_the_end_of_a_hold_where_the_ticket_is_called_out_of_it(shift: Shift) -> None:
    shift.act(Hold("1", "A001", "form", minutes=5))
    shift.act(CallChosen("1", "A001", "is back"))
    assert shift.ticket("A001").hold_until is None


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_it_refuses_a_time_that_is_none(shift: Shift, minutes: int) -> None:
    assert shift.refusal(Hold("1", "A001", "form", minutes)) == OutOfRange(240)
    assert shift.refusal(PauseCounter("2", "tea", minutes)) == OutOfRange(240)


def test_it_says_until_when_a_counter_pauses(shift: Shift) -> None:
    shift.act(PauseCounter("2", "tea", 15))
    assert session(shift).paused_until == shift.now + timedelta(minutes=15)
    shift.wait(minutes=20)
    assert shift.hall.counters["2"].is_paused, "only the teller ends a pause"
    shift.act(ResumeCounter("2"))
    assert (session(shift).paused_until, session(shift).paused_s) == (None, 1200)


def test_it_plans_a_break_and_takes_it_with_the_pause(shift: Shift) -> None:
    at = shift.now + timedelta(hours=2)
    shift.act(PlanBreak("2", at, 30))
    assert session(shift).planned_break == Break(at, 30)
    shift.act(PauseCounter("2", "a call"))
    assert session(shift).planned_break == Break(at, 30), "long before it, that is another pause"
    shift.act(ResumeCounter("2"))
    shift.wait(hours=1, minutes=50)
    shift.act(PauseCounter("2", "lunch"))
    assert session(shift).planned_break is None
    assert session(shift).paused_until == shift.now + timedelta(minutes=30)


def test_it_plans_anew_and_drops_a_plan(shift: Shift) -> None:
    later = shift.now + timedelta(hours=1)
    assert shift.refusal(DropBreak("2")) == NoBreakPlanned("2")
    shift.act(PlanBreak("2", later, 30))
    shift.act(PlanBreak("2", later, 15))
    assert session(shift).planned_break == Break(later, 15)
    shift.act(DropBreak("2"))
    assert session(shift).planned_break is None
    for wrong in (shift.now - timedelta(seconds=1), shift.now + timedelta(days=1)):
        assert shift.refusal(PlanBreak("2", wrong, 15)) == BreakInThePast()
    assert shift.refusal(PlanBreak("2", later, 121)) == OutOfRange(120)


def test_it_counts_no_pause_as_service(shift: Shift) -> None:
    shift.wait(minutes=2)
    shift.act(PauseServing("1", "A001"))
    assert shift.ticket("A001").is_paused
    assert shift.refusal(PauseServing("1", "A001")) == ServingOnPause("A001")
    shift.wait(minutes=5)
    shift.act(ResumeServing("1", "A001"))
    assert shift.refusal(ResumeServing("1", "A001")) == ServingNotOnPause("A001")
    shift.wait(minutes=1)
    shift.act(PauseServing("1", "A001"))
    shift.wait(minutes=4)
    shift.act(Finish("1", "A001"))
    assert served_s(shift.ticket("A001")) == 180
    assert not shift.ticket("A001").is_paused


def test_it_pauses_no_service_that_has_not_begun(shift: Shift) -> None:
    number = shift.take("B01")
    shift.call("2")
    assert shift.refusal(PauseServing("2", number)) == WrongState(number, TicketState.CALLED)
    assert shift.refusal(AddService("2", number, "F01")) == WrongState(number, TicketState.CALLED)


def test_it_adds_services_that_the_customer_needed_as_well(shift: Shift) -> None:
    shift.act(AddService("1", "A001", "A02"))
    assert shift.ticket("A001").services_done == ("A02",)
    assert shift.act(AddService("1", "A001", "A02")) == ()
    assert shift.act(AddService("1", "A001", "A01")) == (), "that is what was asked for"
    assert shift.refusal(AddService("1", "A001", "B09")) == UnknownService("B09")
    shift.act(Finish("1", "A001"))
    assert shift.ticket("A001").services_done == ("A01", "A02")
    shift.act(Undo("1"))
    assert shift.ticket("A001").services_done == ("A02",)
    shift.act(Finish("1", "A001", ("A04",)))
    assert shift.ticket("A001").services_done == ("A04", "A02")


def test_it_sends_a_ticket_to_a_person(shift: Shift) -> None:
    shift.act(Transfer("1", "A001", to_teller=WEI, note="signature"))
    assert (shift.ticket("A001").reserved_teller, shift.ticket("A001").note) == (WEI, "signature")
    assert shift.call("1") == "A002"
    assert shift.call("2") == "A001"
    choice = shift.ticket("A001").choice
    assert choice is not None and choice.rule is Rule.RESERVED
    assert shift.ticket("A001").return_to is None


@pytest.mark.parametrize(
    ("transfer", "refusal"),
    [
        (Transfer("1", "A001", to_teller=THU), TransferGoesNowhere()),
        (Transfer("1", "A001", to_teller=LAN), AdviserNotHere(LAN)),
        (Transfer("1", "A001", come_back=True), TransferGoesNowhere()),
    ],
)
def test_it_sends_nobody_nowhere(shift: Shift, transfer: Transfer, refusal: Refusal) -> None:
    assert shift.refusal(transfer) == refusal


def sent_there(shift: Shift) -> None:
    """A001 is served by Wei, to come back to Thu, who meanwhile serves A002."""
    shift.act(Transfer("1", "A001", "F01", come_back=True))
    assert shift.ticket("A001").return_to == ReturnTo("1", THU, "A01")
    shift.serve("2")
    shift.serve("1")


def test_it_brings_a_ticket_back_to_the_sender(shift: Shift) -> None:
    sent_there(shift)
    shift.act(Finish("2", "A001"))
    back = shift.ticket("A001")
    assert (back.state, back.service, back.services_done) == (TicketState.WAITING, "A01", ("F01",))
    assert (back.reserved_teller, back.return_to, back.transfers) == (THU, None, 2)
    shift.open("3", LAN)
    assert shift.refusal(CallNext("3")) == NobodyWaiting()
    shift.act(Finish("1", "A002"))
    assert shift.serve("1") == "A001"
    shift.act(Finish("1", "A001"))
    assert shift.ticket("A001").state is TicketState.FINISHED
    assert shift.ticket("A001").services_done == ("A01", "F01")
    assert len(shift.ticket("A001").servings) == 3


def test_it_takes_back_a_way_back(shift: Shift) -> None:
    sent_there(shift)
    before = shift.ticket("A001")
    shift.act(Finish("2", "A001"))
    shift.act(Undo("2"))
    assert shift.ticket("A001").servings == before.servings
    assert shift.ticket("A001").return_to == before.return_to
    assert shift.at("2") == "A001"


def test_it_is_anybodys_once_the_sender_has_gone(shift: Shift) -> None:
    sent_there(shift)
    shift.act(Finish("1", "A002"))
    shift.act(CloseCounter("1"))
    shift.act(Finish("2", "A001"))
    shift.open("3", LAN)
    assert shift.serve("3") == "A001"
    shift.act(Finish("3", "A001"))
    assert shift.ticket("A001").state is TicketState.FINISHED
