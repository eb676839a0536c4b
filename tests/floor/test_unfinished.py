"""What somebody took and left: open again by itself, first among its equals, with who had it."""

import pytest

from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.ticket import SetCallModes
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.help import HandBackReason, HelpKind
from lobby.store.people import deactivate
from tests.app.app import LocalApp
from tests.floor.caring import read
from tests.floor.test_duty import DUTY, on_duty, sounds
from tests.floor.test_hall import page, text
from tests.floor.test_help import call, go, only_call

LEAVING, ENDS = f"{DUTY}/leaving", f"{DUTY}/ends"


def check(door: LocalApp) -> None:
    """What the house does by itself every twenty seconds."""
    door.run(door.services.days.check, door.riverside)


def take_one(door: LocalApp, kind: HelpKind = HelpKind.HELP, by: str = "lan") -> int:
    help_id = call(door, kind, place="Seats")
    door.post(by, go(help_id))
    return help_id


def fetch_card(door: LocalApp) -> None:
    door.perform(OpenCounter("1", door.id_of("thu"), ("A01",)))
    door.take("A01")
    door.perform(SetCallModes("A001", (CallMode.FETCH,)))
    door.perform(CallNext("1"))


def go_and_fetch(door: LocalApp, person: str) -> int:
    fields = {"number": "A001", "from": "seats", "to": "counter/1", "back": "/"}
    assert door.post(person, "/floor/escorts", **fields).status_code == 303
    return door.hall.escorts[0].id


@pytest.mark.parametrize(
    ("kind", "minutes"),
    [(HelpKind.HELP, 5), (HelpKind.WAIT, 5), (HelpKind.STUCK, 10), (HelpKind.RISK, 15)],
)
def test_it_takes_a_card_back_that_has_no_outcome_in_time(
    door: LocalApp, kind: HelpKind, minutes: int
) -> None:
    take_one(door, kind)
    door.clock.advance(minutes * 60 - 1)
    check(door)
    assert only_call(door).taken_by == door.id_of("lan")
    door.clock.advance(1)
    check(door)
    assert only_call(door).taken_by is None
    assert "Lan had it since 09:00, without an outcome" in text(page(door))
    assert "On my way" in door.get("minh", "/floor").text


def test_it_leaves_other_cards_with_who_took_them(door: LocalApp) -> None:
    take_one(door, HelpKind.COMPLAINT)
    door.clock.advance(8 * 3600)
    check(door)
    assert only_call(door).taken_by == door.id_of("lan")


def test_what_came_back_stands_before_its_equals_and_sounds_again(door: LocalApp) -> None:
    call(door, HelpKind.STUCK, place="Entrance")
    take_one(door, HelpKind.STUCK)
    on_duty(door, "minh")
    assert not sounds(door, "minh")
    door.clock.advance(10 * 60)
    check(door)
    html = door.get("minh", "/floor").text
    assert html.index("<strong>Seats") < html.index("<strong>Entrance")
    assert sounds(door, "minh")


def test_it_asks_who_left_a_card_only_while_there_is_nobody_else(door: LocalApp) -> None:
    on_duty(door, "lan", "minh")
    take_one(door)
    door.clock.advance(5 * 60)
    check(door)
    assert (sounds(door, "lan"), sounds(door, "minh")) == (False, True)


def test_leaving_duty_asks_on_one_page_about_all_that_is_open(busy: LocalApp) -> None:
    on_duty(busy, "lan", "minh")
    help_id = take_one(busy)
    walk = {"number": "A004", "from": "seats", "to": "counter/2"}
    busy.post("lan", "/floor/escorts", **walk)
    busy.post("lan", "/floor/amenities", kind="umbrella", detail="", total="2")
    busy.post("lan", "/floor/amenities/loans", amenity="1", number="F001")
    assert f'href="{LEAVING}"' in busy.get("lan", DUTY).text
    html = busy.get("lan", LEAVING).text
    said = text(html)
    assert "Needs help Seats" in said
    assert "Escort A\u200a004 · Seats → Counter 2" in said
    assert "Umbrella F\u200a001" in said
    for name in (f"to-{help_id}", f"to-{busy.hall.escorts[0].id}", "loan-1"):
        assert f'name="{name}" value="{busy.id_of("minh")}"' in html
    assert "Nothing of yours is open." in text(busy.get("minh", LEAVING).text)


