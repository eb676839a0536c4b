"""Absences and returns, holds and transfers: whoever comes back, nobody else loses a place."""

import pytest

from lobby.queueing.commands.counter import (
    CallChosen,
    CallNext,
    CloseCounter,
    Hold,
    MarkAbsent,
    Transfer,
)
from lobby.queueing.commands.ticket import BringBack, ChangeService, Postpone, ReturnFromHold
from lobby.queueing.events.ticket import TicketCalled
from lobby.queueing.model.choice import Rule
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.floor import PostponedBefore
from lobby.queueing.refusals.ticket import (
    CounterNotOpen,
    NobodyWaiting,
    NotAtThisCounter,
    ReasonMissing,
    ReturnedBefore,
    ReturnTooLate,
    TextTooLong,
    TransferGoesNowhere,
    UnknownCounter,
    UnknownService,
    UnknownTicket,
    WrongState,
)
from tests.queueing.shift import CASH, THU, WEI, Shift


def busy_shift(people: int = 5) -> Shift:
    shift = Shift()
    shift.open()
    for _ in range(people):
        shift.take()
    return shift


def test_it_marks_absent_and_goes_on() -> None:
    shift = busy_shift()
    assert shift.miss() == "A001"
    ticket = shift.ticket("A001")
    assert (ticket.state, ticket.absences, ticket.absent_at) == (TicketState.ABSENT, 1, shift.now)
    assert shift.refusal(MarkAbsent("1", "A001")) == NotAtThisCounter("A001")
    assert shift.order() == ["A002", "A003", "A004", "A005"]


@pytest.mark.parametrize(
    ("people", "order"),
    [
        (1, ["A001"]),
        (2, ["A002", "A001"]),
        (3, ["A002", "A003", "A001"]),
        (5, ["A002", "A003", "A001", "A004", "A005"]),
    ],
)
def test_it_lets_a_returner_wait_behind_two_others(people: int, order: list[str]) -> None:
    shift = busy_shift(people)
    shift.miss()
    shift.act(BringBack("A001"))
    assert shift.order() == order


def test_it_lets_two_returners_wait_in_the_order_of_their_return() -> None:
    shift = busy_shift(5)
    shift.miss()
    shift.miss()
    shift.act(BringBack("A002"))
    shift.act(BringBack("A001"))
    assert shift.order() == ["A003", "A004", "A002", "A001", "A005"]


def test_it_lets_a_returner_wait_before_those_who_come_later_whatever_the_clock_says() -> None:
    shift = busy_shift(1)
    shift.miss()
    shift.wait(minutes=5)
    shift.act(BringBack("A001"))
    shift.wait(minutes=-30)
    shift.take()
    assert shift.order() == ["A001", "A002"]


def test_it_gives_nobody_a_better_place_for_having_been_absent() -> None:
    """Called out of turn and not there: back to the old place, not to the third."""
    shift = busy_shift(5)
    shift.act(CallChosen("1", "A005", "in a wheelchair"))
    shift.act(MarkAbsent("1", "A005"))
    shift.act(BringBack("A005"))
    assert shift.order() == ["A001", "A002", "A003", "A004", "A005"]


def test_it_counts_only_those_who_wait_for_the_same_counters() -> None:
    shift = Shift()
    shift.open()
    for service in ("A01", "B01", "F01", "A02", "A04", "A01"):
        shift.take(service)
    shift.miss()
    shift.act(BringBack("A001"))
    assert shift.hall.people_ahead(shift.ticket("A001")) == 2
    assert shift.order() == ["B001", "F001", "A002", "A003", "A001", "A004"]


def test_it_brings_back_once_and_within_a_quarter_of_an_hour() -> None:
    shift = busy_shift(2)
    assert shift.refusal(BringBack("A001")) == WrongState("A001", TicketState.WAITING)
    shift.miss()
    shift.wait(minutes=15)
    shift.act(BringBack("A001"))
    assert shift.refusal(BringBack("A001")) == WrongState("A001", TicketState.WAITING)
    shift.miss()
    shift.wait(minutes=15, seconds=1)
    assert shift.refusal(BringBack("A002")) == ReturnTooLate("A002")
    shift.miss()
    assert shift.refusal(BringBack("A001")) == ReturnedBefore("A001")
    assert shift.refusal(BringBack("A077")) == UnknownTicket("A077")


