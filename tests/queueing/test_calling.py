"""Who is called next, chosen or called again; and what a counter may do with whom it called."""

import pytest

from lobby.queueing.calling.select import eligible_count
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CallAgain,
    CallChosen,
    CallNext,
    Finish,
    LeftSeat,
    MarkAbsent,
    MarkSeats,
    StartServing,
)
from lobby.queueing.commands.ticket import BringBack, CancelTicket, TakeTicket
from lobby.queueing.events.ticket import TicketCalled, TicketCalledAgain
from lobby.queueing.model.choice import Choice, Rule
from lobby.queueing.model.priority import Order, Priority
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import (
    CounterNotOpen,
    NobodyWaiting,
    NotAtThisCounter,
    ReasonMissing,
    TextTooLong,
    UnknownCounter,
    UnknownService,
    UnknownTicket,
    WrongState,
)
from tests.queueing.shift import CASH, THU, WEI, Shift


def test_it_calls_first_come_within_the_counters_services() -> None:
    shift = Shift()
    shift.open("1", THU, CASH)
    for service in ("B01", "A02", "F01", "A01", "A04"):
        shift.take(service)
    assert eligible_count(shift.hall, shift.hall.counters["1"]) == 3
    assert [shift.miss("1") for _ in range(3)] == ["A001", "A002", "A003"]
    assert shift.refusal(CallNext("1")) == NobodyWaiting()


def test_a_call_at_a_counter_that_was_left_is_decided_with_the_teller_there_again() -> None:
    """Two counters serve from that moment on, and with two premium counts."""
    shift = Shift(order=Order.STRICT)
    shift.open("1", THU, CASH)
    shift.open("2", WEI, CASH)
    shift.take()
    shift.act(TakeTicket("A01", "vi", "secret", priority=Priority.PREMIUM))
    shift.act(MarkSeats((LeftSeat("2", WEI, shift.now),)))
    assert shift.call("2") == "A002"


def test_it_says_why_and_how_long_the_called_one_waited() -> None:
    shift = Shift()
    shift.open()
    shift.take()
    shift.wait(minutes=7)
    (called,) = shift.act(CallNext("1"))
    assert isinstance(called, TicketCalled)
    assert called.choice == Choice("A001", Rule.FIRST_COME, 420)
    assert called.language == "vi"
    ticket = shift.ticket("A001")
    assert (ticket.state, ticket.counter, ticket.calls) == (TicketState.CALLED, "1", 1)
    assert [(call.ticket, call.counter) for call in shift.hall.calls] == [("A001", "1")]


def test_it_refuses_to_call_when_nobody_waits() -> None:
    shift = Shift()
    shift.open("1", THU, CASH)
    assert shift.refusal(CallNext("1")) == NobodyWaiting()
    shift.take("B01")
    assert shift.refusal(CallNext("1")) == NobodyWaiting()
    assert shift.refusal(CallNext("9")) == UnknownCounter("9")


def test_it_never_gives_one_ticket_to_two_counters() -> None:
    shift = Shift()
    shift.open("1", THU)
    shift.open("2", WEI)
    shift.take()
    assert shift.call("1") == "A001"
    assert shift.refusal(CallNext("2")) == NobodyWaiting()
    for command in (StartServing, Finish, MarkAbsent, CallAgain):
        assert shift.refusal(command("2", "A001")) == NotAtThisCounter("A001")
    assert shift.refusal(CallChosen("2", "A001", "asked")) == WrongState("A001", TicketState.CALLED)


