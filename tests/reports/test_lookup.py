"""A complaint about yesterday's ticket is answered from the page: its journey, and why."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from lobby.queueing.commands.counter import (
    CallAgain,
    CallChosen,
    CallNext,
    Finish,
    MarkAbsent,
    OpenCounter,
    StartServing,
    Transfer,
)
from lobby.queueing.commands.ticket import CancelTicket, TakeTicket
from lobby.queueing.model.intake import Intake
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING
from tests.reports.hours import people_with_hours, turn_day

DAY = "2026-03-02"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, people_with_hours) as app:
        yield app


def journey(app: LocalApp, number: str, who: str = "minh", language: str = "en") -> str:
    path = f"/reports/ticket?number={number}&day={DAY}&language={language}"
    answer = app.get(who, path)
    assert answer.status_code == 200
    return answer.text


def a_long_way(app: LocalApp) -> None:
    """A001 is passed by A002, called by Thu, passed on to another service, and finished by Wei."""
    thu, wei = app.signed_in("thu"), app.signed_in("wei")
    thu.post("/counter/openings", counter="3", service=["A01"])
    wei.post("/counter/openings", counter="1", service=["B01"])
    for _ in range(2):
        app.take("A01")
    app.clock.advance(300)
    app.perform(CallChosen("3", "A002", "Needs help"))
    app.perform(StartServing("3", "A002"))
    app.perform(Finish("3", "A002"))
    app.perform(CallNext("3"))
    for command in (
        StartServing("3", "A001"),
        Transfer("3", "A001", to_service="B01"),
        CallNext("1"),
        StartServing("1", "A001"),
        Finish("1", "A001"),
    ):
        app.clock.advance(60)
        app.perform(command)


def test_it_tells_the_whole_way_of_a_ticket_with_the_reasons(app: LocalApp) -> None:
    a_long_way(app)
    told = journey(app, "A001")
    for sentence in (
        "Took the number for Cash withdrawal; people ahead: 0.",
        "A002 was called first, to counter 3.",
        "chosen by hand (Needs help)",
        "Called to counter 3. A001: ",
        "Passed on from counter 3 for Open account or card.",
        "Finished at counter 1. Done: ",
    ):
        assert sentence in told, sentence
    order = [told.index(part) for part in ("Took the number", "A002 was called", "Passed on from")]
    assert order == sorted(order)


def test_yesterday_s_ticket_is_found_as_it_was(app: LocalApp) -> None:
    a_long_way(app)
    app.clock.move_to(MORNING + timedelta(days=1))
    app.take("A01")
    told = journey(app, "a001")
    assert "Finished at counter 1." in told
    assert "Nobody had this number on this day." in journey(app, "A099")


def test_it_tells_who_called(app: LocalApp) -> None:
    thu = app.signed_in("thu")
    thu.post("/counter/openings", counter="3", service="A01")
    app.take("A01")
    answer = thu.post("/counter/calls", counter="3")
    assert answer.status_code < 400
    assert re.search(
        r"Called to counter 3\.[^<]*<span class=\"soft\">Thu</span>", journey(app, "A001")
    )


def test_what_was_asked_and_which_rule_advised_is_told(app: LocalApp) -> None:
    said = (("preference", "counter"),)
    intake = Intake("R05", "with-hours", "counter", exclusion="PREFERENCE", answers=said)
    app.perform(TakeTicket("A01", "vi", "secret-of-one-customer", intake=intake))
    told = journey(app, "A001")
    assert "Was asked, and answered: " in told
    assert "Advised: The customer prefers the counter (rule R05, rule set with-hours)." in told
    assert "No machine was offered: The customer prefers the counter." in told


def test_who_left_and_who_did_not_come_is_told(app: LocalApp) -> None:
    app.perform(OpenCounter("3", "thu", ("A01",)))
    app.take("A01")
    app.take("A01")
    app.perform(CancelTicket("A002"))
    app.perform(CallNext("3"))
    app.clock.advance(60)
    app.perform(CallAgain("3", "A001"))
    app.clock.advance(60)
    app.perform(MarkAbsent("3", "A001"))
    assert "Left the line." in journey(app, "A002")
    told = journey(app, "A001")
    assert "Called again to counter 3." in told
    assert "marked absent at counter 3." in told


def test_each_look_is_kept_and_shown(app: LocalApp) -> None:
    app.take("A01")
    assert "Looked up by" in journey(app, "A001")
    told = journey(app, "A001", "ada")
    assert told.split("Looked up by")[1].count("<li>") == 2


def test_a_page_that_is_loaded_again_is_one_look(app: LocalApp) -> None:
    app.take("A01")
    journey(app, "A001")
    app.clock.advance(59)
    assert looks(journey(app, "A001")) == 1
    assert looks(journey(app, "A001", "ada")) == 2
    app.clock.advance(2)
    assert looks(journey(app, "A001")) == 3


def looks(page: str) -> int:
    return page.split("Looked up by")[1].count("<li>")


def test_a_number_that_a_false_day_changed_is_followed_both_ways(app: LocalApp) -> None:
    """Somebody came on the day that was taken back, as A001, and goes on as A002."""
    app.perform(OpenCounter("3", "thu", ("A01",)))
    app.take("A01")
    app.clock.advance(24 * 3600)
    turn_day(app)
    assert app.take("A01") == "A001"
    app.clock.advance(300)
    assert app.post("minh", "/reports/days/2026-03-03/returns").status_code == 303
    for number in ("A001", "A002"):
        app.clock.advance(60)
        app.perform(CallNext("3"))
        app.perform(StartServing("3", number))
        app.perform(Finish("3", number))
    went_on = "The turn of the day was taken back. The number is A002 from here on."
    of_false_day = app.get("minh", "/reports/ticket?number=A001&day=2026-03-03&language=en").text
    for told in (journey(app, "A002"), of_false_day):
        order = [told.index(part) for part in ("Took the number for", went_on, "Finished at")]
        assert order == sorted(order)
        assert told.count("Took the number for") == 1
    first = journey(app, "A001")
    assert went_on not in first
    assert first.count("Took the number for") == 1


def test_only_the_head_and_the_administrator_look_and_only_in_their_branch(app: LocalApp) -> None:
    app.take("A01")
    path = f"/reports/ticket?number=A001&day={DAY}"
    answers = {who: app.get(who, path).status_code for who in ("minh", "ada", "lan", "thu")}
    assert answers == {"minh": 200, "ada": 200, "lan": 403, "thu": 403}
    assert "Nobody had this number" in app.get("quan", path + "&language=en").text


def test_names_are_for_the_head(app: LocalApp) -> None:
    thu = app.signed_in("thu")
    thu.post("/counter/openings", counter="3", service="A01")
    app.take("A01")
    thu.post("/counter/calls", counter="3")
    assert "a colleague" in journey(app, "A001", "ada")
    assert "a colleague" not in journey(app, "A001", "minh")


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
@pytest.mark.parametrize("query", ["", "?number=A001", "?day=nonsense&number=A001", "?day="])
def test_the_empty_form_is_shown_in_each_language(app: LocalApp, query: str, language: str) -> None:
    sign = "&" if query else "?"
    answer = app.get("minh", f"/reports/ticket{query}{sign}language={language}")
    assert answer.status_code == 200
    assert 'name="number"' in answer.text


@pytest.mark.parametrize("language", ["zh", "vi"])
def test_the_journey_is_told_in_each_language(app: LocalApp, language: str) -> None:
    a_long_way(app)
    told = journey(app, "A001", language=language)
    assert {"zh": "号窗口", "vi": "quầy 3"}[language] in told
    assert "Called to" not in told
