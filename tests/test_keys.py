"""Each actor has keys of their own: nobody uses up another's, or those of the house itself."""

from datetime import timedelta

import pytest

from lobby.branch import Actor, ActorKind, Branch
from lobby.days.service import DAY_TASK
from lobby.floor.alerts.alerts import SYSTEM_ACTOR, alert_key
from lobby.queueing.commands.command import Command, OpenDay
from lobby.queueing.commands.ticket import TakeTicket
from lobby.settings import Database
from lobby.store.devices import DeviceKind
from lobby.store.tables import ACTS
from tests.app.app import LocalApp
from tests.store.office import KIOSK, THU, Office, in_office, number_of

A_DAY = timedelta(days=1)


def secret_of(door: LocalApp) -> str:
    door.paired(DeviceKind.KIOSK).post_json("/kiosk/tickets", service="A01", language="vi")
    return door.riverside.hall.tickets["A001"].secret


def test_a_customer_cannot_use_up_the_key_of_the_new_day(door: LocalApp) -> None:
    secret = secret_of(door)
    tomorrow = door.riverside.plan.business_day(door.clock.now()) + A_DAY
    answer = door.stranger().post(f"/t/{secret}/help", key=f"day-{tomorrow}")
    assert answer.status_code == 303
    door.stranger().post(f"/t/{secret}/cancellations", key="leave")
    door.clock.advance(A_DAY.total_seconds())
    door.run(door.services.days.check, door.riverside)
    assert door.riverside.hall.day == tomorrow


def test_a_customer_cannot_use_up_the_key_of_an_alert(door: LocalApp) -> None:
    secret = secret_of(door)
    key = alert_key(door.riverside.hall, "wait-A001-critical")
    assert door.stranger().post(f"/t/{secret}/help", key=key).status_code == 303
    assert not door.riverside.has_done(SYSTEM_ACTOR, key)


def test_one_key_of_two_actors_is_two_acts(database: Database) -> None:
    async def scenario(office: Office) -> None:
        first = await office.act(TakeTicket("A01", "vi", "one"), "tap", actor=KIOSK)
        second = await office.act(TakeTicket("A01", "vi", "two"), "tap", actor=THU)
        assert [number_of(first), number_of(second)] == ["A001", "A002"]
        again = await office.act(TakeTicket("A01", "vi", "one"), "tap", actor=KIOSK)
        assert number_of(again) == "A001" and again.repeated

    in_office(database, scenario)


@pytest.mark.parametrize(
    "other", [Actor(ActorKind.CUSTOMER, "day"), Actor(ActorKind.SYSTEM, "da"), KIOSK]
)
def test_nobody_acts_under_the_key_of_another_kind(database: Database, other: Actor) -> None:
    async def scenario(office: Office) -> None:
        await office.act(TakeTicket("A01", "vi", "one"), "y", actor=other)
        assert office.riverside.has_done(other, "y")
        assert not office.riverside.has_done(DAY_TASK, "y")

    in_office(database, scenario)


def test_of_an_act_that_does_nothing_nothing_is_kept(door: LocalApp) -> None:
    """A language is chosen that the person has, a report says what is known: no row, no change."""
    before = door.services.store.read_now(lambda c: len(c.execute(ACTS.select()).all()))
    version = door.riverside.hall.version
    lan = door.signed_in("lan")
    for _ in range(3):
        lan.post("/floor/machines/M1/reports", state="up")
    after = door.services.store.read_now(lambda c: len(c.execute(ACTS.select()).all()))
    moved = door.riverside.hall.version - version
    assert after - before == min(moved, 1)


class Broken(Branch):
    async def perform(self, command: Command, actor: Actor, key: str) -> object:  # type: ignore[override]
        if isinstance(command, OpenDay):
            raise RuntimeError("a fault nobody thought of")
        return await super().perform(command, actor, key)


def test_one_branchs_fault_keeps_no_other_in_yesterday(door: LocalApp) -> None:
    secret = secret_of(door)
    door.stranger().post(f"/t/{secret}/cancellations", key="leave")
    yesterday = door.riverside.hall.day
    door.clock.advance(A_DAY.total_seconds())
    door.riverside.__class__ = Broken
    door.run(door.services.days.check, door.riverside)
    assert door.riverside.hall.day == yesterday
    door.riverside.__class__ = Branch
    door.run(door.services.days.check, door.riverside)
    assert door.riverside.hall.day != yesterday
