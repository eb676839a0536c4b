"""While a customer is being served: interruptions, services added, and others who are needed."""

import re
from datetime import timedelta

from lobby.queueing.model.ticket import TicketState
from tests.app.app import LocalApp
from tests.counter.desk import called, served

OPEN_AT_2: dict[str, str | list[str]] = {"counter": "2", "service": ["A01", "F01"]}


def test_it_does_not_count_an_interruption_as_service(at_counter: LocalApp) -> None:
    number = served(at_counter)
    at_counter.post("thu", "/counter/interruptions", counter="1", number=number)
    assert at_counter.ticket(number).is_paused
    at_counter.clock.advance(300)
    at_counter.post("thu", "/counter/continuations", counter="1", number=number)
    assert at_counter.ticket(number).servings[-1].paused_s == 300


def test_it_says_that_the_service_is_on_pause_and_goes_on_with_the_same_key(
    at_counter: LocalApp,
) -> None:
    number = served(at_counter)
    assert "Pause service" in at_counter.get("thu", "/counter").text
    at_counter.post("thu", "/counter/interruptions", counter="1", number=number)
    html = at_counter.get("thu", "/counter").text
    assert "Service on pause" in html
    assert "Go on" in html and "Pause service" not in html


def test_it_interrupts_nobody_who_is_not_being_served(at_counter: LocalApp) -> None:
    number = called(at_counter)
    answer = at_counter.ask("thu", "/counter/interruptions", counter="1", number=number)
    assert answer.json()["refusal"] == "WrongState"
    answer = at_counter.ask("thu", "/counter/continuations", counter="1", number=number)
    assert answer.json()["refusal"] == "WrongState"


def test_it_goes_on_only_after_an_interruption(at_counter: LocalApp) -> None:
    number = served(at_counter)
    answer = at_counter.ask("thu", "/counter/continuations", counter="1", number=number)
    assert answer.json()["refusal"] == "ServingNotOnPause"


def test_it_adds_what_else_was_done(at_counter: LocalApp) -> None:
    number = served(at_counter)
    at_counter.post("thu", "/counter/services", counter="1", number=number, service="B01")
    assert "Cash withdrawal → Open account or card" in at_counter.get("thu", "/counter").text
    at_counter.post("thu", "/counter/finishes", counter="1", number=number)
    assert set(at_counter.ticket(number).services_done) == {"A01", "B01"}


def test_it_books_the_time_of_each_service_on_that_service(at_counter: LocalApp) -> None:
    """Five minutes of the withdrawal asked for, twelve of the account that was added."""
    number = served(at_counter)
    at_counter.clock.advance(5 * 60)
    at_counter.post("thu", "/counter/services", counter="1", number=number, service="B01")
    at_counter.clock.advance(12 * 60)
    assert "Being served · 17 min" in re.sub("<[^>]+>", "", at_counter.get("thu", "/counter").text)
    at_counter.post("thu", "/counter/finishes", counter="1", number=number)
    day = at_counter.get("minh", "/reports/days/2026-03-02.json").json()
    services = {each["service"]: each for each in day["services"]}
    done = {code: (each["times_done"], each["service_median_s"]) for code, each in services.items()}
    assert done == {"A01": (1, 5 * 60), "B01": (1, 12 * 60)}
    assert day["service_median_s"] == (5 + 12) / 2 * 60, "of services, not of visits"
    own_day = at_counter.get("thu", "/counter/day").text
    assert own_day.count("<td>finished</td>") == 2 and "passed on" not in own_day


def test_it_books_on_each_service_across_two_counters(at_counter: LocalApp) -> None:
    at_counter.post("wei", "/counter/openings", **OPEN_AT_2)
    number = served(at_counter)
    at_counter.clock.advance(3 * 60)
    fields = {"number": number, "to_service": "F01", "to": "counter:2"}
    at_counter.post("thu", "/counter/transfers", counter="1", **fields)
    at_counter.post("wei", "/counter/calls", counter="2")
    at_counter.post("wei", "/counter/servings", counter="2", number=number)
    at_counter.clock.advance(9 * 60)
    at_counter.post("wei", "/counter/finishes", counter="2", number=number)
    day = at_counter.get("minh", "/reports/days/2026-03-02.json").json()
    assert {each["service"]: each["service_median_s"] for each in day["services"]} == {
        "A01": 3 * 60,
        "F01": 9 * 60,
    }


def test_it_adds_no_service_that_the_branch_does_not_have(at_counter: LocalApp) -> None:
    number = served(at_counter)
    answer = at_counter.ask("thu", "/counter/services", counter="1", number=number, service="Z9")
    assert answer.json()["refusal"] == "UnknownService"


