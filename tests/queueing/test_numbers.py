"""Numbers that somebody may hold already are passed over, whatever else happens on that day."""

from datetime import timedelta

from lobby.queueing.commands.command import OpenDay, ReserveNumbers
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.limits import SERIES_MAX
from lobby.queueing.refusals.ticket import SeriesFull
from tests.app.people import MORNING
from tests.queueing.shift import Shift

TODAY = MORNING.date()


def taken(shift: Shift, service: str = "A01") -> str:
    event = shift.act(TakeTicket(service, "vi", f"secret-{shift.hall.version}"))[-1]
    assert isinstance(event, TicketTaken)
    return event.number


def test_it_goes_on_behind_what_was_reserved() -> None:
    shift = Shift()
    assert taken(shift) == "A001"
    shift.act(ReserveNumbers(TODAY, {"A": 60}))
    assert [taken(shift), taken(shift), taken(shift, "B01")] == ["A061", "A062", "B001"]
    assert [ticket.number for ticket in shift.hall.tickets.values_in_order()] == [
        *("A001", "A061", "A062", "B001")
    ]
    assert len(shift.hall.tickets) == 4
    assert shift.hall.ticket("A060") is None


def test_it_reserves_numbers_of_a_day_that_has_not_opened_yet() -> None:
    shift = Shift()
    taken(shift)
    shift.act(ReserveNumbers(TODAY + timedelta(days=1), {"A": 60}))
    assert taken(shift) == "A002", "today is another day"
    shift.wait(days=1)
    assert taken(shift) == "A061"
    shift.wait(days=1)
    assert taken(shift) == "A001"


def test_it_keeps_them_where_the_day_opens_without_a_ticket() -> None:
    shift = Shift()
    taken(shift)
    shift.act(ReserveNumbers(TODAY + timedelta(days=1), {"A": 60}))
    shift.wait(days=1)
    shift.act(OpenDay())
    assert taken(shift) == "A061"


def test_it_opens_the_first_day_of_all_where_numbers_are_reserved() -> None:
    shift = Shift()
    shift.act(ReserveNumbers(TODAY, {"A": 60}))
    assert shift.hall.day == TODAY
    assert taken(shift) == "A061"


def test_it_never_goes_back_to_a_number_below() -> None:
    shift = Shift()
    shift.act(ReserveNumbers(TODAY, {"A": 60}))
    version = shift.hall.version
    assert shift.act(ReserveNumbers(TODAY, {"A": 40})) == ()
    assert shift.hall.version == version
    assert taken(shift) == "A061"


def test_it_says_that_a_series_is_full_where_all_of_it_is_reserved() -> None:
    shift = Shift()
    shift.act(ReserveNumbers(TODAY, {"A": 10 * SERIES_MAX}))
    assert shift.refusal(TakeTicket("A01", "vi", "s")) == SeriesFull("A")
