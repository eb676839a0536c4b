"""The past of the demo's branch: days as its acts would have left them, with a bad month and a
change of rules, and every page of reports shows it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.console.arguments import parser
from lobby.console.demo_history import write_history
from lobby.console.demo_setup import set_up_demo
from lobby.demo.history import BAD_MONTH_BACK, RULES_CHANGED_BACK, DayOfPast, days_of_past
from lobby.demo.history_day import past_day
from lobby.demo.history_line import LineOfDay
from lobby.demo.history_people import guests_of
from lobby.demo.scenario import seats_of
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import TicketState
from lobby.store.engine import reading_engine
from lobby.store.past_rows import PastDay
from lobby.store.plan_changes import Changed, plan_changes
from lobby.store.rollups import days_rolled_up

SET_UP = read_branch_file(DEMO)
PLAN, CATALOGUE = SET_UP.plan, SET_UP.catalogue
SEATS = seats_of(PLAN, ("1", "2", "3", "4"))
TODAY = date(2026, 3, 2)
YEAR = list(days_of_past(PLAN, CATALOGUE, TODAY, 365))


def day_at(index: int) -> PastDay:
    return past_day(YEAR[index], CATALOGUE, SEATS, 1)


def test_the_year_has_open_days_alone_up_to_yesterday() -> None:
    days = [each.day for each in YEAR]
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert TODAY - timedelta(days=365) <= days[0] < days[-1] < TODAY
    assert 200 < len(days) <= 261


def test_it_has_a_bad_month_and_a_change_of_rules() -> None:
    bad = {(each.day.year, each.day.month) for each in YEAR if each.missing}
    assert bad == {(2025, 12)}, f"{BAD_MONTH_BACK} months before the first of March"
    now = PLAN.calling.promise(Priority.REGULAR).within_min
    promises = [each.plan.calling.promise(Priority.REGULAR).within_min for each in YEAR]
    changed = TODAY - timedelta(days=RULES_CHANGED_BACK)
    assert set(promises) == {now, round(1.5 * now)}
    assert all((each.day >= changed) is (p == now) for each, p in zip(YEAR, promises, strict=True))


def test_it_has_seasons() -> None:
    def usual(*months: int) -> float:
        loads = [each.load for each in YEAR if each.day.month in months and not each.missing]
        return sum(loads) / len(loads)

    assert usual(1) > usual(7, 8)


def test_a_counter_serves_one_at_a_time_and_only_its_own() -> None:
    line = LineOfDay(YEAR[5], list(guests_of(YEAR[5], CATALOGUE, 4, 1)), SEATS, Random(1))
    line.play()
    for seat in SEATS:
        own = [
            (outcome.called_at, outcome.ended_at, guest.service)
            for guest, outcome in zip(line.guests, line.outcomes, strict=True)
            if outcome.counter == seat.counter and outcome.called_at and outcome.ended_at
        ]
        own.sort()
        assert len(own) > 10
        assert all(first[1] <= second[0] for first, second in pairwise(own))
        assert {service for _called, _ended, service in own} <= set(seat.services)


def test_nobody_is_passed_more_often_than_the_rule_allows_while_there_is_another() -> None:
    line = LineOfDay(YEAR[5], list(guests_of(YEAR[5], CATALOGUE, 4, 1)), SEATS, Random(1))
    line.play()
    passed = [each.overtakes for each in line.outcomes]
    assert max(passed) > 0
    assert max(passed) <= PLAN.calling.overtakes_max + len(SEATS)


def test_its_rows_tell_one_story() -> None:
    past = day_at(5)
    assert len({visit.number for visit in past.visits}) == len(past.visits) > 100
    assert len(set(past.secrets)) == len(past.visits)
    served = [visit for visit in past.visits if visit.state is TicketState.FINISHED]
    assert {each.number for each in past.stretches} == {visit.number for visit in served}
    for visit in served:
        assert visit.started_at and visit.ended_at and visit.first_called_at
        assert visit.taken_at <= visit.first_called_at < visit.started_at < visit.ended_at
    for visit in past.visits:
        assert (visit.machine is not None) is (visit.accepted_at is not None)
        assert visit.eligible or visit.machine is None
    states = {visit.state for visit in past.visits}
    assert states >= {TicketState.FINISHED, TicketState.CANCELLED, TicketState.DONE_AT_MACHINE}


def test_the_same_seed_makes_the_same_day() -> None:
    assert day_at(7).visits == day_at(7).visits
    assert past_day(YEAR[7], CATALOGUE, SEATS, 2).visits != day_at(7).visits


def test_a_branch_without_a_catalogue_or_with_one_teller_has_a_past_too() -> None:
    alone: DayOfPast = next(days_of_past(PLAN, None, TODAY, 7))
    past = past_day(alone, None, SEATS[-1:], 1)
    assert past.visits
    assert not any(visit.rule or visit.machine for visit in past.visits)
    assert {each.counter for each in past.sittings} == {SEATS[-1].counter}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    database = tmp_path_factory.mktemp("history") / "demo.db"
    demo = set_up_demo(database, SET_UP)
    changed = TODAY - timedelta(days=RULES_CHANGED_BACK)
    assert write_history(database, SET_UP, demo, before=changed + timedelta(days=3), days=8, seed=1)
    engine = reading_engine(database)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_each_day_is_rolled_up_and_keeps_its_plan(filled: Connection) -> None:
    days = days_rolled_up(filled, [PLAN.id], date.min, date.max)[PLAN.id]
    assert len(days) >= 5
    assert all(tally["served"] > 50 and tally["told"] > 50 for tally in days.values())
    assert all(tally["completed"] and tally["signed_in_us"] for tally in days.values())
    changes: list[Changed] = [
        each.what for each in plan_changes(filled, PLAN.id, date(2000, 1, 1), TODAY)
    ]
    assert set(changes) <= {Changed.PROMISES, Changed.CATALOGUE}


@pytest.mark.parametrize(
    ("days", "error"),
    [
        ("-1", "-1 is no number of days from 0 to 730"),
        ("731", "731 is no number of days from 0 to 730"),
        ("a year", "a year is no number of days from 0 to 730"),
        ("", " is no number of days from 0 to 730"),
    ],
)
def test_it_says_what_a_number_of_days_is(
    days: str, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["demo", f"--history={days}"])
    assert ended.value.code == 2
    assert error in capsys.readouterr().err
