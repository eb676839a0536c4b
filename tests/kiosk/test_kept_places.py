"""A kept place: for whoever fetches papers, comes back later, or left the line by mistake."""

from datetime import timedelta

import pytest

from lobby.queueing.commands.counter import CallAgain, CallNext, MarkAbsent, OpenCounter
from lobby.queueing.commands.ticket import CancelTicket, TakeTicket
from lobby.queueing.decide.absence import grace_s
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import TooSoonForAbsent
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp, Person
from tests.kiosk.own_hall import LEAVE, SLIP, WAITER, fill, waiter, wish, words

NO_ID = {"service": "B01", "own_id": "no"}


@pytest.fixture
def hall(door: LocalApp) -> LocalApp:
    return fill(door)


@pytest.fixture
def kiosk(counsel: LocalApp) -> Person:
    counsel.perform(OpenCounter("2", "wei", ("B01",)))
    return counsel.paired(DeviceKind.KIOSK)


def pass_on(door: LocalApp, *, minutes: float) -> None:
    """Time goes by, and the house looks after what is due."""
    door.clock.advance(minutes * 60)
    door.run(door.services.days.check, door.riverside)


def clock(door: LocalApp, *, minutes: float) -> str:
    later = door.clock.now() + timedelta(minutes=minutes)
    return f"{door.riverside.plan.local(later):%H:%M}"


def come_back_later(door: LocalApp) -> str:
    """Until when, by the branch's clock."""
    until = clock(door, minutes=20)
    assert wish(door, WAITER, "rests").status_code == 303
    return until


# Papers


def test_who_fetches_a_paper_is_not_called_and_keeps_the_place_they_were_told(
    counsel: LocalApp, kiosk: Person
) -> None:
    advice = kiosk.get("/kiosk/advice?service=B01&own_id=no").text
    assert "We keep your place for 30 minutes while you fetch it." in advice
    assert "When you are back, please touch “I am back” here or on your phone." in advice
    assert "Please take a seat." not in advice
    until = clock(counsel, minutes=30)
    number = kiosk.post_json("/kiosk/tickets", **NO_ID, choice="counter").json()["number"]
    assert counsel.ticket(number).state is TicketState.RESTING
    assert f"We keep your place until {until}" in kiosk.get(f"/kiosk/tickets/{number}").text
    counsel.take("B01")
    counsel.perform(CallNext("2"))
    assert counsel.ticket(number).state is TicketState.RESTING
    pass_on(counsel, minutes=29)
    assert counsel.ticket(number).state is TicketState.RESTING
    pass_on(counsel, minutes=1)
    assert counsel.ticket(number).state is TicketState.WAITING


def test_nobody_is_told_of_a_kept_place_where_no_number_is_given(counsel: LocalApp) -> None:
    """No counter is open for accounts: the staff in the hall help."""
    kiosk = counsel.paired(DeviceKind.KIOSK)
    advice = kiosk.get("/kiosk/advice?service=B01&own_id=no").text
    assert ("We keep your place" in advice) == ('value="counter"' in advice)


def test_it_comes_back_at_the_kiosk_by_its_number(counsel: LocalApp, kiosk: Person) -> None:
    assert "I am back" not in kiosk.get("/kiosk").text
    number = kiosk.post_json("/kiosk/tickets", **NO_ID, choice="counter").json()["number"]
    assert 'href="/kiosk/rests"' in kiosk.get("/kiosk").text
    assert f'value="{number}"' in kiosk.get("/kiosk/rests").text
    answer = kiosk.post("/kiosk/rests", number=number)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/kiosk/rests/{number}")
    assert counsel.ticket(number).state is TicketState.WAITING
    assert (
        "You are back in line and have kept your place." in kiosk.get(f"/kiosk/rests/{number}").text
    )
    assert "I am back" not in kiosk.get("/kiosk").text
    assert kiosk.post("/kiosk/rests", number=number).status_code == 409
    assert kiosk.post("/kiosk/rests", number="Z9").status_code == 409
    counsel.clock.advance(301)
    assert kiosk.get(f"/kiosk/rests/{number}").status_code == 410


# Later


def test_who_comes_back_later_is_called_by_nobody_meanwhile(hall: LocalApp) -> None:
    until = come_back_later(hall)
    page = words(hall, WAITER)
    assert f"We keep your place until {until}" in page
    assert "I am back" in page
    hall.perform(OpenCounter("3", "thu", ("A01",)))
    hall.perform(CallNext("3"))
    assert (waiter(hall).state, hall.ticket("A002").state) == (
        TicketState.RESTING,
        TicketState.CALLED,
    )
    assert hall.hall.people_ahead(hall.ticket("A003")) == 0


def test_it_wakes_at_the_time_that_was_said_and_says_so(hall: LocalApp) -> None:
    place, until = waiter(hall).place, come_back_later(hall)
    pass_on(hall, minutes=19.9)
    assert waiter(hall).state is TicketState.RESTING
    pass_on(hall, minutes=0.1)
    assert until == clock(hall, minutes=0)
    assert (waiter(hall).state, waiter(hall).place) == (TicketState.WAITING, place)
    assert "You are back in line and have kept your place." in words(hall, WAITER)


