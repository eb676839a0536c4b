"""Nobody is given up before they had time to come: two calls, and the grace after the second."""

import pytest

from lobby.queueing.commands.ticket import GiveLongerGrace
from lobby.queueing.model.ticket import TicketState
from tests.app.app import LocalApp
from tests.counter.desk import called, called_twice


def absence(door: LocalApp, number: str) -> str:
    answer = door.ask("thu", "/counter/absences", counter="1", number=number)
    return str(answer.json().get("sentence", ""))


def test_it_asks_for_a_second_call_first(at_counter: LocalApp) -> None:
    number = called(at_counter)
    at_counter.clock.advance(600)
    assert "call again first" in at_counter.get("thu", "/counter").text
    assert absence(at_counter, number) == f"Please call ticket {number} once more first."
    assert at_counter.ticket(number).state is TicketState.CALLED


def test_it_says_how_long_the_customer_still_has(at_counter: LocalApp) -> None:
    number = called(at_counter)
    at_counter.post("thu", f"/counter/calls/{number}/repeats", counter="1", number=number)
    at_counter.clock.advance(22)
    assert "in 25 s" in at_counter.get("thu", "/counter").text
    assert absence(at_counter, number) == f"Ticket {number} has 23 seconds left to come."


@pytest.mark.parametrize(("gone_s", "words"), [(0, "in 45 s"), (44.5, "in 5 s"), (45, "")])
def test_it_never_says_that_it_is_time_before_it_is(
    at_counter: LocalApp, gone_s: float, words: str
) -> None:
    number = called(at_counter)
    at_counter.post("thu", f"/counter/calls/{number}/repeats", counter="1", number=number)
    at_counter.clock.advance(gone_s)
    html = at_counter.get("thu", "/counter").text
    assert words in html
    assert ("act-button--early" in html) is (gone_s < 45)


def test_it_gives_up_who_has_not_come(at_counter: LocalApp) -> None:
    number = called_twice(at_counter)
    assert absence(at_counter, number) == ""
    assert at_counter.ticket(number).state is TicketState.ABSENT


def test_it_waits_twice_as_long_for_who_was_promised_more_time(at_counter: LocalApp) -> None:
    number = called(at_counter)
    at_counter.perform(GiveLongerGrace(number))
    at_counter.post("thu", f"/counter/calls/{number}/repeats", counter="1", number=number)
    assert "in 90 s" in at_counter.get("thu", "/counter").text
