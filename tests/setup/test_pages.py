"""The page of a branch's set-up: limits, promised waits, closed days, changed while it serves."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lobby.queueing.commands.command import OpenDay
from lobby.setup.changes import value_at
from lobby.triage.profile import LimitName
from tests.app.app import LocalApp
from tests.setup.demo import A_WEEK_S, CASH_LIMIT, NEXT_MONDAY, TODAY, held, open_demo, versions
from tests.store.office import until


def form_of(app: LocalApp, who: str = "minh") -> dict[str, str]:
    """What the page would send if nothing were typed."""
    page = app.get(who, "/setup").text
    inputs = re.findall(r'<input(?=[^>]*name="(\w+)")(?=[^>]*value="([^"]*)")[^>]*>', page)
    chosen = re.search(r'<option value="(\w+)" selected', page.split('name="dial"')[1])
    assert chosen
    return dict(inputs) | {"dial": chosen[1]}


def sent(app: LocalApp, who: str = "minh", **typed: str) -> Any:
    form = form_of(app, who) | {name: value for name, value in typed.items() if name != "since"}
    form["from"] = typed.get("since", NEXT_MONDAY.isoformat())
    return app.post(who, "/setup", **form)


def cash_limit(app: LocalApp) -> int:
    catalogue = app.services.catalogues["riverside"]
    return catalogue.profile_named(day=app.hall.day).amounts[LimitName.CASH]


def test_a_limit_for_next_monday_holds_from_next_monday(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        assert sent(app, limit_cash="30,000", reason="New tariff").status_code == 303
        assert cash_limit(app) == 20_000
        page = app.get("minh", "/setup").text
        assert "¥20,000 → ¥30,000" in page and "New tariff" in page and "Coming" in page
        app.clock.advance(A_WEEK_S)
        app.perform(OpenDay())
        assert app.hall.day == NEXT_MONDAY
        app.run(until, lambda: cash_limit(app) == 30_000)
        assert 'value="30000"' in app.get("minh", "/setup").text


def test_a_change_for_today_holds_at_once_and_is_taken_back(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        answer = sent(app, promise_regular="15", since=TODAY.isoformat())
        assert answer.status_code == 303
        [version] = versions(app)[1:]
        assert held(app, TODAY).tree["rules"][0]["promises"]["regular"]["within_min"] == 15
        back = app.post("minh", f"/setup/{version.id}/take-back", branch="riverside")
        assert back.status_code == 303
        assert held(app, TODAY).tree["rules"][0]["promises"]["regular"]["within_min"] == 20
        assert "Taken back" in app.get("minh", "/setup").text


def test_a_later_change_leaves_alone_what_comes_before_it(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        assert sent(app, limit_cash="30000").status_code == 303
        later = NEXT_MONDAY + timedelta(days=1)
        assert sent(app, promise_urgent="8", since=later.isoformat()).status_code == 303
        tree = held(app, later).tree
        assert value_at(tree, CASH_LIMIT) == 30_000
        assert tree["rules"][0]["promises"]["urgent"]["within_min"] == 8


def test_a_closed_day_comes_and_goes(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        closed = TODAY + timedelta(days=3)
        assert sent(app, closed=closed.isoformat(), since=TODAY.isoformat()).status_code == 303
        assert "Closed on Thursday" in app.get("minh", "/setup").text
        days = held(app, closed).tree["hours"]["special_days"]
        assert [(each["day"], each["open"]) for each in days] == [(closed, [])]
        again = {"open_again": closed.isoformat(), "since": TODAY.isoformat()}
        assert f'name="open_again" value="{closed}"' in app.get("minh", "/setup").text
        assert sent(app, **again).status_code == 303
        assert held(app, closed).tree["hours"]["special_days"] == []


def test_a_day_that_will_be_closed_is_listed_before_the_change_begins(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        closed = NEXT_MONDAY + timedelta(days=2)
        assert sent(app, closed=closed.isoformat()).status_code == 303
        assert f'name="open_again" value="{closed}"' in app.get("minh", "/setup").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"limit_cash": "twenty"}, "Please type a whole number."),
        ({"promise_regular": ""}, "Please type a whole number."),
        ({"promise_regular": "0"}, "This cannot be so. Nothing was changed."),
        ({"since": "2026-02-27", "limit_cash": "1000"}, "A day that is over cannot be changed."),
        ({"since": "soon"}, "Please choose a day."),
        ({"closed": "soon"}, "Please choose a day."),
        ({}, "Nothing would change"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    tmp_path: Path, typed: dict[str, str], sentence: str
) -> None:
    with open_demo(tmp_path) as app:
        answer = sent(app, reason="Why not", **typed)
        assert answer.status_code == 422
        assert sentence in answer.text and "Why not" in answer.text
        assert versions(app)[1:] == []


def test_what_the_reader_does_not_take_is_said_at_its_field_in_the_persons_language(
    tmp_path: Path,
) -> None:
    with open_demo(tmp_path) as app:
        form = form_of(app) | {"promise_regular": "0", "from": NEXT_MONDAY.isoformat()}
        page = app.post("minh", "/setup?language=zh", **form).text
        problem = page.split('id="promise_regular-problem"')[1].split("</span>")[0]
        assert "请填写 0.1 到 480 之间的数" in problem


def test_the_second_of_two_is_shown_what_the_first_did_and_loses_nothing(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        old = form_of(app, "ada")
        assert sent(app, limit_cash="30000").status_code == 303
        late = old | {"limit_cash": "40000", "from": NEXT_MONDAY.isoformat()}
        answer = app.post("ada", "/setup", **late)
        assert answer.status_code == 422
        assert "Somebody else has changed this meanwhile." in answer.text
        assert 'value="40000"' in answer.text
        seen = re.search(r'name="seen" value="(-?\d+)"', answer.text)
        assert seen
        again = app.post("ada", "/setup", **(late | {"seen": seen[1]}))
        assert again.status_code == 303


@pytest.mark.parametrize(
    ("who", "status"), [("thu", 403), ("lan", 403), ("minh", 200), ("ada", 200)]
)
def test_only_heads_and_administrators_set_up(tmp_path: Path, who: str, status: int) -> None:
    with open_demo(tmp_path) as app:
        assert app.get(who, "/setup").status_code == status
        posted = app.post(who, "/setup", since="x")
        assert posted.status_code == (422 if status == 200 else 403)
        assert app.get(who, "/setup?branch=elsewhere").status_code in {403, 404}