def test_what_is_handed_over_is_the_colleagues_from_then_on(busy: LocalApp) -> None:
    on_duty(busy, "lan", "minh")
    help_id = take_one(busy)
    busy.post("lan", "/floor/escorts", **{"number": "A004", "from": "seats", "to": "counter/2"})
    escort_id = busy.hall.escorts[0].id
    busy.post("lan", "/floor/amenities", kind="umbrella", detail="", total="2")
    busy.post("lan", "/floor/amenities/loans", amenity="1", number="F001")
    minh = busy.id_of("minh")
    chosen = {f"to-{help_id}": minh, f"to-{escort_id}": minh, "loan-1": minh}
    for _ in "ab":
        assert busy.post("lan", ENDS, **chosen, key="once").status_code == 303
    assert only_call(busy).taken_by == minh
    assert [(walk.staff, walk.ticket) for walk in busy.hall.escorts] == [(minh, "A004")]
    assert "F\u200a001 · since 09:00 · Minh" in read(busy, "/floor/amenities", "minh")
    assert "You are on it" in busy.get("minh", "/floor").text


def test_what_nobody_takes_is_open_to_everybody_when_its_taker_leaves(door: LocalApp) -> None:
    on_duty(door, "lan", "minh")
    take_one(door)
    fetch_card(door)
    go_and_fetch(door, "lan")
    door.post("lan", ENDS)
    assert only_call(door).taken_by is None
    assert door.hall.escorts == ()
    said = text(door.get("minh", "/floor").text)
    assert "Lan had it since 09:00 and has left lobby duty" in said
    assert "Lan had it since 09:00 and gave it back" in said


def test_a_lent_thing_that_is_back_is_said_to_be_on_the_same_page(busy: LocalApp) -> None:
    on_duty(busy, "lan")
    busy.post("lan", "/floor/amenities", kind="umbrella", detail="", total="2")
    busy.post("lan", "/floor/amenities/loans", amenity="1", number="F001")
    busy.post("lan", ENDS, **{"loan-1": "back"})
    assert "F\u200a001 · since" not in read(busy, "/floor/amenities", "minh")


def test_nothing_is_handed_to_who_is_not_on_duty(door: LocalApp) -> None:
    on_duty(door, "lan")
    help_id = take_one(door)
    door.post("lan", ENDS, **{f"to-{help_id}": door.id_of("minh")})
    assert only_call(door).taken_by is None
    assert door.hall.duty == {}


def test_signing_out_gives_everything_back(door: LocalApp) -> None:
    on_duty(door, "lan", "minh")
    take_one(door)
    fetch_card(door)
    go_and_fetch(door, "lan")
    door.post("lan", "/sign-out")
    check(door)
    assert only_call(door).back_reason is HandBackReason.SIGNED_OUT
    assert door.hall.escorts == ()
    assert list(door.hall.duty) == [door.id_of("minh")]
    assert "Lan had it since 09:00 and has signed out" in text(door.get("minh", "/floor").text)


def test_signing_out_of_one_of_two_browsers_gives_nothing_back(door: LocalApp) -> None:
    take_one(door)
    door.signed_in("lan").post("/sign-out")
    check(door)
    assert only_call(door).taken_by == door.id_of("lan")


def test_who_is_removed_keeps_no_card(door: LocalApp) -> None:
    on_duty(door, "lan")
    take_one(door)
    lan = int(door.id_of("lan"))
    door.run(door.services.store.write, lambda connection: deactivate(connection, lan))
    check(door)
    assert only_call(door).back_reason is HandBackReason.REMOVED
    assert door.hall.duty == {}
    assert "no longer works here" in text(door.get("minh", "/floor").text)


def test_a_fetch_card_that_nobody_takes_goes_to_the_next_after_a_minute(door: LocalApp) -> None:
    on_duty(door, "lan", "minh")
    fetch_card(door)
    assert (sounds(door, "lan"), sounds(door, "minh")) == (True, False)
    door.clock.advance(60)
    assert (sounds(door, "lan"), sounds(door, "minh")) == (False, True)
    assert "now with you" in text(door.get("minh", "/floor").text)
    assert "now with Minh" in text(page(door))


def test_a_customer_who_is_not_brought_in_time_is_to_be_fetched_by_others(door: LocalApp) -> None:
    on_duty(door, "lan", "minh")
    fetch_card(door)
    go_and_fetch(door, "lan")
    assert not sounds(door, "minh")
    door.clock.advance(5 * 60)
    check(door)
    assert sounds(door, "minh")
    assert "Lan had it since 09:00" in text(door.get("minh", "/floor").text)
    go_and_fetch(door, "minh")
    assert "had it since" not in text(page(door))
