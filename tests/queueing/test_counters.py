"""Counters open, rest and close; one teller each, and nobody in two places."""

import pytest

from lobby.queueing import commands as do
from lobby.queueing import refusals as no
from lobby.queueing.commands import Command
from tests.queueing.shift import ALL_SERVICES, CASH, THU, WEI, Shift


def test_it_opens_for_one_teller_with_services() -> None:
    shift = Shift()
    shift.act(do.OpenCounter("1", THU, ("A02", "A01", "A02")))
    counter = shift.hall.counters["1"]
    assert (counter.teller, counter.services) == (THU, ("A02", "A01"))
    assert shift.hall.counter_of(THU) == counter
    assert shift.hall.open_counters("A01") == 1
    assert shift.hall.open_counters("B01") == 0


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (do.OpenCounter("1", WEI, CASH), no.CounterTaken("1")),
        (do.OpenCounter("2", THU, CASH), no.AlreadyAtCounter("1")),
        (do.OpenCounter("1", THU, CASH), no.AlreadyAtCounter("1")),
        (do.OpenCounter("9", WEI, CASH), no.UnknownCounter("9")),
        (do.OpenCounter("2", WEI, ()), no.NoServicesChosen()),
        (do.OpenCounter("2", WEI, ("A01", "Z99")), no.UnknownService("Z99")),
        (do.OpenCounter("2", WEI, 101 * ("A01",)), no.TextTooLong(100)),
        (do.PauseCounter("1", " \n"), no.ReasonMissing()),
        (do.PauseCounter("1", "x" * 81), no.TextTooLong(80)),
        (do.PauseCounter("2", "tea"), no.CounterNotOpen("2")),
        (do.ResumeCounter("1"), no.CounterNotOnPause("1")),
        (do.ResumeCounter("2"), no.CounterNotOpen("2")),
        (do.CloseCounter("2"), no.CounterNotOpen("2")),
        (do.CloseCounter("9"), no.UnknownCounter("9")),
        (do.CallNext("2"), no.CounterNotOpen("2")),
        (do.Undo("2"), no.CounterNotOpen("2")),
    ],
)
def test_it_refuses_what_does_not_fit(command: Command, refusal: no.Refusal) -> None:
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
    shift.act(do.PauseCounter("1", "  a  short break "))
    sitting = shift.hall.counters["1"].sitting
    assert sitting is not None
    assert sitting.pause_reason == "a short break"
    assert shift.refusal(do.PauseCounter("1", "tea")) == no.CounterOnPause("1")
    assert shift.refusal(do.CallNext("1")) == no.CounterOnPause("1")
    assert shift.refusal(do.CallChosen("1", "A001", "asked")) == no.CounterOnPause("1")
    assert shift.hall.open_counters("A01") == 0
    shift.wait(seconds=90)
    shift.act(do.ResumeCounter("1"))
    assert shift.refusal(do.ResumeCounter("1")) == no.CounterNotOnPause("1")
    sitting = shift.hall.counters["1"].sitting
    assert sitting is not None
    assert (sitting.paused_s, sitting.paused_at, sitting.pause_reason) == (90, None, "")
    assert shift.call() == "A001"


def test_it_never_counts_a_pause_backwards() -> None:
    shift = Shift()
    shift.open()
    shift.act(do.PauseCounter("1", "tea"))
    shift.wait(hours=-1)
    shift.act(do.CloseCounter("1"))
    sitting = shift.hall.counters["1"].sitting
    assert sitting is not None
    assert (sitting.paused_s, sitting.closed_at) == (0, shift.now)


def test_it_does_not_leave_a_customer_standing() -> None:
    shift = Shift()
    shift.open()
    number = shift.take()
    shift.call()
    for command in (do.PauseCounter("1", "tea"), do.CloseCounter("1"), do.CallNext("1")):
        assert shift.refusal(command) == no.CounterBusy(number)
    shift.act(do.StartServing("1", number))
    assert shift.refusal(do.CloseCounter("1")) == no.CounterBusy(number)
    shift.act(do.Finish("1", number))
    shift.act(do.CloseCounter("1"))
    assert shift.refusal(do.CloseCounter("1")) == no.CounterNotOpen("1")


def test_it_hands_a_closed_counter_to_the_next_teller_without_the_past() -> None:
    shift = Shift()
    shift.open("1", THU)
    shift.take()
    shift.miss("1")
    shift.act(do.CloseCounter("1"))
    shift.open("1", WEI, ALL_SERVICES)
    shift.open("2", THU)
    assert shift.refusal(do.Undo("1")) == no.NothingToUndo()
