"""One counter more or fewer: who would be called in time, and when to say so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import structs

from lobby.forecast.knowledge import Knowledge
from lobby.forecast.outlook import Outlook, WhatIf
from lobby.forecast.staffing import Kind, Recommendation, recommend
from lobby.forecast.whatif import could_close, could_open, what_if
from lobby.queueing.commands.counter import CloseCounter, OpenCounter, PauseCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.priority import CallingRule, Order
from tests.app.people import plan
from tests.queueing.shift import ALL_SERVICES, CASH, THU, WEI, Shift

GOOD, FAIR, POOR = Outlook(20, 19.5), Outlook(20, 17), Outlook(20, 12)


def knowing(arrivals: int = 0) -> Knowledge:
    """Arrivals per hour from nine on, every day of the week."""
    knowledge = Knowledge.of(plan())
    for weekday in range(7):
        for count in range(arrivals * 3):
            knowledge.arrivals.learn(9 * 3600 + count * 3600 / max(1, arrivals), ("A01", "regular"))
        knowledge.arrivals.end_day(weekday)
    return knowledge


def crowd(people: int, counters: int = 1) -> Shift:
    shift = Shift(order=Order.RULE_A)
    for number, teller in zip(range(1, counters + 1), (THU, WEI), strict=False):
        shift.open(str(number), teller, CASH)
    for _ in range(people):
        shift.act(TakeTicket("A01", "vi", f"secret-{shift.hall.version}"))
    return shift


def test_an_empty_hall_keeps_every_promise() -> None:
    shift = crowd(0)
    figures = what_if(shift.hall, shift.now, knowing())
    assert figures.now.in_promise == 1.0
    assert figures.now.people == 0


def test_one_more_counter_calls_more_people_in_time_and_one_fewer_less() -> None:
    shift = crowd(12, counters=2)
    figures = what_if(shift.hall, shift.now, knowing())
    assert figures.now.people == 12
    assert figures.opened["3"].kept > figures.now.kept + 1
    assert figures.closed["1"].kept < figures.now.kept - 1


def test_it_follows_those_to_come() -> None:
    shift = crowd(0)
    slack, busy = (what_if(shift.hall, shift.now, knowing(n)).now for n in (6, 40))
    assert slack.people == pytest.approx(6 * 0.75, rel=0.2)
    assert slack.in_promise > 0.9
    assert busy.people == pytest.approx(40 * 0.75, rel=0.2)
    assert busy.in_promise < 0.6  # one counter at four minutes each serves fifteen an hour


@pytest.mark.parametrize("order", list(Order))
def test_it_knows_every_order(order: Order) -> None:
    shift = crowd(8)
    hall = structs.replace(shift.hall, plan=replace(shift.hall.plan, calling=CallingRule(order)))
    figures = what_if(hall, shift.now, knowing(12))
    assert 0 < figures.now.kept <= figures.now.people
    assert what_if(hall, shift.now, knowing(12)) == figures


def test_it_says_which_counters_could_open_or_close() -> None:
    shift = crowd(0, counters=2)
    assert could_open(shift.hall) == ("3",)
    assert could_close(shift.hall) == ("1", "2")
    shift.act(PauseCounter("2", "Lunch"))
    assert could_open(shift.hall) == ("2",)
    assert could_close(shift.hall) == ()
    shift.act(CloseCounter("1"))
    shift.act(OpenCounter("1", THU, ALL_SERVICES))
    assert set(could_open(shift.hall)) == {"2", "3"}


def test_a_hall_where_nobody_serves_is_a_reason_to_open() -> None:
    shift = crowd(9)
    shift.act(PauseCounter("1", "Lunch"))
    figures = what_if(shift.hall, shift.now, knowing())
    told = recommend(shift.hall, figures, shift.now)
    assert told is not None
    assert (told.kind, told.counter) == (Kind.OPEN, "1")


def test_it_recommends_to_open_where_promises_break_and_a_counter_helps() -> None:
    shift = crowd(3)
    told = recommend(shift.hall, WhatIf(POOR, {"3": GOOD}, {}), shift.now)
    assert told == Recommendation(Kind.OPEN, "3", shift.now, 0.6, 0.975, 20)
    assert told.gain_points == pytest.approx(37.5)
    assert told.gain_people == pytest.approx(7.5)


def test_it_says_nothing_where_a_counter_would_not_help() -> None:
    shift = crowd(3)
    hardly = Outlook(20, 12.5)
    assert recommend(shift.hall, WhatIf(POOR, {"3": hardly}, {}), shift.now) is None
    assert recommend(shift.hall, WhatIf(Outlook(2, 0), {"3": Outlook(2, 2)}, {}), shift.now) is None


def test_it_recommends_to_close_only_what_has_been_open_for_half_an_hour() -> None:
    shift = crowd(0, counters=2)
    figures = WhatIf(GOOD, {}, {"2": Outlook(20, 18.5)})
    assert recommend(shift.hall, figures, shift.now) is None
    shift.wait(minutes=31)
    told = recommend(shift.hall, figures, shift.now)
    assert told is not None
    assert (told.kind, told.counter) == (Kind.CLOSE, "2")
    assert told.gain_people == pytest.approx(-1.0)


def test_it_tells_on_what_its_figures_support_and_nothing_else() -> None:
    shift = crowd(3)
    told = recommend(shift.hall, WhatIf(POOR, {"3": GOOD}, {}), shift.now)
    assert told is not None
    later = shift.now + timedelta(minutes=1)
    still = recommend(shift.hall, WhatIf(POOR, {"3": FAIR, "4": FAIR}, {}), later, told)
    assert still is not None
    assert (still.kind, still.counter, still.at) == (told.kind, told.counter, told.at)
    assert still.would_be == FAIR.in_promise, "its figures are those of now"
    assert recommend(shift.hall, WhatIf(GOOD, {"3": GOOD}, {}), later, told) is None


def test_to_open_takes_the_place_of_to_close() -> None:
    shift = crowd(0, counters=2)
    shift.wait(minutes=31)
    closing = recommend(shift.hall, WhatIf(GOOD, {}, {"2": Outlook(20, 18.5)}), shift.now)
    assert closing is not None
    both = WhatIf(POOR, {"3": GOOD}, {"2": Outlook(20, 18.5)})
    told = recommend(shift.hall, both, shift.now, closing)
    assert told is not None
    assert (told.kind, told.counter) == (Kind.OPEN, "3")


def test_it_is_silent_for_a_while_after_an_answer_and_once_it_was_done() -> None:
    shift = crowd(3)
    figures = WhatIf(POOR, {"3": GOOD}, {})
    told = recommend(shift.hall, figures, shift.now)
    assert recommend(shift.hall, figures, shift.now, answered_at=shift.now) is None
    later = shift.now + timedelta(minutes=15)
    assert recommend(shift.hall, figures, later, answered_at=shift.now) is not None
    shift.open("3", WEI, CASH)
    assert recommend(shift.hall, WhatIf(GOOD, {}, {}), shift.now, told) is None