@pytest.mark.parametrize("served", [False, True])
def test_it_holds_a_ticket_and_gives_back_its_place(served: bool) -> None:
    shift = busy_shift(3)
    number = shift.serve() if served else shift.call()
    assert shift.refusal(Hold("1", number, "")) == ReasonMissing()
    shift.act(Hold("1", number, "papers missing"))
    ticket = shift.ticket(number)
    assert (ticket.state, ticket.hold_reason) == (TicketState.ON_HOLD, "papers missing")
    assert shift.refusal(Hold("1", number, "again")) == NotAtThisCounter(number)
    shift.miss()
    shift.act(ReturnFromHold(number))
    assert shift.refusal(ReturnFromHold(number)) == WrongState(number, TicketState.WAITING)
    assert shift.order() == ["A001", "A003"]


def test_it_calls_a_held_ticket_by_choice_only() -> None:
    shift = busy_shift(1)
    shift.act(Hold("1", shift.call(), "papers missing"))
    assert shift.refusal(CallNext("1")) == NobodyWaiting()
    shift.act(CallChosen("1", "A001", "papers found"))
    assert shift.ticket("A001").hold_reason == ""


def test_it_transfers_with_number_place_and_note() -> None:
    shift = Shift()
    shift.open("1", THU, CASH)
    shift.open("2", WEI, ("B01",))
    shift.take("A01")
    shift.take("B01")
    shift.serve("1")
    shift.wait(minutes=3)
    shift.act(Transfer("1", "A001", "B01", note=" wants a  savings book "))
    ticket = shift.ticket("A001")
    assert (ticket.service, ticket.asked_service) == ("B01", "A01")
    assert (ticket.note, ticket.transfers) == ("wants a savings book", 1)
    assert ticket.servings[0].finished_at == shift.now
    assert shift.refusal(Transfer("1", "A001", "F01")) == NotAtThisCounter("A001")
    assert shift.order("2") == ["A001", "B001"]


def test_it_keeps_a_ticket_for_the_counter_it_was_sent_to_while_somebody_sits_there() -> None:
    shift = Shift()
    shift.open("1", THU)
    shift.open("2", WEI, ("B01",))
    shift.take("A01")
    shift.call("1")
    shift.act(Transfer("1", "A001", to_counter="2"))
    assert shift.refusal(CallNext("1")) == NobodyWaiting()
    (called,) = shift.act(CallNext("2"))
    assert isinstance(called, TicketCalled)
    assert called.choice.rule is Rule.RESERVED
    shift.act(Transfer("2", "A001", to_counter="1"))
    shift.act(CloseCounter("1"))
    shift.open("3", THU, CASH)
    assert shift.call("3") == "A001"


def test_it_refuses_a_transfer_to_nowhere() -> None:
    shift = busy_shift(1)
    number = shift.call()
    assert shift.refusal(Transfer("1", number)) == TransferGoesNowhere()
    assert shift.refusal(Transfer("1", number, "A01", "1")) == TransferGoesNowhere()
    assert shift.refusal(Transfer("1", number, "Z99")) == UnknownService("Z99")
    assert shift.refusal(Transfer("1", number, to_counter="2")) == CounterNotOpen("2")
    assert shift.refusal(Transfer("1", number, to_counter="9")) == UnknownCounter("9")
    assert shift.refusal(Transfer("1", number, "B01", note="x" * 201)) == TextTooLong(200)


@pytest.mark.parametrize(
    ("people", "order"),
    [
        (1, ["A001"]),
        (2, ["A002", "A001"]),
        (3, ["A002", "A003", "A001"]),
        (4, ["A002", "A003", "A001", "A004"]),
    ],
)
def test_it_gives_more_time_behind_two_others_and_once(people: int, order: list[str]) -> None:
    shift = busy_shift(people)
    shift.act(Postpone("A001"))
    assert shift.order() == order
    assert shift.refusal(Postpone("A001")) == PostponedBefore("A001")


def test_it_lets_two_who_need_more_time_wait_in_the_order_of_asking() -> None:
    shift = busy_shift(5)
    shift.act(Postpone("A002"))
    shift.act(Postpone("A003"))
    assert shift.order() == ["A001", "A004", "A002", "A003", "A005"]


def test_it_keeps_number_and_place_when_somebody_came_for_something_else() -> None:
    shift = busy_shift(3)
    before = shift.ticket("A001")
    shift.act(ChangeService("A001", "B01"))
    after = shift.ticket("A001")
    assert (after.number, after.place, after.service) == ("A001", before.place, "B01")
    assert after.asked_service == "A01"
    assert shift.order() == ["A001", "A002", "A003"]
    assert shift.refusal(ChangeService("A001", "B01")) == TransferGoesNowhere()
