"""Lobby duty: who is there, who should go, and what is handed on."""

import pytest

from lobby.queueing.commands.floor import (
    AnswerHelp,
    CallColleague,
    EndHelp,
    HandBackHelp,
    LeaveDuty,
    SetDuty,
)
from lobby.queueing.model.duty import Duty, DutyState, Handover, on_duty, responsible
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.queueing.refusals.floor import (
    HelpNotYours,
    HelpTaken,
    NotOnDuty,
    OwnStandIn,
    UnknownOutcome,
)
from tests.queueing.shift import LAN, THU, WEI, Shift

ON, BUSY = DutyState.ON_DUTY, DutyState.WITH_CUSTOMER


@pytest.fixture
def shift() -> Shift:
    shift = Shift()
    shift.take()
    return shift


def called(shift: Shift) -> HelpCall:
    shift.act(CallColleague(HelpKind.HELP, "Seats", "A001", "wheelchair"))
    return shift.hall.help_calls[-1]


def asked(shift: Shift) -> str | None:
    """Who should answer the one open call now."""
    (call,) = shift.hall.help_calls
    return responsible(shift.hall.duty, call, shift.now)


def test_it_knows_who_is_on_duty_since_when(shift: Shift) -> None:
    shift.act(SetDuty(LAN, ON))
    since = shift.now
    shift.wait(minutes=5)
    shift.act(SetDuty(THU, ON))
    assert [duty.staff for duty in on_duty(shift.hall.duty)] == [LAN, THU]
    shift.act(SetDuty(LAN, ON, note="until eleven"))
    assert shift.hall.duty[LAN] == Duty(LAN, ON, since, None, "until eleven")
    assert shift.act(SetDuty(LAN, ON, note="until eleven")) == ()
    shift.wait(minutes=1)
    shift.act(SetDuty(LAN, BUSY))
    assert [duty.staff for duty in on_duty(shift.hall.duty)] == [THU, LAN]


def test_it_names_nobody_while_nobody_is_there(shift: Shift) -> None:
    call = called(shift)
    assert call.note == "wheelchair"
    assert asked(shift) is None
    shift.act(SetDuty(LAN, DutyState.AWAY))
    assert (on_duty(shift.hall.duty), asked(shift)) == ((), None)


def test_it_asks_the_next_one_every_minute_and_goes_round(shift: Shift) -> None:
    shift.act(SetDuty(LAN, BUSY))
    shift.act(SetDuty(THU, ON))
    shift.act(SetDuty(WEI, DutyState.PATROLLING))
    called(shift)
    assert asked(shift) == THU, "who is free is asked before who is with a customer"
    shift.wait(seconds=59)
    assert asked(shift) == THU
    shift.wait(seconds=1)
    assert asked(shift) == WEI
    shift.wait(minutes=1)
    assert asked(shift) == LAN
    shift.wait(minutes=1)
    assert asked(shift) == THU
    shift.wait(days=-1)
    assert asked(shift) == THU


def test_it_asks_the_stand_in_of_who_is_away(shift: Shift) -> None:
    shift.act(SetDuty(LAN, DutyState.AWAY, stand_in=WEI))
    called(shift)
    assert asked(shift) == WEI
    assert shift.refusal(SetDuty(THU, DutyState.AWAY, THU)) == OwnStandIn()


def test_it_leaves_a_call_with_who_goes(shift: Shift) -> None:
    for staff in (LAN, THU):
        shift.act(SetDuty(staff, ON))
    call = called(shift)
    shift.act(AnswerHelp(call.id, THU))
    shift.wait(minutes=5)
    assert asked(shift) == THU
    assert shift.refusal(AnswerHelp(call.id, LAN)) == HelpTaken(call.id)


def test_it_opens_a_call_again_for_the_others(shift: Shift) -> None:
    for staff in (LAN, THU):
        shift.act(SetDuty(staff, ON))
    call = called(shift)
    assert shift.refusal(HandBackHelp(call.id, LAN)) == HelpNotYours()
    shift.act(AnswerHelp(call.id, LAN))
    shift.wait(minutes=4)
    shift.act(HandBackHelp(call.id, LAN))
    (call,) = shift.hall.help_calls
    assert (call.taken_by, call.taken_at, call.handed_back) == (None, None, (LAN,))
    assert (call.waiting_since, asked(shift)) == (shift.now, THU)
    shift.wait(minutes=1)
    assert asked(shift) == THU, "who could not is passed over"
    shift.act(LeaveDuty(THU))
    assert asked(shift) == LAN, "unless there is nobody else"


@pytest.mark.parametrize("outcome", ["Helped", "", "paper_put_in"])
def test_it_ends_a_call_with_an_outcome_of_its_kind_only(shift: Shift, outcome: str) -> None:
    call = called(shift)
    assert shift.refusal(EndHelp(call.id, outcome)) == UnknownOutcome(outcome)
    shift.act(EndHelp(call.id, "helped"))
    assert shift.hall.help_calls == ()


def test_it_hands_on_a_note_to_whoever_comes_next(shift: Shift) -> None:
    shift.act(SetDuty(LAN, ON))
    shift.act(LeaveDuty(LAN, "The wheelchair is at the desk"))
    note = Handover("The wheelchair is at the desk", LAN, shift.now)
    assert (shift.hall.handover, shift.hall.duty) == (note, {})
    assert shift.refusal(LeaveDuty(LAN)) == NotOnDuty(LAN)
    shift.act(SetDuty(THU, ON))
    shift.act(LeaveDuty(THU))
    assert shift.hall.handover == note, "who leaves without a word wipes none away"


def test_it_sends_everybody_home_at_night_but_who_came_this_morning(shift: Shift) -> None:
    shift.act(SetDuty(LAN, ON))
    shift.act(SetDuty(WEI, ON))
    shift.act(LeaveDuty(WEI, "Glasses are back"))
    shift.wait(days=1)
    shift.act(SetDuty(THU, ON))
    shift.take()
    assert list(shift.hall.duty) == [THU]
    assert shift.hall.handover is not None
    assert shift.hall.handover.note == "Glasses are back"


def test_it_opens_the_first_day_of_all_for_who_comes_before_the_customers() -> None:
    shift = Shift()
    shift.act(SetDuty(LAN, ON))
    assert shift.hall.day is not None
    assert list(shift.hall.duty) == [LAN]
