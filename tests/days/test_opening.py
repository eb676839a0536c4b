"""A day opens in one place, whoever opened it: its rules, its catalogue, and yesterday's keys."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.catalogue.serialise import to_json
from lobby.queueing.commands.command import OpenDay
from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.model.plan import CounterPolicy
from lobby.queueing.model.priority import CallingRule, Order
from lobby.settings import Database
from lobby.store.branch_rules import BranchRules, save_branch_rules
from lobby.store.catalogues import save_catalogue
from lobby.store.devices import DeviceKind
from lobby.store.tables import ACTS
from tests.app.app import LocalApp
from tests.store.office import Office, in_office, number_of, until

TOMORROW = date(2026, 3, 3)
A_DAY_S = 24 * 3600
NEW_RULES = BranchRules(
    CallingRule(order=Order.FIRST_COME),
    CounterPolicy(grace_s=90, auto_call=True),
)

Opener = Callable[[LocalApp], object]


def by_kiosk(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    kiosk.post_json("/kiosk/tickets", service="A01", language="vi")


def by_teller(door: LocalApp) -> None:
    door.signed_in("thu").post("/counter/openings", counter="1", service="A01")


def by_night(door: LocalApp) -> None:
    door.run(door.services.days.check, door.riverside)


def rules_and_catalogue(connection: Connection) -> None:
    save_branch_rules(connection, "riverside", NEW_RULES, TOMORROW)
    catalogue = read_catalogue(DEMO)
    for version, day in (("today", date(2026, 3, 2)), ("tomorrow", TOMORROW)):
        text = json.loads(to_json(catalogue)) | {"version": version, "valid_from": str(day)}
        save_catalogue(connection, "riverside", version, day, "test", json.dumps(text))


@pytest.mark.parametrize("opener", [by_kiosk, by_teller, by_night])
def test_the_rules_and_the_catalogue_of_a_day_hold_whoever_opened_it(
    door: LocalApp, opener: Opener
) -> None:
    door.run(door.services.store.write, rules_and_catalogue)
    door.perform(OpenDay())
    assert _order(door) is Order.RULE_A
    door.clock.advance(A_DAY_S)
    opener(door)
    assert door.hall.day == TOMORROW
    assert _order(door) is Order.FIRST_COME
    assert door.riverside.plan.counter_policy == NEW_RULES.counter_policy
    door.run(partial(until, lambda: _version(door) == "tomorrow"))


def _order(door: LocalApp) -> Order:
    return door.riverside.plan.calling.order


def _version(door: LocalApp) -> str:
    catalogue = door.services.catalogues.get("riverside")
    return catalogue.version if catalogue else ""


def test_the_very_first_decision_of_a_day_goes_by_its_rules(database: Database) -> None:
    """Tomorrow idle counters call by themselves: already whoever opens the day with a ticket is
    called, by a counter that opened it just before in the same commit."""

    async def scenario(office: Office) -> None:
        await office.act(OpenDay())
        await office.store.write(lambda c: save_branch_rules(c, "riverside", NEW_RULES, TOMORROW))
        office.clock.advance(A_DAY_S)
        opened, taken = await office.together(
            office.act(OpenCounter("1", "thu", ("A01",))), office.take()
        )
        assert number_of(taken) == "A001"
        assert office.riverside.hall.tickets["A001"].called_automatically
        assert opened.version < taken.version

    in_office(database, scenario)


def test_a_refused_act_leaves_yesterdays_rules_in_force(database: Database) -> None:
    """Who is served over midnight is called and served by the rules of the day that is open."""

    async def scenario(office: Office) -> None:
        await office.act(OpenCounter("1", "thu", ("A01",)))
        await office.take()
        await office.store.write(lambda c: save_branch_rules(c, "riverside", NEW_RULES, TOMORROW))
        office.clock.advance(A_DAY_S)
        await office.act(CallNext("1"))
        assert office.riverside.hall.day == TOMORROW - timedelta(days=1)
        assert office.riverside.plan.calling.order is Order.RULE_A

    in_office(database, scenario)


@pytest.mark.parametrize("opener", [by_kiosk, by_teller, by_night])
def test_old_keys_are_forgotten_whoever_opened_the_day(door: LocalApp, opener: Opener) -> None:
    def keys() -> set[str]:
        rows = door.services.store.read_now(lambda c: c.execute(ACTS.select()).all())
        return {row.key for row in rows}

    door.perform(OpenDay())
    first = keys()
    by_kiosk(door)
    for _ in range(2):
        door.clock.advance(A_DAY_S + 60)
        opener(door)
    door.run(partial(until, lambda: not first & keys()))
    assert keys()
