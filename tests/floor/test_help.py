"""Who calls for somebody: on the tablet first, answered by one person, ended by what came of it."""

import re
from collections.abc import Callable

import pytest

from lobby.floor.alerts.cards import CARDS_MAX
from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.commands.ticket import SetCallModes
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.queueing.model.outcomes import OUTCOMES
from tests.app.app import LocalApp
from tests.floor.test_hall import page, text

KIOSK = "Kiosk at the entrance"


def call(door: LocalApp, kind: HelpKind = HelpKind.HELP, **more: str) -> int:
    door.perform(CallColleague(kind, more.get("place", KIOSK), more.get("number")))
    return door.hall.help_calls[-1].id


def only_call(door: LocalApp) -> HelpCall:
    (found,) = door.hall.help_calls
    return found


def go(help_id: int) -> str:
    return f"/floor/calls/{help_id}/answers"


def end(help_id: int) -> str:
    return f"/floor/calls/{help_id}/outcomes"


def hand_back(help_id: int) -> str:
    return f"/floor/calls/{help_id}/returns"


def kinds_in_order(html: str) -> list[str]:
    return re.findall(r'data-kind="(\w+)"', html)


def test_it_puts_a_call_before_everything_else(busy: LocalApp) -> None:
    call(busy, number="A004")
    busy.clock.advance(3 * 60)
    html = page(busy)
    assert html.index(f"<strong>{KIOSK}") < html.index("Longest wait")
    assert f"Needs help {KIOSK} A\u200a004 Cash withdrawal 3 min" in text(html)


def test_it_answers_who_needs_me_first_with_one_card(door: LocalApp) -> None:
    assert "now-card--first" not in page(door)
    for kind in (HelpKind.PRINTER, HelpKind.HELP, HelpKind.STUCK):
        call(door, kind)
    html = page(door)
    assert html.count("now-card--first") == 1
    assert html.count("button--main now-go") == 1
    assert re.findall(r'now-card--first"[^>]*data-kind="(\w+)"', html) == ["help"]


def test_it_sorts_by_harm_and_folds_all_after_five(door: LocalApp) -> None:
    kinds = [kind for kind in HelpKind if kind not in (HelpKind.FAULT, HelpKind.AUTHORISATION)]
    for kind in reversed(kinds):
        call(door, kind, place=KIOSK if kind is HelpKind.HELP else f"Place of {kind}")
        door.clock.advance(1)
    call(door, HelpKind.HELP, place="Seats")
    html = page(door)
    shown, folded = html.split('<details class="folded"')
    first = ["risk", "help", "help", "complaint", "arrival"]
    assert kinds_in_order(shown) == first and len(first) == CARDS_MAX
    assert "8 more cards" in folded
    assert kinds_in_order(folded)[-1] == "feedback"
    assert html.index(f"<strong>{KIOSK}") < html.index("<strong>Seats")


def test_it_lets_whom_nobody_helps_yet_come_first(door: LocalApp) -> None:
    first = call(door, HelpKind.RISK)
    call(door, HelpKind.PRINTER, place="Seats")
    door.post("lan", go(first))
    html = page(door)
    assert html.index("<strong>Seats") < html.index(f"<strong>{KIOSK}")


def test_it_shows_the_others_who_goes(door: LocalApp) -> None:
    help_id = call(door)
    door.clock.advance(20)
    answer = door.post("lan", go(help_id))
    assert (answer.status_code, answer.headers["location"]) == (303, "/floor")
    assert only_call(door).taken_by == door.id_of("lan")
    html = door.get("minh", "/floor").text
    assert "Lan is on the way" in text(html)
    assert "On my way" not in html
    assert "You are on it" in page(door)


def test_it_lets_one_of_two_take_a_card_and_tells_the_other_who(door: LocalApp) -> None:
    help_id = call(door)
    for _ in "ab":
        assert door.post("lan", go(help_id), key="once").status_code == 303
    answer = door.ask("minh", f"/floor/cards/call-{help_id}/answers")
    assert (answer.status_code, answer.json()["refusal"]) == (409, "HelpTaken")
    assert answer.json()["sentence"] == "Lan is already on the way. Nothing was changed."
    assert door.post("minh", go(help_id)).status_code == 409
    assert only_call(door).taken_by == door.id_of("lan")


@pytest.mark.parametrize("kind", HelpKind)
def test_it_ends_a_call_only_with_what_came_of_it(door: LocalApp, kind: HelpKind) -> None:
    help_id = call(door, kind)
    assert 'name="outcome"' not in page(door)
    door.post("lan", go(help_id))
    html = page(door)
    assert all(f'value="{outcome}"' in html for outcome in OUTCOMES[kind])
    assert door.ask("lan", end(help_id), outcome="dismissed").status_code == 409
    fields = {"outcome": OUTCOMES[kind][0], "key": "once"}
    for _ in "ab":
        assert door.post("lan", end(help_id), **fields).status_code == 303
    assert door.hall.help_calls == ()


def test_it_ends_no_call_without_an_outcome(door: LocalApp) -> None:
    answer = door.ask("lan", end(call(door)))
    assert answer.status_code == 409
    assert len(door.hall.help_calls) == 1