def test_it_holds_for_some_minutes_and_says_when_they_are_over(at_counter: LocalApp) -> None:
    number = served(at_counter)
    fields = {"reason": "Filling in a form", "minutes": "10"}
    at_counter.post("thu", "/counter/holds", counter="1", number=number, **fields)
    at_counter.clock.advance(4 * 60)
    html = at_counter.get("thu", "/counter").text
    assert "6 min left" in html and "hold--over" not in html
    at_counter.clock.advance(9 * 60)
    html = at_counter.get("thu", "/counter").text
    assert "over by 3 min" in html and "hold--over" in html


def test_it_holds_without_a_limit_and_then_marks_nothing(at_counter: LocalApp) -> None:
    number = served(at_counter)
    fields = {"reason": "Filling in a form", "minutes": ""}
    at_counter.post("thu", "/counter/holds", counter="1", number=number, **fields)
    at_counter.clock.advance(60 * 60)
    assert at_counter.ticket(number).hold_until is None
    assert "hold--over" not in at_counter.get("thu", "/counter").text


def test_it_lists_first_whose_time_is_over(at_counter: LocalApp) -> None:
    late, early = served(at_counter), ""
    words = {"counter": "1", "reason": "Fetching papers"}
    at_counter.post("thu", "/counter/holds", number=late, minutes="30", **words)
    early = served(at_counter)
    at_counter.post("thu", "/counter/holds", number=early, minutes="5", **words)
    html = at_counter.get("thu", "/counter").text
    assert html.index(f"hold-{early}-beside") < html.index(f"hold-{late}-beside")


def test_it_transfers_to_a_counter(at_counter: LocalApp) -> None:
    at_counter.post("wei", "/counter/openings", **OPEN_AT_2)
    number = served(at_counter)
    at_counter.post("thu", "/counter/transfers", counter="1", number=number, to="counter:2")
    assert at_counter.ticket(number).reserved_counter == "2"


def test_it_transfers_to_a_person_wherever_they_sit(at_counter: LocalApp) -> None:
    at_counter.post("wei", "/counter/openings", **OPEN_AT_2)
    number = served(at_counter)
    wei = at_counter.id_of("wei")
    assert f'value="teller:{wei}"' in at_counter.get("thu", "/counter").text
    at_counter.post("thu", "/counter/transfers", counter="1", number=number, to=f"teller:{wei}")
    assert at_counter.ticket(number).reserved_teller == wei


def test_it_transfers_to_nobody_who_is_not_there(at_counter: LocalApp) -> None:
    number = served(at_counter)
    to = f"teller:{at_counter.id_of('wei')}"
    answer = at_counter.ask("thu", "/counter/transfers", counter="1", number=number, to=to)
    assert answer.json()["refusal"] == "AdviserNotHere"
    assert at_counter.ticket(number).state is TicketState.SERVING


def test_it_gives_a_customer_back_to_who_sent_them(at_counter: LocalApp) -> None:
    at_counter.post("wei", "/counter/openings", **OPEN_AT_2)
    number = served(at_counter)
    to = {"to": "counter:2", "come_back": "yes"}
    at_counter.post("thu", "/counter/transfers", counter="1", number=number, **to)
    at_counter.post("wei", "/counter/calls", counter="2")
    at_counter.post("wei", "/counter/servings", counter="2", number=number)
    at_counter.post("wei", "/counter/finishes", counter="2", number=number)
    assert at_counter.ticket(number).state is TicketState.WAITING
    at_counter.post("thu", "/counter/calls", counter="1")
    assert at_counter.hall.counters["1"].ticket == number


def test_it_lists_how_much_of_the_promise_everybody_has_used(at_counter: LocalApp) -> None:
    at_counter.take()
    at_counter.clock.advance(12 * 60)
    html = at_counter.get("thu", "/counter").text
    assert "12 of 20 min" in html and "person-waited--late" not in html
    at_counter.clock.advance(timedelta(minutes=9).total_seconds())
    html = at_counter.get("thu", "/counter").text
    assert "21 of 20 min" in html and "person-waited--late" in html


def test_it_counts_how_often_somebody_was_passed(at_counter: LocalApp) -> None:
    at_counter.take()
    chosen = at_counter.take()
    fields = {"number": chosen, "reason": "Quick question"}
    at_counter.post("thu", "/counter/calls", counter="1", **fields)
    at_counter.post("thu", "/counter/servings", counter="1", number=chosen)
    at_counter.post("thu", "/counter/finishes", counter="1", number=chosen)
    assert "passed 1×" in at_counter.get("thu", "/counter").text
