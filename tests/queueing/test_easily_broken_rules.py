"""Rules that one wrong word would break, each with the day on which it would be felt."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lobby.queueing.calling.score import score
from lobby.queueing.commands.counter import (
    AddService,
    CallNext,
    CloseCounter,
    Finish,
    StartServing,
    Transfer,
)
from lobby.queueing.commands.floor import CallColleague, SetDuty
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    CancelTicket,
    ChangeService,
    OfferMachine,
    Postpone,
    TakeTicket,
)
from lobby.queueing.events.ticket import ServingFinished, TicketCalled, TicketSentBack
from lobby.queueing.model.duty import DutyState, responsible
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.limits import SERVICES_DONE_MAX
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import CallingRule, Order
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import TextTooLong
from tests.app.people import MORNING, plan
from tests.queueing.shift import LAN, THU, WEI, Shift

AT = ("1", "A001")


@pytest.fixture
def shift() -> Shift:
    found = Shift()
    found.open()
    found.open("2", WEI)
    return found


def keeping_next(overtakes_max: int = 3) -> Shift:
    rule = CallingRule(overtakes_max=overtakes_max, keeps_next=True)
    found = Shift(replace(plan(), calling=rule), order=Order.RULE_A)
    found.open()
    return found


def test_a_booking_counts_from_the_later_of_arrival_and_booked_time() -> None:
    shift = Shift()
    early, late = MORNING + timedelta(minutes=10), MORNING - timedelta(minutes=10)
    shift.act(TakeTicket("A01", "vi", "early", booked_at=early))
    shift.act(TakeTicket("A01", "vi", "late", booked_at=late))
    shift.wait(minutes=15)
    scores = [score(shift.hall, shift.ticket(n), shift.now) for n in ("A001", "A002")]
    assert [found.waited_min for found in scores] == [5, 15]


def test_who_is_passed_by_this_call_counts_as_passed_when_the_next_is_shown() -> None:
    """B001 is passed as often as may be by this very call: nobody is shown before it."""
    shift = keeping_next(overtakes_max=1)
    shift.take("B01")
    shift.take("A01")
    shift.take("A01")
    shift.wait(minutes=10)
    (called,) = shift.act(CallNext("1"))
    assert isinstance(called, TicketCalled)
    assert (called.number, called.choice.passed) == ("A001", ("B001",))
    assert called.next == "B001"


def test_the_second_to_postpone_is_placed_before_the_first(shift: Shift) -> None:
    for _ in range(5):
        shift.take()
    shift.act(Postpone("A002"))
    assert shift.order() == ["A001", "A003", "A004", "A002", "A005"]
    shift.act(Postpone("A001"))
    assert shift.order() == ["A003", "A004", "A001", "A002", "A005"]


def test_it_sends_nobody_back_to_a_counter_that_somebody_else_has_taken(shift: Shift) -> None:
    shift.take()
    shift.serve()
    shift.act(Transfer(*AT, to_service="F01", come_back=True))
    shift.act(CloseCounter("1"))
    shift.act(CloseCounter("2"))
    shift.open("1", WEI)
    shift.serve("1")
    (ended,) = shift.act(Finish(*AT))
    assert isinstance(ended, ServingFinished)
    assert shift.ticket("A001").state is TicketState.FINISHED


def many_services() -> Plan:
    """As many again as fit one visit."""
    first = plan().services["A01"]
    codes = [f"X{n:02d}" for n in range(SERVICES_DONE_MAX + 1)]
    more = {code: replace(first, code=code) for code in codes}
    return replace(plan(), services={**plan().services, **more})


def test_it_takes_no_tenth_service_beside_the_one_that_was_asked_for() -> None:
    shift = Shift(many_services())
    shift.open()
    shift.take()
    shift.serve()
    for n in range(SERVICES_DONE_MAX - 1):
        shift.act(AddService(*AT, f"X{n:02d}"))
    assert shift.refusal(AddService(*AT, "X09")) == TextTooLong(SERVICES_DONE_MAX)
    (ended,) = shift.act(Finish(*AT))
    assert isinstance(ended, ServingFinished) and len(ended.services_done) == SERVICES_DONE_MAX


def test_a_second_transfer_keeps_who_wants_the_ticket_back(shift: Shift) -> None:
    shift.open("3", LAN)
    shift.take()
    shift.serve()
    shift.act(Transfer(*AT, to_counter="2", come_back=True))
    shift.serve("2")
    shift.act(Transfer("2", "A001", to_counter="3"))
    shift.serve("3")
    (sent,) = shift.act(Finish("3", "A001"))
    assert isinstance(sent, TicketSentBack)
    assert (sent.return_to.counter, sent.return_to.teller) == ("1", THU)


def test_another_service_is_for_any_counter_again(shift: Shift) -> None:
    shift.take()
    shift.serve()
    shift.act(Transfer(*AT, to_counter="2"))
    assert shift.ticket("A001").reserved_counter == "2"
    shift.act(ChangeService("A001", "B01"))
    assert shift.ticket("A001").reserved_counter is None


def test_a_transfer_without_a_note_keeps_the_note_of_the_one_before(shift: Shift) -> None:
    shift.take()
    shift.serve()
    shift.act(Transfer(*AT, to_counter="2", note="wants euros"))
    shift.act(CallNext("2"))
    shift.act(StartServing("2", "A001"))
    shift.act(Transfer("2", "A001", to_service="F01"))
    assert shift.ticket("A001").note == "wants euros"


def test_the_first_is_asked_also_where_the_clock_has_gone_back(shift: Shift) -> None:
    for staff in (LAN, WEI):
        shift.act(SetDuty(staff, DutyState.ON_DUTY))
        shift.wait(seconds=1)
    shift.act(CallColleague(HelpKind.HELP, "Kiosk 1"))
    (call,) = shift.hall.help_calls
    for back_s in (0, 30, 90):
        at = shift.now - timedelta(seconds=back_s)
        assert responsible(shift.hall.duty, call, at) == LAN


def test_somebody_at_a_machine_may_come_for_something_else(shift: Shift) -> None:
    shift.take()
    shift.act(OfferMachine("A001", "crs-2"))
    shift.act(AcceptMachine("A001"))
    shift.act(ChangeService("A001", "A02"))
    ticket = shift.ticket("A001")
    assert (ticket.state, ticket.service) == (TicketState.AT_MACHINE, "A02")


def test_who_has_left_is_next_no_longer() -> None:
    shift = keeping_next()
    for _ in range(3):
        shift.take()
    shift.call()
    assert shift.ticket("A002").is_next
    shift.act(CancelTicket("A002"))
    assert not shift.ticket("A002").is_next
