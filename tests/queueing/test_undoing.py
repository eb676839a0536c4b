"""Taking back the last absence, finish or transfer, as long as nobody else touched the ticket."""

from dataclasses import replace

import pytest

from lobby.queueing import commands as do
from lobby.queueing import refusals as no
from lobby.queueing.commands import Command
from lobby.queueing.ticket import TicketState
from tests.queueing.shift import CASH, THU, WEI, Shift

ABSENCE = do.MarkAbsent("1", "A001")
FINISH = do.Finish("1", "A001", ("A02",))
TRANSFER = do.Transfer("1", "A001", "B01", "2", "wants euros")
MISTAKES = (ABSENCE, FINISH, TRANSFER)


def shift_with_customer(mistake: Command) -> Shift:
    """Counter 1 is about to make the mistake with the first of three."""
    shift = Shift()
    shift.open("1", THU, CASH)
    shift.open("2", WEI)
    for _ in range(3):
        shift.take()
    if mistake == ABSENCE:
        shift.call("1")
    else:
        shift.serve("1")
    return shift


def shift_after(mistake: Command) -> Shift:
    shift = shift_with_customer(mistake)
    shift.act(mistake)
    return shift


@pytest.mark.parametrize("mistake", MISTAKES)
def test_it_restores_exactly_the_ticket_before(mistake: Command) -> None:
    shift = shift_with_customer(mistake)
    before, line = shift.ticket("A001"), shift.hall.waiting("A01")
    shift.act(mistake)
    assert shift.ticket("A001") != before
    shift.wait(seconds=20)
    shift.act(do.Undo("1"))
    assert shift.ticket("A001") == replace(before, touched=shift.hall.version)
    assert shift.at("1") == "A001"
    assert (shift.hall.waiting("A01"), shift.hall.waiting("B01")) == (line, ())
    assert shift.refusal(do.Undo("1")) == no.NothingToUndo()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_it_refuses_once_the_counter_has_called_somebody_else(mistake: Command) -> None:
    shift = shift_after(mistake)
    number = shift.call()
    assert shift.refusal(do.Undo("1")) == no.NothingToUndo()
    assert shift.at("1") == number


def test_it_refuses_once_somebody_else_touched_the_ticket() -> None:
    shift = shift_after(TRANSFER)
    assert shift.call("2") == "A001"
    assert shift.refusal(do.Undo("1")) == no.TouchedSince("A001")
    shift.act(do.MarkAbsent("2", "A001"))
    assert shift.refusal(do.Undo("1")) == no.TouchedSince("A001")


def test_it_refuses_once_the_absent_one_is_back() -> None:
    shift = shift_after(ABSENCE)
    shift.act(do.BringBack("A001"))
    assert shift.refusal(do.Undo("1")) == no.TouchedSince("A001")
    assert shift.ticket("A001").state is TicketState.WAITING


def test_it_has_nothing_to_undo_before_the_first_act_and_after_a_hold() -> None:
    shift = shift_with_customer(ABSENCE)
    assert shift.refusal(do.Undo("1")) == no.NothingToUndo()
    shift.act(ABSENCE)
    shift.act(do.Hold("1", shift.call(), "papers missing"))
    assert shift.refusal(do.Undo("1")) == no.NothingToUndo()


def test_it_gives_no_customer_to_a_counter_that_rests() -> None:
    shift = shift_after(FINISH)
    shift.act(do.PauseCounter("1", "tea"))
    assert shift.refusal(do.Undo("1")) == no.CounterOnPause("1")
    shift.act(do.ResumeCounter("1"))
    shift.act(do.Undo("1"))
    assert shift.ticket("A001").state is TicketState.SERVING


def test_it_forgets_yesterday() -> None:
    shift = shift_after(FINISH)
    shift.wait(days=1)
    shift.open("1", THU)
    assert shift.refusal(do.Undo("1")) == no.NothingToUndo()
