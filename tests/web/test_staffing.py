"""The recommendation of a counter in the running house: told, answered once, recorded, and kept."""

from datetime import timedelta

import pytest

from lobby.forecast.outlook import Outlook, WhatIf
from lobby.forecast.staffing import Kind, Recommendation
from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.ticket import CancelTicket, TakeTicket
from lobby.screens.staffing_words import what_to_do, why_so
from lobby.store.staffing import staffing_advice_between
from tests.app.app import LocalApp
from tests.app.people import MORNING, plan

OPENING = Recommendation(Kind.OPEN, "3", MORNING, 0.6, 0.95, 20)
CLOSING = Recommendation(Kind.CLOSE, "2", MORNING, 0.98, 0.92, 20)


def crowd(door: LocalApp) -> None:
    """One counter, and far more people than it can call in time."""
    door.perform(OpenCounter("1", "thu", ("A01",)))
    for number in range(14):
        door.perform(TakeTicket("A01", "vi", f"secret-of-number-{number}"))
    door.settled()


def advise(door: LocalApp) -> None:
    door.run(door.services.staffing.consider, door.riverside)


def kept(door: LocalApp) -> list[tuple[str, str | None, str | None, str | None]]:
    end = MORNING + timedelta(days=1)
    rows = door.services.store.read_now(
        lambda c: staffing_advice_between(c, "riverside", MORNING - timedelta(days=1), end)
    )
    return [(row.kind, row.counter, row.outcome, row.decided_by) for row in rows]


def test_it_recommends_a_counter_and_records_the_answer_once(door: LocalApp) -> None:
    crowd(door)
    advise(door)
    standing = door.services.staffing.advised(door.hall)
    assert standing is not None
    assert (standing.told.kind, standing.told.gain_people > 1) == (Kind.OPEN, True)
    counter = standing.told.counter
    assert kept(door) == [("open", counter, None, None)]
    lan = door.signed_in("lan")
    assert f"Open counter {counter}" in lan.get("/floor?language=en").text
    assert f"Open counter {counter}" in door.signed_in("minh").get("/reports?language=en").text
    answer = {"advice": standing.id, "outcome": "accepted", "back": "/floor"}
    assert lan.post("/staffing/answers", **answer).headers["location"] == "/floor"
    (answered,) = kept(door)
    assert answered[:3] == ("open", counter, "accepted")
    assert answered[3]
    assert door.services.staffing.advised(door.hall) is None
    assert f"Open counter {counter}" not in lan.get("/floor?language=en").text
    minh = door.signed_in("minh")
    assert minh.post("/staffing/answers", **{**answer, "outcome": "dismissed"}).status_code == 303
    assert kept(door) == [answered]
    advise(door)
    assert door.services.staffing.advised(door.hall) is None, "silent for a while after an answer"


def test_it_says_it_once_and_takes_it_back_when_it_was_done(door: LocalApp) -> None:
    crowd(door)
    advise(door)
    advise(door)
    standing = door.services.staffing.advised(door.hall)
    assert standing is not None
    assert len(kept(door)) == 1
    door.perform(OpenCounter(standing.told.counter, "wei", ("A01",)))
    door.settled()
    advise(door)
    after = door.services.staffing.advised(door.hall)
    assert after is None or after.told.counter != standing.told.counter


def slack(door: LocalApp) -> None:
    """Two counters that have been open for half an hour, one customer, and the word that one of
    the counters can close."""
    door.perform(OpenCounter("1", "thu", ("A01",)))
    door.perform(OpenCounter("2", "wei", ("A01",)))
    door.clock.advance(seconds=31 * 60)
    door.take("A01")
    door.settled()
    advise(door)
    assert "can close" in tablet(door)


def tablet(door: LocalApp) -> str:
    return door.signed_in("lan").get("/floor?language=en").text


def test_it_asks_for_a_counter_more_as_soon_as_its_figures_turn(door: LocalApp) -> None:
    slack(door)
    for _ in range(30):
        door.take("A01")
    door.settled()
    advise(door)
    page = tablet(door)
    assert "can close" not in page
    assert "Open counter" in page
    report = door.signed_in("minh").get("/reports?language=en").text
    assert "can close" not in report
    assert "Open counter" in report


def test_it_asks_nobody_to_close_while_somebody_has_used_up_most_of_the_promise(
    door: LocalApp,
) -> None:
    slack(door)
    door.clock.advance(seconds=12 * 60)
    assert "can close" in tablet(door), "twelve of twenty minutes are six tenths and not more"
    door.clock.advance(seconds=30)
    assert "can close" not in tablet(door), "whatever was said at the last look"
    advise(door)
    assert "can close" not in tablet(door)


def test_it_withdraws_what_no_figures_support_any_more(door: LocalApp) -> None:
    slack(door)
    door.services.waits._desks["riverside"].failed = True
    advise(door)
    assert "can close" not in tablet(door)


def test_it_does_not_ask_to_close_again_soon_after_it_took_that_back(door: LocalApp) -> None:
    slack(door)
    numbers = [door.take("A01") for _ in range(9)]
    door.settled()
    advise(door)
    assert "can close" not in tablet(door)
    for number in numbers:
        door.perform(CancelTicket(number))
    door.settled()
    advise(door)
    assert "can close" not in tablet(door)
    door.perform(CallNext("1"))
    door.clock.advance(seconds=15 * 60)
    door.settled()
    advise(door)
    assert "can close" in tablet(door)


@pytest.mark.parametrize("who", ["thu", "ada"])
def test_others_may_not_answer(door: LocalApp, who: str) -> None:
    page = door.signed_in(who).post("/staffing/answers", advice="x", outcome="accepted")
    assert page.status_code == 403


def test_a_strange_answer_is_refused_and_a_strange_way_back_is_not_taken(door: LocalApp) -> None:
    lan = door.signed_in("lan")
    assert lan.post("/staffing/answers", advice="x", outcome="maybe").status_code == 400
    sent = {"advice": "x", "outcome": "dismissed", "back": "https://elsewhere.example"}
    assert lan.post("/staffing/answers", **sent).headers["location"] == "/floor"
    assert lan.get("/staffing/answers").status_code == 405


def test_it_is_said_in_a_sentence_with_its_reason() -> None:
    assert what_to_do(OPENING, plan(), "en") == "Open counter 3"
    assert why_so(OPENING, "en") == (
        "Of the 20 people due in the next 45 minutes, 12 would be called in time; with it, 19."
    )
    assert what_to_do(CLOSING, plan(), "zh") == "2 号窗口可以关闭"
    assert "18" in why_so(CLOSING, "vi")


def test_figures_without_anybody_advise_nothing(door: LocalApp) -> None:
    assert WhatIf(Outlook(0, 0), {}, {}).now.in_promise == 1
    advise(door)
    assert door.services.staffing.advised(door.hall) is None
