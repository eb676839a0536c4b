"""Care for one customer: ticked off once, called in the customer's own way, one's own adviser."""

import pytest
from msgspec import structs

from lobby.queueing.commands.counter import (
    CallAgain,
    CallNext,
    CloseCounter,
    Finish,
    Hold,
    PauseCounter,
    Undo,
)
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    AskAdviser,
    CancelTicket,
    ConfirmMachineJob,
    DeclineMachine,
    OfferMachine,
    RecordCare,
    ReturnFromMachine,
    SetCallModes,
    WentAlong,
)
from lobby.queueing.events.ticket import TicketCalled, TicketCalledAgain
from lobby.queueing.model.call_modes import USUAL_MODES, CallMode
from lobby.queueing.model.care import CareMark, CareStep
from lobby.queueing.model.choice import Rule
from lobby.queueing.model.intake import ConfirmedBy
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.floor import AdviserNotHere, PagerInUse
from lobby.queueing.refusals.ticket import NobodyWaiting, ReasonMissing, WrongState
from tests.queueing.shift import CASH, LAN, THU, WEI, Shift


@pytest.fixture
def shift() -> Shift:
    """Thu and Wei serve; A001 and A002 wait."""
    shift = Shift()
    shift.open("1", THU, CASH)
    shift.open("2", WEI)
    shift.take()
    shift.take()
    return shift


def test_it_ticks_off_each_step_once_and_who_did_it(shift: Shift) -> None:
    shift.act(RecordCare("A001", CareStep.GREETED, LAN))
    greeted_at = shift.now
    assert shift.act(RecordCare("A001", CareStep.GREETED, THU)) == ()
    shift.wait(minutes=1)
    shift.act(RecordCare("A001", CareStep.WATER, THU))
    assert shift.ticket("A001").care == (
        CareMark(CareStep.GREETED, greeted_at, LAN),
        CareMark(CareStep.WATER, shift.now, THU),
    )
    assert list(shift.hall.waiting("A01")) == ["A001", "A002"]


def test_it_says_farewell_to_who_is_finished_and_lets_the_teller_undo_all_the_same(
    shift: Shift,
) -> None:
    before = shift.ticket(shift.serve())
    shift.act(Finish("1", "A001"))
    shift.act(RecordCare("A001", CareStep.FAREWELL, LAN))
    shift.act(Undo("1"))
    undone = shift.ticket("A001")
    assert [mark.step for mark in undone.care] == [CareStep.FAREWELL]
    assert undone == structs.replace(before, touched=shift.hall.version, care=undone.care)


def test_it_calls_everybody_in_their_own_way(shift: Shift) -> None:
    fetch, pager = (CallMode.FETCH,), (CallMode.DISPLAY, CallMode.PAGER)
    shift.act(SetCallModes("A001", fetch))
    shift.act(SetCallModes("A002", (CallMode.PAGER, CallMode.DISPLAY), " 7 "))
    assert shift.act(SetCallModes("A001", fetch)) == ()
    (called,) = shift.act(CallNext("1"))
    assert isinstance(called, TicketCalled)
    assert (called.modes, called.pager, called.service) == (fetch, "", "A01")
    assert shift.hall.calls[0].modes == fetch
    shift.act(CallNext("2"))
    (again,) = shift.act(CallAgain("2", "A002"))
    assert isinstance(again, TicketCalledAgain)
    assert (again.modes, again.pager, again.service) == (pager, "7", "A01")
    assert shift.ticket(shift.take()).call_modes == USUAL_MODES


def test_it_lends_a_pager_to_one_customer_at_a_time(shift: Shift) -> None:
    pager = (CallMode.PAGER,)
    assert shift.refusal(SetCallModes("A001", ())) == ReasonMissing()
    assert shift.refusal(SetCallModes("A001", pager)) == ReasonMissing()
    shift.act(SetCallModes("A001", pager, "7"))
    assert shift.refusal(SetCallModes("A002", pager, "7")) == PagerInUse("7")
    shift.act(SetCallModes("A001", USUAL_MODES, "7"))
    assert shift.ticket("A001").pager == ""
    shift.act(SetCallModes("A002", pager, "7"))
    shift.act(CancelTicket("A002"))
    shift.act(SetCallModes("A001", pager, "7"))
    assert shift.ticket("A001").pager == "7"


def test_it_keeps_a_ticket_for_the_adviser_whom_the_customer_wants(shift: Shift) -> None:
    shift.act(AskAdviser("A001", WEI))
    assert shift.call("1") == "A002"
    assert shift.call("2") == "A001"
    choice = shift.ticket("A001").choice
    assert choice is not None and choice.rule is Rule.RESERVED
    assert shift.ticket("A001").reserved_teller == WEI


def test_it_lets_anybody_call_once_the_adviser_has_gone_or_is_wanted_no_more(shift: Shift) -> None:
    shift.act(AskAdviser("A001", WEI))
    shift.act(AskAdviser("A002", WEI))
    assert shift.refusal(CallNext("1")) == NobodyWaiting()
    shift.act(AskAdviser("A001", None))
    assert shift.call("1") == "A001"
    shift.act(Hold("1", "A001", "form"))
    shift.act(CloseCounter("2"))
    assert shift.call("1") == "A002"
    assert shift.ticket("A002").reserved_teller is None, "called by another after all"


def test_it_promises_no_adviser_who_is_not_there(shift: Shift) -> None:
    assert shift.refusal(AskAdviser("A001", LAN)) == AdviserNotHere(LAN)
    shift.act(PauseCounter("2", "tea"))
    shift.act(AskAdviser("A001", WEI))
    assert shift.ticket("A001").reserved_teller == WEI
    shift.call("1")
    wrong = WrongState("A002", TicketState.CALLED)
    assert shift.refusal(AskAdviser("A002", WEI)) == wrong


def test_it_remembers_who_went_along_to_the_machine_and_why_it_ended(shift: Shift) -> None:
    shift.act(OfferMachine("A001", "atm-1"))
    shift.act(AcceptMachine("A001"))
    shift.act(WentAlong("A001", LAN))
    went_at = shift.now
    shift.wait(minutes=2)
    assert shift.act(WentAlong("A001", THU)) == ()
    shift.act(ReturnFromMachine("A001", "card not read"))
    diversion = shift.ticket("A001").diversion
    assert diversion is not None
    assert (diversion.went_along_at, diversion.went_along_by) == (went_at, LAN)
    assert (diversion.returned_at, diversion.reason) == (shift.now, "card not read")
    assert shift.refusal(WentAlong("A001", LAN)) == WrongState("A001", TicketState.WAITING)


def test_it_keeps_the_reason_of_a_no_and_of_a_colleagues_word(shift: Shift) -> None:
    shift.act(OfferMachine("A001", "atm-1"))
    shift.act(DeclineMachine("A001", "no glasses"))
    shift.act(OfferMachine("A002", "atm-1"))
    shift.act(AcceptMachine("A002"))
    shift.act(ConfirmMachineJob("A002", ConfirmedBy.STAFF, "seen"))
    reasons = [shift.ticket(number).diversion for number in ("A001", "A002")]
    assert [diversion.reason for diversion in reasons if diversion] == ["no glasses", "seen"]
