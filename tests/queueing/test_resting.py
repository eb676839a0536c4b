"""A rest: the place is kept, nobody calls, and the ticket waits again at the end of its time."""

from dataclasses import replace

import pytest

from lobby.queueing.commands.command import CloseOutDay, CorrectClock
from lobby.queueing.commands.counter import CallChosen, CallNext, Transfer, Undo
from lobby.queueing.commands.ticket import (
    BringBack,
    CancelTicket,
    EndRest,
    Postpone,
    Rest,
    ReturnFromRest,
    TakeTicket,
)
from lobby.queueing.model.limits import REST_MINUTES_MAX
from lobby.queueing.model.plan import CounterPolicy
from lobby.queueing.model.priority import Order
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import (
    NobodyWaiting,
    NotBackYet,
    OutOfRange,
    RestedBefore,
    TouchedSince,
    WrongState,
)
from tests.queueing.shift import CASH, WEI, Shift

LATER = Rest("A001", RestReason.LATER, 20)


def resting_shift(people: int = 3) -> Shift:
    """A001 is away."""
    shift = Shift()
    shift.open()
    for _ in range(people):
        shift.take()
    shift.act(LATER)
    return shift


def test_it_is_called_by_nobody() -> None:
    shift = resting_shift(1)
    assert shift.refusal(CallNext("1")) == NobodyWaiting()
    assert shift.refusal(CallChosen("1", "A001", "is here")) == NotBackYet("A001")
    assert shift.refusal(Postpone("A001")) == WrongState("A001", TicketState.RESTING)


def test_it_keeps_its_place_and_nobody_is_behind_it_meanwhile() -> None:
    shift = resting_shift()
    assert shift.hall.people_ahead(shift.ticket("A002")) == 0
    assert shift.hall.people_before(shift.ticket("A001")) == 0
    place = shift.ticket("A001").place
    shift.act(ReturnFromRest("A001"))
    assert shift.ticket("A001").place == place
    assert shift.order() == ["A001", "A002", "A003"]


def test_it_ends_by_itself_at_its_time_and_not_before() -> None:
    shift = resting_shift()
    shift.wait(minutes=20, microseconds=-1)
    assert shift.act(EndRest("A001")) == ()
    shift.wait(microseconds=1)
    shift.act(EndRest("A001"))
    assert shift.ticket("A001").state is TicketState.WAITING
    assert shift.act(EndRest("A001")) == shift.act(EndRest("A009")) == ()


def test_it_is_once_for_a_customer_and_again_for_staff() -> None:
    shift = resting_shift()
    shift.act(ReturnFromRest("A001"))
    assert shift.refusal(LATER) == RestedBefore("A001")
    shift.act(Rest("A001", RestReason.LATER, 20, by_staff=True))
    assert len(shift.ticket("A001").rests) == 2


@pytest.mark.parametrize("minutes", [0, -1, REST_MINUTES_MAX + 1])
def test_it_lasts_no_longer_than_an_hour(minutes: int) -> None:
    shift = Shift()
    shift.take()
    refused = shift.refusal(Rest("A001", RestReason.PAPERS, minutes))
    assert refused == OutOfRange(REST_MINUTES_MAX)


def test_a_waking_customer_is_called_where_a_counter_is_idle() -> None:
    shift = Shift(policy=CounterPolicy(auto_call=True))
    shift.act(TakeTicket("A01", "vi", "secret", keeps_place_min=30))
    shift.open()
    shift.wait(minutes=30)
    shift.act(EndRest("A001"))
    assert shift.ticket("A001").state is TicketState.CALLED


def test_it_is_no_longer_shown_as_next() -> None:
    shift = Shift(order=Order.RULE_A)
    rule = replace(shift.hall.plan.calling, keeps_next=True)
    shift.hall = Shift(replace(shift.hall.plan, calling=rule), order=Order.RULE_A).hall
    shift.open()
    for _ in range(3):
        shift.take()
    shift.call()
    assert shift.ticket("A002").is_next
    shift.act(Rest("A002", RestReason.LATER, 20))
    assert not shift.ticket("A002").is_next


def test_its_length_is_kept_when_the_clock_is_corrected() -> None:
    shift = resting_shift()
    shift.wait(minutes=5)
    shift.act(CorrectClock(-3600, since=0))
    shift.wait(hours=-1)
    until = shift.ticket("A001").rests_until
    assert until is not None
    assert (until - shift.now).total_seconds() == 15 * 60


def test_a_day_that_is_closed_out_ends_it() -> None:
    shift = resting_shift()
    shift.act(CloseOutDay(shift.now, shift.hall.version))
    ticket = shift.ticket("A001")
    assert (ticket.state, ticket.rests_until) == (TicketState.LAPSED, None)
    shift.wait(minutes=20)
    assert shift.act(EndRest("A001")) == ()


def test_who_leaves_meanwhile_waited_until_they_went_away() -> None:
    shift = Shift()
    shift.take()
    shift.wait(minutes=4)
    shift.act(LATER)
    shift.wait(minutes=9)
    shift.act(CancelTicket("A001"))
    ticket = shift.ticket("A001")
    assert ticket.waits_until(shift.now) - ticket.waits_from == ticket.rests[0].began_at - (
        ticket.taken_at
    )
    shift.act(BringBack("A001"))
    assert shift.ticket("A001").state is TicketState.WAITING


def test_what_a_counter_did_before_is_not_undone() -> None:
    shift = Shift()
    shift.open()
    shift.open("2", WEI, CASH)
    shift.take()
    shift.call()
    shift.act(Transfer("1", "A001", to_counter="2"))
    shift.act(LATER)
    assert shift.refusal(Undo("1")) == TouchedSince("A001")