def test_a_tap_ends_it_earlier_and_it_is_possible_once(hall: LocalApp) -> None:
    assert "I come back in 20 minutes" in words(hall, WAITER)
    come_back_later(hall)
    assert wish(hall, WAITER, "rests/ends").status_code == 303
    assert waiter(hall).state is TicketState.WAITING
    assert "I come back in 20 minutes" not in words(hall, WAITER)
    refused = hall.stranger().post_json(f"{WAITER}/rests?language=en")
    assert refused.json()["refusal"] == "RestedBefore"


def test_a_rest_is_no_wait(hall: LocalApp) -> None:
    pass_on(hall, minutes=5)
    come_back_later(hall)
    pass_on(hall, minutes=20)
    pass_on(hall, minutes=2)
    hall.perform(OpenCounter("3", "thu", ("A01",)))
    hall.perform(CallNext("3"))
    choice = waiter(hall).choice
    assert choice is not None
    assert choice.waited_s == 7 * 60


def test_what_rests_is_neither_waiting_nor_lost_in_the_report(hall: LocalApp) -> None:
    hall.perform(TakeTicket("A01", "en", "somebody-else"))
    come_back_later(hall)
    page = f"/reports/days/{hall.hall.day}"
    day = hall.get("minh", f"{page}.json").json()
    assert "1 person is away, and their place is kept." in hall.get("minh", page).text
    assert (day["waiting_now"], day["resting_now"]) == (4, 1)
    assert day["abandonments"]["count"] == 0


# Left by mistake


def test_who_left_by_mistake_waits_again_behind_two_others(hall: LocalApp) -> None:
    wish(hall, WAITER, LEAVE)
    page = words(hall, WAITER)
    assert f"you can come back until {clock(hall, minutes=15)}" in page
    assert "I am still here" in page
    assert wish(hall, WAITER, "stays").status_code == 303
    line = list(hall.hall.waiting("A01"))
    assert line == ["A002", "A003", "A001", "A004"]
    assert "I am still here" not in words(hall, WAITER)


def test_leaving_and_coming_back_gains_nobody_a_place(hall: LocalApp) -> None:
    """The last one leaves, and is the last one still."""
    page = "/t/secret-of-the-fourth"
    wish(hall, page, LEAVE)
    wish(hall, page, "stays")
    assert list(hall.hall.waiting("A01")) == ["A001", "A002", "A003", "A004"]


def test_it_is_possible_for_a_quarter_of_an_hour_and_once(hall: LocalApp) -> None:
    wish(hall, WAITER, LEAVE)
    wish(hall, WAITER, "stays")
    wish(hall, WAITER, LEAVE)
    assert "I am still here" not in words(hall, WAITER)
    again = hall.stranger().post_json(f"{WAITER}/stays?language=en")
    assert again.json()["refusal"] == "ReturnedBefore"
    second = "/t/secret-of-the-second"
    wish(hall, second, LEAVE)
    hall.clock.advance(15 * 60 + 1)
    assert "I am still here" not in words(hall, second)
    late = hall.stranger().post_json(f"{second}/stays?language=en").json()
    assert late["refusal"] == "ReturnTooLate"
    assert "for 15 minutes" in late["sentence"]


def test_who_left_on_the_way_to_a_machine_is_on_the_way_again(hall: LocalApp) -> None:
    wish(hall, SLIP, LEAVE)
    wish(hall, SLIP, "stays")
    assert hall.ticket("S001").state is TicketState.AT_MACHINE


def test_it_brings_nobody_back_from_the_phone_who_missed_the_call(hall: LocalApp) -> None:
    """Then a colleague sees who is there."""
    hall.perform(CancelTicket("A001"))
    assert wish(hall, WAITER, "stays").status_code == 303
    assert wish(hall, WAITER, "stays").status_code == 409


# Help wanted


def test_help_wanted_brings_longer_to_come_and_somebody_to_the_seat(
    counsel: LocalApp, kiosk: Person
) -> None:
    asked = {"service": "B01", "help": "yes", "preference": "counter", "choice": "counter"}
    number = kiosk.post_json("/kiosk/tickets", **asked).json()["number"]
    counsel.perform(CallNext("2"))
    counsel.perform(CallAgain("2", number))
    assert f"fetch-{number}" in counsel.get("lan", "/floor").text
    plan = counsel.riverside.plan
    own_s = grace_s(plan, counsel.ticket(number))
    assert own_s >= 2 * plan.counter_policy.grace_s
    counsel.clock.advance(own_s - 1)
    with pytest.raises(TooSoonForAbsent):
        counsel.perform(MarkAbsent("2", number))
    said = counsel.get("lan", f"/floor/care/{number}").text
    assert f"Has {own_s:.0f} s to come after a call" in said
