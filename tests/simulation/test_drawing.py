from dataclasses import asdict

import pytest

from lobby.catalogue.reading import DEMO, read_plan
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority
from lobby.simulation import demand
from lobby.simulation.parameters import CLASSES, World
from lobby.simulation.sampling import draw_day
from lobby.simulation.staffing import skills
from tests.app.people import plan
from tests.simulation.days import world


def test_it_draws_the_same_day_from_the_same_seed() -> None:
    assert draw_day(world(), 7, 3) == draw_day(world(), 7, 3)
    assert draw_day(world(), 7, 3).customers != draw_day(world(), 8, 3).customers
    assert draw_day(world(), 7, 3).customers != draw_day(world(), 7, 4).customers


def test_it_lets_people_come_while_the_branch_is_open_and_in_order() -> None:
    here = world()
    times = [customer.arrives_s for customer in draw_day(here, 1, 0).customers]
    assert times == sorted(times)
    assert here.opens_s <= times[0] and times[-1] <= here.closes_s


def test_it_brings_as_many_as_fill_the_counters_to_the_load() -> None:
    here = world(load=0.8)
    drawn = [draw_day(here, 1, ordinal) for ordinal in range(60)]
    busy_s = sum(c.job_s + c.walk_s + c.tidy_s for day in drawn for c in day.customers)
    away_s = here.lunch_s + here.pauses_a_day * here.pause_mean_s
    there_s = len(drawn) * len(here.plan.counters) * (here.open_s - away_s)
    assert busy_s / there_s == pytest.approx(0.8, abs=0.06)


def test_it_draws_every_kind_of_customer() -> None:
    drawn = [customer for at in range(20) for customer in draw_day(world(), 1, at).customers]
    assert {customer.priority for customer in drawn} == set(CLASSES)
    assert {customer.service for customer in drawn} == set(plan().services)
    booked = [customer for customer in drawn if customer.booked_s is not None]
    assert {customer.priority for customer in booked} == {Priority.APPOINTMENT}
    assert all(customer.promised_from_s >= customer.arrives_s for customer in drawn)
    for happens in ("interruption", "onward", "returns_after_s"):
        assert any(getattr(customer, happens) is not None for customer in drawn)
    assert any(not customer.comes for customer in drawn)


def test_it_asks_for_quick_jobs_more_often() -> None:
    shares = demand.shares(world())
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["A01"] > shares["A04"] > shares["B01"] > 0


def test_it_sends_tellers_to_lunch_one_after_the_other() -> None:
    lunches = [
        next(one for one in seat.breaks if one.is_planned) for seat in draw_day(world(), 1, 0).seats
    ]
    starts_s = [lunch.at_s for lunch in lunches]
    assert starts_s == sorted(set(starts_s))
    assert {lunch.minutes for lunch in lunches} == {40}


def one_counter() -> Plan:
    whole = plan()
    return Plan(
        whole.id,
        whole.names,
        whole.time_zone,
        whole.services,
        {"1": whole.counters["1"]},
    )


@pytest.mark.parametrize("branch", [plan(), read_plan(DEMO), one_counter()])
def test_it_leaves_no_service_without_a_counter(branch: Plan) -> None:
    skilled = skills(branch, demand.work(World(branch)))
    assert skilled.keys() == branch.counters.keys()
    assert set().union(*skilled.values()) == branch.services.keys()


def test_it_gives_counters_different_skills_that_overlap() -> None:
    branch = read_plan(DEMO)
    skilled = skills(branch, demand.work(World(branch)))
    assert len(set(skilled.values())) > 1
    for service in branch.services:
        assert sum(service in services for services in skilled.values()) >= 2


def test_it_gets_the_paces_wrong_only_where_that_is_asked_for() -> None:
    right = draw_day(world(), 1, 4).seats
    wrong = draw_day(World(plan(), pace_error=0.2), 1, 4).seats
    ratios = [b.pace / a.pace for a, b in zip(right, wrong, strict=True)]
    assert all(ratio == pytest.approx(0.8) or ratio == pytest.approx(1.2) for ratio in ratios)
    usual = draw_day(world(), 1, 5).seats
    assert [seat.pace for seat in usual] == [seat.pace for seat in right]


FROZEN = {
    "load": 0.85,
    "opens_s": 30_600.0,
    "closes_s": 61_200.0,
    "weekdays": (1.14, 1.0, 0.93, 0.93, 1.0),
    "day_spread": 0.2,
    "short_jobs": 1.3,
    "job_scv": 0.6,
    "walk_mean_s": 15.0,
    "tidy_mean_s": 25.0,
    "patience_mean_s": 9_000.0,
    "silent_share": 0.5,
    "no_show_share": 0.02,
    "back_share": 0.3,
    "back_mean_s": 180.0,
    "interrupted_share": 0.02,
    "interrupted_mean_s": 300.0,
    "onward_share": 0.02,
    "pace_spread": 0.1,
    "lunch_s": 2_400.0,
    "pauses_a_day": 3.0,
    "pause_mean_s": 360.0,
    "appointment_early_s": 300.0,
    "appointment_spread_s": 300.0,
    "by_hand_share": 0.0,
    "pace_error": 0.0,
}


def test_it_keeps_the_world_in_which_rules_have_been_compared() -> None:
    """Figures of two rules are worth comparing only in one world."""
    found = asdict(World(plan()))
    assert {name: found[name] for name in FROZEN} == FROZEN
    assert list(found["classes"].values()) == [0.73, 0.15, 0.07, 0.05]
    assert sum(found["profile"]) == pytest.approx(32.35)
