"""What a branch is set up to do changes from a day on, while it is open; nothing is forgotten."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from lobby.queueing.commands.command import OpenDay
from lobby.queueing.commands.counter import OpenCounter
from lobby.setup.changes import ABSENT
from lobby.setup.refusals import (
    ChangedMeanwhileError,
    Problem,
    SetUpRefusedError,
    WrongSetUpError,
)
from lobby.store.day_plans import day_plan
from lobby.triage.profile import LimitName
from tests.app.app import LocalApp
from tests.app.people import MORNING
from tests.setup.demo import (
    A_WEEK_S,
    CASH_LIMIT,
    NEXT_MONDAY,
    TODAY,
    change,
    held,
    open_demo,
    versions,
    wish,
)
from tests.store.office import until

TARGET = ("branch", "target_min")
TO_10 = (TARGET, 10)
WITHOUT_B01 = (("services", "B01", "offered"), False)
NO_COUNTER_6 = (("branch", "counters"), ["1", "2", "3", "4", "5"])


def cash_limit(app: LocalApp) -> int:
    catalogue = app.services.catalogues["riverside"]
    profile = catalogue.profile_named(day=app.hall.day)
    return profile.amounts[LimitName.CASH]


def refused(app: LocalApp, wanted: Any, problem: Problem) -> str:
    before = len(versions(app))
    with pytest.raises(SetUpRefusedError) as told:
        change(app, wanted)
    assert told.value.problem is problem
    assert len(versions(app)) == before
    return str(told.value)


def turn_of_the_day(app: LocalApp) -> None:
    """Until what belongs to the day beside its hall is there too."""
    was = app.services.catalogues["riverside"]
    app.perform(OpenDay())
    app.run(partial(until, lambda: app.services.catalogues["riverside"] is not was))


def test_it_holds_from_its_day_on_and_not_before(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        app.take()
        change(app, wish(TO_10, (CASH_LIMIT, 30_000), day=NEXT_MONDAY))
        assert (app.riverside.plan.target_min, cash_limit(app)) == (20, 20_000)
        app.clock.advance(A_WEEK_S - 24 * 3600)
        turn_of_the_day(app)
        assert (app.riverside.plan.target_min, cash_limit(app)) == (20, 20_000)
        app.clock.advance(24 * 3600)
        turn_of_the_day(app)
        assert (app.riverside.plan.target_min, cash_limit(app)) == (10, 30_000)
    with open_demo(tmp_path, MORNING + timedelta(days=7, hours=1)) as app:
        assert (app.riverside.plan.target_min, cash_limit(app)) == (10, 30_000)


def test_the_days_before_keep_what_they_ran_by(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        app.take()
        change(app, wish(TO_10, day=NEXT_MONDAY))
        app.clock.advance(A_WEEK_S)
        turn_of_the_day(app)

        def on(day: Any) -> float:
            read = app.services.store.read_now
            return read(lambda c: day_plan(c, app.riverside.plan, day)).plan.target_min

        assert (on(TODAY), on(NEXT_MONDAY)) == (20, 10)


def test_today_it_holds_at_once_also_after_a_restart(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        app.take()
        change(app, wish(TO_10, (CASH_LIMIT, 30_000), NO_COUNTER_6))
        assert (app.riverside.plan.target_min, cash_limit(app)) == (10, 30_000)
        assert "6" not in app.hall.counters
        before = app.hall
    with open_demo(tmp_path, MORNING + timedelta(hours=1)) as app:
        assert app.hall == before
        assert cash_limit(app) == 30_000


def test_it_is_adopted_before_the_first_decision_of_its_day(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        app.take()
        change(app, wish((("services", "B01", "prefix"), "Q"), day=TODAY + timedelta(days=1)))
        assert app.take("B01") == "B001"
        app.clock.advance(24 * 3600)
        assert app.take("B01") == "Q001"


def test_nobody_who_waits_loses_the_service(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        app.take_together("B01", "B01")
        said = refused(app, wish(WITHOUT_B01), Problem.SERVICES_WAITED_FOR)
        assert "B01: 2" in said and "tomorrow" in said
        change(app, wish(WITHOUT_B01, day=TODAY + timedelta(days=1)))
        assert "B01" in app.riverside.plan.services


def test_an_open_counter_is_not_taken_away(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        app.perform(OpenCounter("6", app.id_of("thu"), ("A01",)))
        assert "(6)" in refused(app, wish(NO_COUNTER_6), Problem.COUNTERS_OPEN)


def test_a_day_that_is_over_and_one_far_away_are_refused(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        yesterday = TODAY - timedelta(days=1)
        assert str(TODAY) in refused(app, wish(TO_10, day=yesterday), Problem.PAST)
        refused(app, wish(TO_10, day=TODAY.replace(year=2036)), Problem.TOO_FAR)
        refused(app, wish((TARGET, 20)), Problem.NOTHING)
        refused(app, wish((("services", "Z9", "pool"), "cash")), Problem.NO_PLACE)


def test_what_cannot_be_read_is_refused_with_all_its_mistakes(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        wanted = wish((TARGET, -5), (("services", "A04", "minutes"), 0), (("routine",), []))
        with pytest.raises(WrongSetUpError) as told:
            change(app, wanted)
        paths = {mistake.path for mistake in told.value.mistakes}
        assert paths == {TARGET, ("services", "A04", "minutes"), ("routine",)}
        assert app.riverside.plan.target_min == 20


def test_a_change_is_taken_back_and_stays_in_the_record(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        app.take()
        change(app, wish(TO_10, reason="too slow"))
        (_, kept) = versions(app)
        assert (kept.reason, kept.actor, kept.at) == ("too slow", "staff/5", app.clock.now())
        change(app, wish(takes_back=kept.id))
        assert app.riverside.plan.target_min == 20
        assert [each.id for each in versions(app)] == [1, 2, 3]
        refused(app, wish(takes_back=kept.id), Problem.GONE)
        refused(app, wish(takes_back=1), Problem.GONE)


def test_what_is_to_come_is_taken_back_before_it_comes(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        app.take()
        change(app, wish(TO_10, day=NEXT_MONDAY))
        change(app, wish(takes_back=2))
        app.clock.advance(A_WEEK_S)
        turn_of_the_day(app)
        assert app.riverside.plan.target_min == 20


def test_what_rests_on_a_change_keeps_it_from_being_taken_back(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        extra = {"day": NEXT_MONDAY, "until": NEXT_MONDAY, "open": []}
        name = ("hours", "special_days", str(NEXT_MONDAY))
        change(app, wish((name, extra)))
        change(app, wish(((*name, "names"), {"en": "Feast", "zh": "节", "vi": "Lễ"})))
        refused(app, wish(takes_back=2), Problem.NO_PLACE)
        change(app, wish(takes_back=3))
        change(app, wish(takes_back=2))
        assert held(app, TODAY).set_up.catalogue.special_days == ()


def test_two_changes_for_different_days_both_hold(tmp_path: Path) -> None:
    """Written in the other order: the later day's does not forget the earlier's."""
    with open_demo(tmp_path) as app:
        app.take()
        change(app, wish((CASH_LIMIT, 30_000), day=NEXT_MONDAY))
        change(app, wish(TO_10, day=TODAY + timedelta(days=1)))
        app.clock.advance(A_WEEK_S)
        turn_of_the_day(app)
        assert (app.riverside.plan.target_min, cash_limit(app)) == (10, 30_000)


def test_who_has_not_seen_another_ones_change_is_told(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        seen = versions(app)[-1].id
        change(app, wish(TO_10, seen=seen, about=(TARGET,)))
        with pytest.raises(ChangedMeanwhileError) as told:
            change(app, wish((TARGET, 15), seen=seen, about=(TARGET,)))
        assert [each.id for each in told.value.versions] == [2]
        change(app, wish((CASH_LIMIT, 30_000), seen=seen, about=(CASH_LIMIT,)))
        change(app, wish((TARGET, 15), seen=3, about=(TARGET,)))
        assert held(app, TODAY).set_up.plan.target_min == 15


def test_rules_with_days_of_their_own_keep_them(tmp_path: Path) -> None:
    """A set of rules in the tree that begins later is adopted on its day."""
    with open_demo(tmp_path) as app:
        app.take()
        later = {"valid_from": NEXT_MONDAY, "grace_s": 90}
        change(app, wish((("rules", str(NEXT_MONDAY)), later)))
        assert app.riverside.plan.counter_policy.grace_s == 45
        app.clock.advance(A_WEEK_S)
        turn_of_the_day(app)
        assert app.riverside.plan.counter_policy.grace_s == 90


def test_a_branch_without_a_catalogue_is_told_so(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app, pytest.raises(SetUpRefusedError) as told:
        app.run(app.services.set_up.held, app.harbour.plan, TODAY)
    assert told.value.problem is Problem.NO_CATALOGUE


def test_a_service_may_be_removed_whole(tmp_path: Path) -> None:
    with open_demo(tmp_path) as app:
        routine = [code for code in held(app, TODAY).tree["routine"] if code != "B01"]
        change(app, wish((("services", "B01"), ABSENT), (("routine",), routine)))
        assert "B01" not in held(app, TODAY).set_up.catalogue.services
