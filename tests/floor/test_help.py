"""Who calls for somebody: on the tablet first, answered by one person, ended by what came of it."""

import re

import pytest

from lobby.floor.help_cards import CARDS_MAX
from lobby.floor.words import OUTCOMES
from lobby.queueing import commands as do
from lobby.queueing.help import HelpCall, HelpKind
from tests.floor.test_hall import page, text
from tests.office import FrontDoor

KIOSK = "Kiosk at the entrance"


def call(door: FrontDoor, kind: HelpKind = HelpKind.HELP, **more: str) -> int:
    door.perform(do.CallColleague(kind, more.get("place", KIOSK), more.get("number")))
    return door.hall.help_calls[-1].id


def only_call(door: FrontDoor) -> HelpCall:
    (found,) = door.hall.help_calls
    return found


def go(help_id: int) -> str:
    return f"/floor/calls/{help_id}/answers"


def end(help_id: int) -> str:
    return f"/floor/calls/{help_id}/outcomes"


def kinds_in_order(html: str) -> list[str]:
    return re.findall(r"help-card--(\w+)", html.replace("help-card--taken", ""))


def test_it_puts_a_call_before_everything_else(busy: FrontDoor) -> None:
    call(busy, number="A004")
    busy.clock.advance(3 * 60)
    html = page(busy)
    assert html.index(KIOSK) < html.index("Longest wait")
    assert f"Needs help {KIOSK} · A\u200a004 Cash withdrawal 3 min" in text(html)


def test_it_says_nothing_where_nobody_calls(busy: FrontDoor) -> None:
    assert "<h2>Now</h2>" not in page(busy)


def test_it_sorts_by_harm_and_then_by_age(door: FrontDoor) -> None:
    for kind in reversed(HelpKind):
        call(door, kind)
        door.clock.advance(1)
    call(door, HelpKind.HELP, place="Seats")
    html = page(door)
    assert kinds_in_order(html) == ["risk", "help", "help", "complaint", "lost_item"]
    assert len(kinds_in_order(html)) == CARDS_MAX
    assert html.index(f"<strong>{KIOSK}") < html.index("<strong>Seats")
    assert "and 4 more" in html


def test_it_lets_whom_nobody_helps_yet_come_first(door: FrontDoor) -> None:
    first = call(door)
    call(door, place="Seats")
    door.post("lan", go(first))
    html = page(door)
    assert html.index("<strong>Seats") < html.index(f"<strong>{KIOSK}")


def test_it_shows_the_others_who_goes(door: FrontDoor) -> None:
    help_id = call(door)
    door.clock.advance(20)
    answer = door.post("lan", go(help_id))
    assert (answer.status_code, answer.headers["location"]) == (303, "/floor")
    assert only_call(door).taken_by == door.id_of("lan")
    html = door.get("minh", "/floor").text
    assert "Lan goes" in text(html)
    assert "I go" not in html


def test_it_sends_nobody_twice(door: FrontDoor) -> None:
    help_id = call(door)
    for _ in "ab":
        assert door.post("lan", go(help_id), key="once").status_code == 303
    answer = door.ask("minh", go(help_id))
    assert (answer.status_code, answer.json()["refusal"]) == (409, "HelpTaken")
    assert only_call(door).taken_by == door.id_of("lan")


@pytest.mark.parametrize("kind", HelpKind)
def test_it_ends_a_call_with_what_came_of_it(door: FrontDoor, kind: HelpKind) -> None:
    help_id = call(door, kind)
    html = page(door)
    assert all(f'value="{outcome}"' in html for outcome in OUTCOMES[kind])
    fields = {"outcome": OUTCOMES[kind][0], "key": "once"}
    for _ in "ab":
        assert door.post("lan", end(help_id), **fields).status_code == 303
    assert door.hall.help_calls == ()
    assert KIOSK not in page(door)


def test_it_ends_no_call_without_an_outcome(door: FrontDoor) -> None:
    answer = door.ask("lan", end(call(door)))
    assert (answer.status_code, answer.json()["refusal"]) == (409, "ReasonMissing")
    assert len(door.hall.help_calls) == 1


@pytest.mark.parametrize("path", [go, end])
def test_it_knows_when_a_call_is_over(door: FrontDoor, path: object) -> None:
    assert callable(path)
    help_id = call(door)
    door.post("lan", end(help_id), outcome="Helped")
    answer = door.ask("minh", path(help_id), outcome="Helped")
    assert (answer.status_code, answer.json()["refusal"]) == (409, "HelpIsOver")


def test_it_keeps_calls_within_their_branch(door: FrontDoor) -> None:
    help_id = call(door, HelpKind.RISK)
    assert KIOSK not in door.get("hoa", "/floor").text
    assert door.ask("hoa", go(help_id)).json()["refusal"] == "HelpIsOver"
    assert only_call(door).taken_by is None


@pytest.mark.parametrize("kind", HelpKind)
def test_it_shows_a_call_to_staff_only(busy: FrontDoor, kind: HelpKind) -> None:
    call(busy, kind, place="Behind the plant", number="A004")
    secret = busy.ticket("A004").secret
    for person, path in (("display", "/display"), ("kiosk", "/kiosk"), ("nobody", f"/t/{secret}")):
        answer = busy.get(person, path)
        assert answer.status_code == 200
        assert "Behind the plant" not in answer.text
        assert "fraud" not in answer.text


def test_it_sounds_for_help_and_risk_until_somebody_goes(door: FrontDoor) -> None:
    calls = {kind: call(door, kind) for kind in HelpKind}
    assert page(door).count("data-sounds") == 2
    door.post("lan", go(calls[HelpKind.RISK]))
    assert page(door).count("data-sounds") == 1


def test_it_shows_what_somebody_typed_as_text(door: FrontDoor) -> None:
    call(door, place="<b>Seats</b> 100%(x)s")
    assert "<strong>&lt;b&gt;Seats&lt;/b&gt; 100%(x)s</strong>" in page(door)
