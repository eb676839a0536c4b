"""Rules that hold from a day on, medians from the branch's own servings, and adopting both."""

from datetime import date, timedelta

from lobby.queueing.commands.counter import CallNext, Finish, OpenCounter, StartServing
from lobby.queueing.model.plan import CounterPolicy
from lobby.queueing.model.priority import CallingRule
from lobby.settings import Database
from lobby.store.branch_rules import (
    BranchRules,
    branch_rules_on,
    save_branch_rules,
    typical_minutes,
)
from lobby.store.catalogue import load_plans
from tests.store.office import Office, in_office, number_of

MAY = date(2026, 5, 1)
STRICTER = BranchRules(CallingRule(overtakes_max=1), CounterPolicy(grace_s=90))


async def check_dates(office: Office) -> None:
    await office.store.write(lambda c: save_branch_rules(c, "riverside", STRICTER, MAY))
    day_before = MAY - timedelta(days=1)
    before = office.store.read_now(lambda c: branch_rules_on(c, "riverside", day_before))
    after = office.store.read_now(lambda c: branch_rules_on(c, "riverside", MAY))
    assert before == BranchRules()
    assert after == STRICTER
    harbour = office.store.read_now(lambda c: branch_rules_on(c, "harbour", MAY))
    assert harbour == BranchRules()


def test_rules_hold_from_their_day_on_and_for_their_branch(database: Database) -> None:
    in_office(database, check_dates)


async def check_medians(office: Office) -> None:
    branch = office.branches["riverside"]
    await office.act(OpenCounter("1", "thu", ("A01", "B01")))
    for _ in range(20):
        number = number_of(await office.take())
        await office.act(CallNext("1"))
        await office.act(StartServing("1", number))
        office.clock.advance(180)
        await office.act(Finish("1", number))
    today = branch.plan.business_day(office.clock.now())
    tomorrow = today + timedelta(days=1)
    measured = office.store.read_now(lambda c: typical_minutes(c, "riverside", tomorrow))
    assert measured == {"A01": 3.0}
    assert office.store.read_now(lambda c: typical_minutes(c, "riverside", today)) == {}
    later = office.clock.now() + timedelta(days=1)
    plans = {plan.id: plan for plan in office.store.read_now(lambda c: load_plans(c, later))}
    assert plans["riverside"].calling.typical_min == {"A01": 3.0}
    assert plans["harbour"].calling.typical_min == {}


def test_quickness_comes_from_measured_medians_of_days_that_are_over(database: Database) -> None:
    in_office(database, check_medians)
