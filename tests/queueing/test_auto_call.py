"""Counters that call by themselves: an idle one for each arrival, one that becomes free for whoever
is next, and only where asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import structs

from lobby.queueing.commands.counter import (
    CallChosen,
    CloseCounter,
    Finish,
    Hold,
    MarkAbsent,
    PauseCounter,
    PlanBreak,
    ResumeCounter,
    StartServing,
    Transfer,
)
from lobby.queueing.commands.ticket import (
    AskAdviser,
    BringBack,
    CancelTicket,
    ChangeService,
    ReturnFromHold,
    ReturnFromMachine,
    TakeTicket,
)
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import TicketCalled
from lobby.queueing.model.plan import CounterPolicy
from lobby.queueing.model.ticket import TicketState
from tests.queueing.shift import ALL_SERVICES, CASH, IMPATIENT, LAN, THU, WEI, Shift

BY_ITSELF = replace(IMPATIENT, auto_call=True)


@pytest.fixture
def shift() -> Shift:
    """Thu does everything, Wei cash only, Lan accounts only: all idle."""
    shift = Shift(policy=BY_ITSELF)
    shift.open("1", THU, ALL_SERVICES)
    shift.open("2", WEI, CASH)
    shift.open("3", LAN, ("B01",))
    return shift


def called(events: tuple[Event, ...]) -> list[tuple[str, str]]:
    auto = [event for event in events if isinstance(event, TicketCalled) and event.auto]
    return [(event.number, event.counter) for event in auto]


def taken(shift: Shift, service: str = "A01") -> list[tuple[str, str]]:
    return called(shift.act(TakeTicket(service, "vi", f"secret-{shift.hall.version}")))


def test_it_gives_an_arrival_to_the_idle_counter_with_the_fewest_services(shift: Shift) -> None:
    assert taken(shift, "A01") == [("A001", "2")]
    assert shift.ticket("A001").called_automatically
    assert taken(shift, "A01") == [("A002", "1")]
    assert taken(shift, "A01") == []
    assert taken(shift, "B01") == [("B001", "3")]
    assert taken(shift, "F01") == []
    assert shift.hall.waiting_count() == 2


def test_it_does_nothing_by_itself_unless_the_branch_asks_for_it(shift: Shift) -> None:
    quiet = replace(shift.hall.plan, counter_policy=CounterPolicy())
    shift.hall = structs.replace(shift.hall, plan=quiet)
    assert taken(shift) == []
    assert shift.ticket("A001").state is TicketState.WAITING


def test_it_leaves_who_pauses_or_serves_alone(shift: Shift) -> None:
    shift.act(PauseCounter("2", "tea"))
    shift.act(CloseCounter("3"))
    assert taken(shift) == [("A001", "1")]
    assert taken(shift, "B01") == []
    assert called(shift.act(ResumeCounter("2"))) == [], "who comes back presses when ready"
    assert shift.hall.counters["2"].ticket is None


def test_it_leaves_customers_on_their_way_to_a_machine_alone(shift: Shift) -> None:
    slip = TakeTicket("A01", "vi", "secret", machine="atm-1")
    assert called(shift.act(slip)) == []
    assert called(shift.act(ReturnFromMachine("S001"))) == [("S001", "2")]


def test_it_calls_whoever_is_next_by_the_rule_not_who_came_last(shift: Shift) -> None:
    for counter in ("1", "2"):
        shift.act(PauseCounter(counter, "tea"))
    assert taken(shift) == []
    shift.act(ResumeCounter("2"))
    assert taken(shift) == [("A001", "2")]
    assert list(shift.hall.waiting("A01")) == ["A002"]


Return = Callable[[Shift], tuple[Event, ...]]


def back_from_absence(shift: Shift) -> tuple[Event, ...]:
    shift.act(MarkAbsent("2", "A001"))
    return shift.act(BringBack("A001"))


def back_from_hold(shift: Shift) -> tuple[Event, ...]:
    shift.act(Hold("2", "A001", "form"))
    return shift.act(ReturnFromHold("A001"))


@pytest.mark.parametrize("come_back", [back_from_absence, back_from_hold])
def test_it_calls_who_comes_back_as_well(shift: Shift, come_back: Return) -> None:
    taken(shift)
    assert called(come_back(shift)) == [("A001", "2")]


def test_it_gives_a_transfer_to_another_counter_never_to_the_sender(shift: Shift) -> None:
    taken(shift)
    shift.act(StartServing("2", "A001"))
    assert called(shift.act(Transfer("2", "A001", "A02"))) == [("A001", "1")]
    shift.act(StartServing("1", "A001"))
    assert called(shift.act(Transfer("1", "A001", "B01"))) == [("A001", "3")]


def test_it_lets_a_wish_for_another_service_or_adviser_find_a_free_counter(shift: Shift) -> None:
    shift.act(PauseCounter("1", "tea"))
    assert taken(shift, "F01") == []
    assert called(shift.act(ChangeService("F001", "B01"))) == [("F001", "3")]
    assert taken(shift, "F01") == []
    assert called(shift.act(AskAdviser("F002", WEI))) == [("F002", "2")]


def test_it_says_so_on_the_next_call_by_hand(shift: Shift) -> None:
    taken(shift)
    shift.act(Hold("2", "A001", "form"))
    shift.act(CallChosen("2", "A001", "is back"))
    assert not shift.ticket("A001").called_automatically


def finished(shift: Shift) -> tuple[Event, ...]:
    shift.act(StartServing("1", "A001"))
    return shift.act(Finish("1", "A001"))


def sent_on(shift: Shift) -> tuple[Event, ...]:
    shift.act(StartServing("1", "A001"))
    return shift.act(Transfer("1", "A001", "F01", to_teller=WEI))


FREED: list[Return] = [
    finished,
    sent_on,
    lambda shift: shift.act(MarkAbsent("1", "A001")),
    lambda shift: shift.act(Hold("1", "A001", "form")),
    lambda shift: shift.act(CancelTicket("A001")),
]


@pytest.fixture
def alone() -> Shift:
    """Thu has called A001 and nobody else is free: A002 and A003 wait."""
    shift = Shift(policy=BY_ITSELF)
    shift.open("1", THU, CASH)
    shift.open("2", WEI, ("F01",))
    for _ in range(3):
        taken(shift)
    return shift


@pytest.mark.parametrize("frees", FREED, ids=["finish", "transfer", "absent", "hold", "cancel"])
def test_it_calls_the_next_however_a_counter_becomes_free(alone: Shift, frees: Return) -> None:
    calls = called(frees(alone))
    assert ("A002", "1") in calls
    assert alone.ticket("A002").called_automatically
    assert alone.hall.waiting_count() == 1


def test_it_calls_nobody_where_nobody_waits_for_the_counter_that_is_free(alone: Shift) -> None:
    for number in ("A002", "A003"):
        alone.act(CancelTicket(number))
    assert called(finished(alone)) == []


def test_it_does_not_call_who_was_just_sent_away_from_there(alone: Shift) -> None:
    for number in ("A002", "A003"):
        alone.act(CancelTicket(number))
    alone.act(StartServing("1", "A001"))
    assert called(alone.act(Transfer("1", "A001", "A02"))) == []
    assert alone.ticket("A001").state is TicketState.WAITING


def test_it_calls_for_who_is_sent_on_and_for_the_counter_they_left(alone: Shift) -> None:
    assert called(sent_on(alone)) == [("A001", "2"), ("A002", "1")]


def test_it_lets_a_teller_have_a_planned_break(alone: Shift) -> None:
    """Five minutes before it, and until it is over, the teller calls by hand."""
    alone.act(PlanBreak("1", alone.now + timedelta(minutes=5), 30))
    assert called(finished(alone)) == []
    assert taken(alone) == []
    alone.act(PauseCounter("1", "lunch"))
    alone.act(ResumeCounter("1"))
    assert taken(alone) == [("A002", "1")]


def test_it_goes_on_calling_until_a_break_comes_near(alone: Shift) -> None:
    alone.act(PlanBreak("1", alone.now + timedelta(minutes=6), 30))
    assert called(finished(alone)) == [("A002", "1")]


def test_it_calls_nobody_by_itself_where_the_branch_has_not_asked(alone: Shift) -> None:
    quiet = replace(alone.hall.plan, counter_policy=IMPATIENT)
    alone.hall = structs.replace(alone.hall, plan=quiet)
    assert called(finished(alone)) == []
