"""Counters open, rest and close; one teller each, and nobody in two places."""

import pytest

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CallChosen,
    CallNext,
    CloseCounter,
    Finish,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
    StartServing,
    Undo,
)
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import (
    AlreadyAtCounter,
    CounterBusy,
    CounterNotOnPause,
    CounterNotOpen,
    CounterOnPause,
    CounterTaken,
    NoServicesChosen,
    NothingToUndo,
    ReasonMissing,
    TextTooLong,
    UnknownCounter,
    UnknownService,
)
from tests.queueing.shift import ALL_SERVICES, CASH, THU, WEI, Shift


def test_it_opens_for_one_teller_with_services() -> None:
    shift = Shift()
    shift.act(OpenCounter("1", THU, ("A02", "A01", "A02")))
    counter = shift.hall.counters["1"]
    assert (counter.teller, counter.services) == (THU, ("A02", "A01"))
    assert shift.hall.counter_of(THU) == counter
    assert shift.hall.open_counters("A01") == 1
    assert shift.hall.open_counters("B01") == 0


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (OpenCounter("1", WEI, CASH), CounterTaken("1")),
        (OpenCounter("2", THU, CASH), AlreadyAtCounter("1")),
        (OpenCounter("1", THU, CASH), AlreadyAtCounter("1")),
        (OpenCounter("9", WEI, CASH), UnknownCounter("9")),
        (OpenCounter("2", WEI, ()), NoServicesChosen()),
        (OpenCounter("2", WEI, ("A01", "Z99")), UnknownService("Z99")),
        (OpenCounter("2", WEI, 101 * ("A01",)), TextTooLong(100)),
        (PauseCounter("1", " \n"), ReasonMissing()),
        (PauseCounter("1", "x" * 81), TextTooLong(80)),
        (PauseCounter("2", "tea"), CounterNotOpen("2")),
        (ResumeCounter("1"), CounterNotOnPause("1")),
        (ResumeCounter("2"), CounterNotOpen("2")),
        (CloseCounter("2"), CounterNotOpen("2")),
        (CloseCounter("9"), UnknownCounter("9")),
        (CallNext("2"), CounterNotOpen("2")),
        (Undo("2"), CounterNotOpen("2")),
    ],
)
def test_it_refuses_what_does_not_fit(command: Command, refusal: Refusal) -> None:
    shift = Shift()
    shift.open("1", THU)
    assert shift.refusal(command) == refusal


def test_it_refuses_a_second_teller_in_the_middle_of_the_day_only() -> None:
    shift = Shift()
    shift.open("1", THU)
    shift.wait(days=1)
    shift.open("1", WEI)
    assert shift.hall.counters["1"].teller == WEI
    assert shift.hall.counter_of(THU) is None


def test_it_rests_and_counts_the_seconds() -> None:
    shift = Shift()
    shift.open()
    shift.take()
    shift.act(PauseCounter("1", "  a  short break "))
    session = shift.hall.counters["1"].session
    assert session is not None
    assert session.pause_reason == "a short break"
    assert shift.refusal(PauseCounter("1", "tea")) == CounterOnPause("1")
    assert shift.refusal(CallNext("1")) == CounterOnPause("1")
    assert shift.refusal(CallChosen("1", "A001", "asked")) == CounterOnPause("1")
    assert shift.hall.open_counters("A01") == 0
    shift.wait(seconds=90)
    shift.act(ResumeCounter("1"))
    assert shift.refusal(ResumeCounter("1")) == CounterNotOnPause("1")
    session = shift.hall.counters["1"].session
    assert session is not None
    assert (session.paused_s, session.paused_at, session.pause_reason) == (90, None, "")
    assert shift.call() == "A001"


def test_it_never_counts_a_pause_backwards() -> None:
    shift = Shift()
    shift.open()
    shift.act(PauseCounter("1", "tea"))
    shift.wait(hours=-1)
    shift.act(CloseCounter("1"))
    session = shift.hall.counters["1"].session
    assert session is not None
    assert (session.paused_s, session.closed_at) == (0, shift.now)


def test_it_does_not_leave_a_customer_standing() -> None:
    shift = Shift()
    shift.open()
    number = shift.take()
    shift.call()
    for command in (PauseCounter("1", "tea"), CloseCounter("1"), CallNext("1")):
        assert shift.refusal(command) == CounterBusy(number)
    shift.act(StartServing("1", number))
    assert shift.refusal(CloseCounter("1")) == CounterBusy(number)
    shift.act(Finish("1", number))
    shift.act(CloseCounter("1"))
    assert shift.refusal(CloseCounter("1")) == CounterNotOpen("1")


def test_it_hands_a_closed_counter_to_the_next_teller_without_the_past() -> None:
    shift = Shift()
    shift.open("1", THU)
    shift.take()
    shift.miss("1")
    shift.act(CloseCounter("1"))
    shift.open("1", WEI, ALL_SERVICES)
    shift.open("2", THU)
    assert shift.refusal(Undo("1")) == NothingToUndo()
