"""Taking a ticket, and the turn of the day: numbers that start at 1 and never repeat."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from lobby.queueing.commands.command import OpenDay
from lobby.queueing.commands.counter import CallNext, Finish, Hold, MarkAbsent, PauseCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.decide.day import is_quiet
from lobby.queueing.events.counter import CounterClosed
from lobby.queueing.events.event import DayOpened
from lobby.queueing.events.ticket import TicketCalled, TicketLapsed, TicketTaken
from lobby.queueing.model.limits import SERIES_MAX
from lobby.queueing.model.numbering import ticket_number
from lobby.queueing.model.ticket import Channel, Place, TicketState
from lobby.queueing.model.ticket_register import TicketRegister
from lobby.queueing.refusals.ticket import CounterNotOpen, DayNotOver, SeriesFull, UnknownService
from tests.app.people import plan
from tests.queueing.shift import CASH, THU, WEI, Shift
from tests.queueing.test_tickets import a_ticket


def test_it_gives_out_numbers_by_series() -> None:
    shift = Shift()
    taken = [shift.take(service) for service in ("A01", "B01", "A02", "A04", "B01", "F01")]
    assert taken == ["A001", "B001", "A002", "A003", "B002", "F001"]


def test_it_says_how_many_wait_for_the_same_counters() -> None:
    shift = Shift()
    shift.take("A01")
    shift.take("B01")
    (event,) = shift.act(TakeTicket("A04", "zh", "secret", Channel.FLOOR))
    assert isinstance(event, TicketTaken)
    assert (event.number, event.ahead, event.channel) == ("A002", 1, Channel.FLOOR)
    assert shift.hall.people_ahead(shift.ticket("A002")) == 1


def test_it_refuses_a_service_that_the_branch_does_not_have() -> None:
    assert Shift().refusal(TakeTicket("Z99", "zh", "secret")) == UnknownService("Z99")


def series_of(count: int) -> TicketRegister:
    tickets = TicketRegister()
    for ordinal in range(1, count + 1):
        done = a_ticket(ticket_number("A", ordinal))
        tickets = tickets.put(done)
    return tickets


@pytest.mark.parametrize(("count", "number"), [(998, "A999"), (999, "A1000"), (9998, "A9999")])
def test_it_goes_on_to_four_digits(count: int, number: str) -> None:
    shift = Shift()
    shift.act(OpenDay())
    shift.hall = structs.replace(shift.hall, tickets=series_of(count))
    shift.act(TakeTicket("A01", "zh", "secret"))
    assert shift.ticket(number).service == "A01"


def test_it_refuses_the_number_that_no_display_could_show() -> None:
    shift = Shift()
    shift.act(OpenDay())
    shift.hall = structs.replace(shift.hall, tickets=series_of(SERIES_MAX))
    assert shift.refusal(TakeTicket("A02", "zh", "secret")) == SeriesFull("A")
    assert shift.act(TakeTicket("B01", "zh", "secret"))


def test_it_opens_the_day_with_its_first_ticket_and_not_twice() -> None:
    shift = Shift()
    opened, taken = shift.act(TakeTicket("A01", "zh", "secret"))
    assert opened == DayOpened(shift.now, date(2026, 3, 2))
    assert isinstance(taken, TicketTaken)
    assert shift.refusal(OpenDay()) == DayNotOver()


def test_it_starts_again_at_one_after_the_branchs_midnight() -> None:
    """Midnight by the river is four in the afternoon in UTC."""
    shift = Shift(now=datetime(2026, 3, 2, 15, 59, 45, tzinfo=UTC))
    assert [shift.take("A01") for _ in range(2)] == ["A001", "A001"]
    assert shift.ticket("A001").day == date(2026, 3, 3)


def test_it_never_opens_a_day_again_when_the_clock_goes_back() -> None:
    shift = Shift()
    shift.take("A01")
    shift.wait(days=1)
    assert shift.take("A01") == "A001"
    shift.wait(days=-1)
    assert shift.take("A01") == "A002"
    assert shift.refusal(OpenDay()) == DayNotOver()
    assert shift.hall.day == date(2026, 3, 3)


def test_it_ends_what_yesterday_left_open() -> None:
    shift = Shift()
    shift.open("1", THU)
    shift.open("2", WEI, CASH)
    serving = shift.take("B01")
    assert shift.serve("1") == serving
    shift.take("A01")
    shift.take("A01")
    held = shift.call("2")
    shift.act(Hold("2", held, "papers missing"))
    done = shift.call("2")
    shift.act(MarkAbsent("2", done))
    shift.take("A02")
    shift.wait(days=1)
    events = shift.act(OpenDay())
    lapsed = [event.number for event in events if isinstance(event, TicketLapsed)]
    closed = [event.counter for event in events if isinstance(event, CounterClosed)]
    assert sorted(lapsed) == ["A001", "A003", "B001"]
    assert closed == ["1", "2"]
    assert isinstance(events[-1], DayOpened)
    assert (len(shift.hall.tickets), shift.hall.waiting_count(), shift.hall.calls) == (0, 0, ())
    assert shift.refusal(CallNext("1")) == CounterNotOpen("1")


def test_it_finishes_a_customer_over_midnight_like_any_other() -> None:
    shift = Shift()
    shift.open()
    shift.take()
    number = shift.serve()
    shift.wait(hours=16)
    assert not is_quiet(shift.hall, shift.now)
    shift.act(Finish("1", number))
    assert shift.ticket(number).state is TicketState.FINISHED
    assert is_quiet(shift.hall, shift.now)


@pytest.mark.parametrize(
    ("zone", "before_the_turn"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 0, 59, 55, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 25, 0, 59, 55, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 1, 5, 59, 55, tzinfo=UTC)),
    ],
)
def test_it_counts_on_when_summer_time_begins_or_ends(zone: str, before_the_turn: datetime) -> None:
    shift = Shift(plan(zone=zone), before_the_turn - timedelta(seconds=10))
    taken = [shift.take() for _ in range(4)]
    assert taken == ["A001", "A002", "A003", "A004"]
    assert list(shift.hall.waiting("A01")) == taken


def test_it_keeps_places_in_order_when_the_clock_goes_back() -> None:
    shift = Shift()
    shift.open()
    first = shift.take()
    shift.wait(minutes=-30)
    second = shift.take()
    assert shift.ticket(second).taken_at < shift.ticket(first).taken_at
    assert shift.ticket(second).place > shift.ticket(first).place
    assert shift.ticket(second).place == Place(shift.ticket(first).taken_at, shift.hall.version)
    shift.wait(minutes=-30)
    (called,) = shift.act(CallNext("1"))
    assert isinstance(called, TicketCalled)
    assert (called.number, called.choice.waited_s) == (first, 0)


def test_the_day_does_not_turn_while_somebody_waits_for_an_open_counter() -> None:
    shift = Shift()
    shift.open()
    shift.take()
    shift.wait(days=1)
    assert not is_quiet(shift.hall, shift.now)
    shift.act(PauseCounter("1", "lunch"))
    assert is_quiet(shift.hall, shift.now)
