"""Taking back the last absence, finish or transfer, as long as nobody else touched the ticket."""

import pytest
from msgspec import structs

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    Finish,
    Hold,
    MarkAbsent,
    PauseCounter,
    ResumeCounter,
    Transfer,
    Undo,
)
from lobby.queueing.commands.ticket import BringBack
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import CounterOnPause, NothingToUndo, TouchedSince
from tests.queueing.shift import CASH, THU, WEI, Shift

ABSENCE = MarkAbsent("1", "A001")
FINISH = Finish("1", "A001", ("A02",))
TRANSFER = Transfer("1", "A001", "B01", "2", "wants euros")
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
    shift.act(Undo("1"))
    assert shift.ticket("A001") == structs.replace(before, touched=shift.hall.version)
    assert shift.at("1") == "A001"
    assert (shift.hall.waiting("A01"), list(shift.hall.waiting("B01"))) == (line, [])
    assert shift.refusal(Undo("1")) == NothingToUndo()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_it_refuses_once_the_counter_has_called_somebody_else(mistake: Command) -> None:
    shift = shift_after(mistake)
    number = shift.call()
    assert shift.refusal(Undo("1")) == NothingToUndo()
    assert shift.at("1") == number


def test_it_refuses_once_somebody_else_touched_the_ticket() -> None:
    shift = shift_after(TRANSFER)
    assert shift.call("2") == "A001"
    assert shift.refusal(Undo("1")) == TouchedSince("A001")
    shift.act(MarkAbsent("2", "A001"))
    assert shift.refusal(Undo("1")) == TouchedSince("A001")


def test_it_refuses_once_the_absent_one_is_back() -> None:
    shift = shift_after(ABSENCE)
    shift.act(BringBack("A001"))
    assert shift.refusal(Undo("1")) == TouchedSince("A001")
    assert shift.ticket("A001").state is TicketState.WAITING


def test_it_has_nothing_to_undo_before_the_first_act_and_after_a_hold() -> None:
    shift = shift_with_customer(ABSENCE)
    assert shift.refusal(Undo("1")) == NothingToUndo()
    shift.act(ABSENCE)
    shift.act(Hold("1", shift.call(), "papers missing"))
    assert shift.refusal(Undo("1")) == NothingToUndo()


def test_it_gives_no_customer_to_a_counter_that_rests() -> None:
    shift = shift_after(FINISH)
    shift.act(PauseCounter("1", "tea"))
    assert shift.refusal(Undo("1")) == CounterOnPause("1")
    shift.act(ResumeCounter("1"))
    shift.act(Undo("1"))
    assert shift.ticket("A001").state is TicketState.SERVING


def test_it_forgets_yesterday() -> None:
    shift = shift_after(FINISH)
    shift.wait(days=1)
    shift.open("1", THU)
    assert shift.refusal(Undo("1")) == NothingToUndo()