def test_it_calls_a_chosen_ticket_and_names_those_it_passes() -> None:
    shift = Shift()
    shift.open("1", THU, CASH)
    for service in ("A01", "B01", "A02", "A01"):
        shift.take(service)
    (called,) = shift.act(CallChosen("1", "A003", " with a  baby "))
    assert isinstance(called, TicketCalled)
    assert called.choice.rule is Rule.CHOSEN
    assert called.choice.passed == ("A001", "A002")
    assert called.choice.reason == "with a baby"
    assert shift.hall.waiting_count() == 3


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (CallChosen("1", "A002", " "), ReasonMissing()),
        (CallChosen("1", "A002", "x" * 81), TextTooLong(80)),
        (CallChosen("1", "A009", "asked"), UnknownTicket("A009")),
        (CallChosen("1", "", "asked"), UnknownTicket("")),
        (CallChosen("2", "A002", "asked"), CounterNotOpen("2")),
    ],
)
def test_it_refuses_a_choice_without_sense(command: Command, refusal: Refusal) -> None:
    shift = Shift()
    shift.open()
    shift.take()
    shift.take()
    assert shift.refusal(command) == refusal


def test_it_calls_again_and_only_before_service() -> None:
    shift = Shift()
    shift.open()
    number = shift.take()
    assert shift.refusal(CallAgain("1", number)) == NotAtThisCounter(number)
    shift.call()
    shift.wait(seconds=30)
    for count in (2, 3):
        (again,) = shift.act(CallAgain("1", number))
        assert isinstance(again, TicketCalledAgain)
        assert shift.ticket(number).calls == count
    assert shift.ticket(number).called_at == shift.now
    assert shift.ticket(number).first_called_at != shift.now
    shift.act(StartServing("1", number))
    assert shift.refusal(CallAgain("1", number)) == WrongState(number, TicketState.SERVING)


def test_it_keeps_the_last_five_calls_each_ticket_once() -> None:
    shift = Shift()
    shift.open()
    for _ in range(6):
        shift.take()
    for _ in range(6):
        shift.miss()
    assert [call.ticket for call in shift.hall.calls] == ["A006", "A005", "A004", "A003", "A002"]
    shift.act(BringBack("A004"))
    shift.call()
    assert [call.ticket for call in shift.hall.calls] == ["A004", "A006", "A005", "A003", "A002"]


def test_it_serves_from_the_call_to_the_finish() -> None:
    shift = Shift()
    shift.open()
    number = shift.take("A01")
    shift.call()
    assert shift.refusal(Finish("1", number)) == WrongState(number, TicketState.CALLED)
    shift.act(StartServing("1", number))
    started = shift.now
    assert shift.refusal(StartServing("1", number)) == WrongState(number, TicketState.SERVING)
    assert shift.refusal(MarkAbsent("1", number)) == WrongState(number, TicketState.SERVING)
    shift.wait(minutes=4)
    shift.act(Finish("1", number, ("A02", "A01", "A02")))
    ticket = shift.ticket(number)
    assert ticket.state is TicketState.FINISHED
    assert ticket.services_done == ("A02", "A01")
    (serving,) = ticket.servings
    assert (serving.teller, serving.started_at, serving.finished_at) == (THU, started, shift.now)
    assert shift.refusal(Finish("1", number)) == NotAtThisCounter(number)


def test_it_takes_the_asked_service_as_done_where_none_is_named() -> None:
    shift = Shift()
    shift.open()
    shift.take("A04")
    number = shift.serve()
    assert shift.refusal(Finish("1", number, ("Z99",))) == UnknownService("Z99")
    assert shift.refusal(Finish("1", number, 11 * ("A01",))) == TextTooLong(10)
    shift.act(Finish("1", number))
    assert shift.ticket(number).services_done == ("A04",)


def test_it_lets_the_customer_leave_the_line_and_no_further() -> None:
    shift = Shift()
    shift.open()
    waiting, called, served = (shift.take() for _ in range(3))
    shift.act(CancelTicket(waiting))
    assert shift.refusal(CancelTicket(waiting)) == WrongState(waiting, TicketState.CANCELLED)
    assert shift.call() == called
    shift.act(CancelTicket(called))
    assert shift.hall.counters["1"].ticket is None
    assert shift.refusal(StartServing("1", called)) == NotAtThisCounter(called)
    assert shift.serve() == served
    assert shift.refusal(CancelTicket(served)) == WrongState(served, TicketState.SERVING)
    assert shift.refusal(CancelTicket("F001")) == UnknownTicket("F001")