def test_it_gives_a_call_back_to_the_others(door: LocalApp) -> None:
    help_id = call(door)
    door.post("lan", go(help_id))
    for _ in "ab":
        assert door.post("lan", hand_back(help_id), key="back").status_code == 303
    assert only_call(door).taken_by is None
    assert "On my way" in door.get("minh", "/floor").text
    assert door.ask("minh", hand_back(help_id)).status_code == 409


@pytest.mark.parametrize("path", [go, end, hand_back])
def test_it_knows_when_a_call_is_over(door: LocalApp, path: Callable[[int], str]) -> None:
    help_id = call(door)
    door.post("lan", go(help_id))
    door.post("lan", end(help_id), outcome="helped")
    answer = door.ask("minh", path(help_id), outcome="helped")
    assert (answer.status_code, answer.json()["refusal"]) == (409, "HelpIsOver")


def test_it_keeps_calls_within_their_branch(door: LocalApp) -> None:
    help_id = call(door, HelpKind.RISK)
    assert KIOSK not in door.get("hoa", "/floor").text
    assert door.ask("hoa", go(help_id)).json()["refusal"] == "HelpIsOver"
    assert only_call(door).taken_by is None


@pytest.mark.parametrize("kind", HelpKind)
def test_it_shows_a_call_to_staff_only(busy: LocalApp, kind: HelpKind) -> None:
    call(busy, kind, place="Behind the plant", number="A004")
    secret = busy.ticket("A004").secret
    for person, path in (("display", "/display"), ("kiosk", "/kiosk"), ("nobody", f"/t/{secret}")):
        answer = busy.get(person, path)
        assert answer.status_code == 200
        assert "Behind the plant" not in answer.text
        assert "fraud" not in answer.text


def test_it_sounds_for_help_and_risk_until_somebody_goes(door: LocalApp) -> None:
    calls = {kind: call(door, kind) for kind in HelpKind}
    assert page(door).count("data-sounds") == 2
    door.post("lan", go(calls[HelpKind.RISK]))
    assert page(door).count("data-sounds") == 1


def test_it_says_on_every_page_who_needs_somebody_first(door: LocalApp) -> None:
    call(door, HelpKind.PRINTER)
    call(door)
    for path in ("/floor/waiting", "/floor/more", "/floor/tickets", "/floor/machines"):
        said = text(door.get("lan", path).text)
        assert f"Needs help {KIOSK} 1 more" in said


def test_it_shows_what_somebody_typed_as_text(door: LocalApp) -> None:
    call(door, place="<b>Seats</b> 100%(x)s")
    assert "<strong>&lt;b&gt;Seats&lt;/b&gt; 100%(x)s</strong>" in page(door)


def test_it_calls_for_help_with_one_tap(door: LocalApp) -> None:
    html = door.get("lan", "/floor/help").text
    assert 'name="place" value="counter/3"' in html
    for _ in "ab":
        answer = door.post("lan", "/floor/help", place="counter/3", note="Bring water", key="one")
        assert (answer.status_code, answer.headers["location"]) == (303, "/floor")
    found = only_call(door)
    assert (found.kind, found.note) == (HelpKind.HELP, "Bring water")
    assert "Counter 3" in text(page(door)) and "3 号窗口" in text(page(door, "zh"))


def test_it_takes_down_a_complaint_in_the_customers_words(busy: LocalApp) -> None:
    html = busy.get("lan", "/floor/complaints").text
    assert html.index('name="note"') < html.index('name="number"') < html.index('name="place"')
    fields = {"note": "Nobody said why", "number": "a004", "place": "seats"}
    assert busy.post("lan", "/floor/complaints", **fields).status_code == 303
    found = only_call(busy)
    assert (found.kind, found.ticket, found.note) == (
        HelpKind.COMPLAINT,
        "A004",
        "Nobody said why",
    )
    answer = busy.ask("lan", "/floor/complaints", note="x", number="Z9", place="seats")
    assert answer.json()["refusal"] == "UnknownTicket"


def test_it_counts_whom_to_fetch_among_those_who_need_somebody(door: LocalApp) -> None:
    door.perform(OpenCounter("1", door.id_of("thu"), ("A01",)))
    door.take("A01")
    door.perform(SetCallModes("A001", (CallMode.FETCH,)))
    assert "Nothing needs you now." in page(door)
    door.perform(CallNext("1"))
    assert "Nothing needs you now." not in page(door)
    said = text(door.get("lan", "/floor/waiting").text)
    assert said.count("Bring A\u200a001 to counter 1") == 1


def test_one_person_at_one_place_has_one_card(door: LocalApp) -> None:
    """A kiosk that times out twice, whose customer then calls: the card says what it is now."""
    for kind in ("stuck", "stuck", "help", "stuck"):
        door.post("kiosk", "/kiosk/help", kind=kind)
    assert only_call(door).kind is HelpKind.HELP
    assert kinds_in_order(page(door)) == ["help"]
    assert door.get("kiosk", "/kiosk/help").status_code == 200


def test_two_people_at_one_place_have_a_card_each(busy: LocalApp) -> None:
    call(busy, HelpKind.STUCK, number="A004")
    call(busy, HelpKind.HELP, number="F001")
    assert [each.ticket for each in busy.hall.help_calls] == ["A004", "F001"]
