"""Who is called next, chosen or called again; and what a counter may do with whom it called."""

import pytest

from lobby.queueing import commands as do
from lobby.queueing import events as on
from lobby.queueing import refusals as no
from lobby.queueing.calling import eligible_count
from lobby.queueing.choice import Choice, Rule
from lobby.queueing.commands import Command
from lobby.queueing.ticket import TicketState
from tests.queueing.shift import CASH, THU, WEI, Shift


def test_it_calls_first_come_within_the_counters_services() -> None:
    shift = Shift()
    shift.open("1", THU, CASH)
    for service in ("B01", "A02", "F01", "A01", "A04"):
        shift.take(service)
    assert eligible_count(shift.hall, shift.hall.counters["1"]) == 3
    assert [shift.miss("1") for _ in range(3)] == ["A001", "A002", "A003"]
    assert shift.refusal(do.CallNext("1")) == no.NobodyWaiting()


def test_it_says_why_and_how_long_the_called_one_waited() -> None:
    shift = Shift()
    shift.open()
    shift.take()
    shift.wait(minutes=7)
    (called,) = shift.act(do.CallNext("1"))
    assert isinstance(called, on.TicketCalled)
    assert called.choice == Choice("A001", Rule.FIRST_COME, 420)
    assert called.language == "vi"
    ticket = shift.ticket("A001")
    assert (ticket.state, ticket.counter, ticket.calls) == (TicketState.CALLED, "1", 1)
    assert [(call.ticket, call.counter) for call in shift.hall.calls] == [("A001", "1")]


def test_it_refuses_to_call_when_nobody_waits() -> None:
    shift = Shift()
    shift.open("1", THU, CASH)
    assert shift.refusal(do.CallNext("1")) == no.NobodyWaiting()
    shift.take("B01")
    assert shift.refusal(do.CallNext("1")) == no.NobodyWaiting()
    assert shift.refusal(do.CallNext("9")) == no.UnknownCounter("9")


def test_it_never_gives_one_ticket_to_two_counters() -> None:
    shift = Shift()
    shift.open("1", THU)
    shift.open("2", WEI)
    shift.take()
    assert shift.call("1") == "A001"
    assert shift.refusal(do.CallNext("2")) == no.NobodyWaiting()
    for command in (do.StartServing, do.Finish, do.MarkAbsent, do.CallAgain):
        assert shift.refusal(command("2", "A001")) == no.NotAtThisCounter("A001")
    assert shift.refusal(do.CallChosen("2", "A001", "asked")) == no.WrongState(
        "A001", TicketState.CALLED
    )


def test_it_calls_a_chosen_ticket_and_names_those_it_passes() -> None:
    shift = Shift()
    shift.open("1", THU, CASH)
    for service in ("A01", "B01", "A02", "A01"):
        shift.take(service)
    (called,) = shift.act(do.CallChosen("1", "A003", " with a  baby "))
    assert isinstance(called, on.TicketCalled)
    assert called.choice.rule is Rule.CHOSEN
    assert called.choice.passed == ("A001", "A002")
    assert called.choice.reason == "with a baby"
    assert shift.hall.waiting_count() == 3


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (do.CallChosen("1", "A002", " "), no.ReasonMissing()),
        (do.CallChosen("1", "A002", "x" * 81), no.TextTooLong(80)),
        (do.CallChosen("1", "A009", "asked"), no.UnknownTicket("A009")),
        (do.CallChosen("1", "", "asked"), no.UnknownTicket("")),
        (do.CallChosen("2", "A002", "asked"), no.CounterNotOpen("2")),
    ],
)
def test_it_refuses_a_choice_without_sense(command: Command, refusal: no.Refusal) -> None:
    shift = Shift()
    shift.open()
    shift.take()
    shift.take()
    assert shift.refusal(command) == refusal


def test_it_calls_again_and_only_before_service() -> None:
    shift = Shift()
    shift.open()
    number = shift.take()
    assert shift.refusal(do.CallAgain("1", number)) == no.NotAtThisCounter(number)
    shift.call()
    shift.wait(seconds=30)
    for count in (2, 3):
        (again,) = shift.act(do.CallAgain("1", number))
        assert isinstance(again, on.TicketCalledAgain)
        assert shift.ticket(number).calls == count
    assert shift.ticket(number).called_at == shift.now
    assert shift.ticket(number).first_called_at != shift.now
    shift.act(do.StartServing("1", number))
    assert shift.refusal(do.CallAgain("1", number)) == no.WrongState(number, TicketState.SERVING)


def test_it_keeps_the_last_five_calls_each_ticket_once() -> None:
    shift = Shift()
    shift.open()
    for _ in range(6):
        shift.take()
    for _ in range(6):
        shift.miss()
    assert [call.ticket for call in shift.hall.calls] == ["A006", "A005", "A004", "A003", "A002"]
    shift.act(do.BringBack("A004"))
    shift.call()
    assert [call.ticket for call in shift.hall.calls] == ["A004", "A006", "A005", "A003", "A002"]


def test_it_serves_from_the_call_to_the_finish() -> None:
    shift = Shift()
    shift.open()
    number = shift.take("A01")
    shift.call()
    assert shift.refusal(do.Finish("1", number)) == no.WrongState(number, TicketState.CALLED)
    shift.act(do.StartServing("1", number))
    started = shift.now
    assert shift.refusal(do.StartServing("1", number)) == no.WrongState(number, TicketState.SERVING)
    assert shift.refusal(do.MarkAbsent("1", number)) == no.WrongState(number, TicketState.SERVING)
    shift.wait(minutes=4)
    shift.act(do.Finish("1", number, ("A02", "A01", "A02")))
    ticket = shift.ticket(number)
    assert ticket.state is TicketState.FINISHED
    assert ticket.services_done == ("A02", "A01")
    (serving,) = ticket.servings
    assert (serving.teller, serving.started_at, serving.finished_at) == (THU, started, shift.now)
    assert shift.refusal(do.Finish("1", number)) == no.NotAtThisCounter(number)


def test_it_takes_the_asked_service_as_done_where_none_is_named() -> None:
    shift = Shift()
    shift.open()
    shift.take("A04")
    number = shift.serve()
    assert shift.refusal(do.Finish("1", number, ("Z99",))) == no.UnknownService("Z99")
    assert shift.refusal(do.Finish("1", number, 11 * ("A01",))) == no.TextTooLong(10)
    shift.act(do.Finish("1", number))
    assert shift.ticket(number).services_done == ("A04",)


def test_it_lets_the_customer_leave_the_line_and_no_further() -> None:
    shift = Shift()
    shift.open()
    waiting, called, served = (shift.take() for _ in range(3))
    shift.act(do.CancelTicket(waiting))
    assert shift.refusal(do.CancelTicket(waiting)) == no.WrongState(waiting, TicketState.CANCELLED)
    assert shift.call() == called
    shift.act(do.CancelTicket(called))
    assert shift.hall.counters["1"].ticket is None
    assert shift.refusal(do.StartServing("1", called)) == no.NotAtThisCounter(called)
    assert shift.serve() == served
    assert shift.refusal(do.CancelTicket(served)) == no.WrongState(served, TicketState.SERVING)
    assert shift.refusal(do.CancelTicket("F001")) == no.UnknownTicket("F001")
