"""Lobby duty: one tap to say how one stands, a name when nobody does, and calls that go round."""

import pytest
from starlette.websockets import WebSocketDisconnect

from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from tests.app.app import LocalApp
from tests.floor.test_hall import page, text

DUTY = "/floor/duty"
NOBODY = "Nobody is on lobby duty."


def on_duty(door: LocalApp, *people: str) -> None:
    for person in people:
        assert door.post(person, DUTY, state="on_duty").status_code == 303
        door.clock.advance(1)


def sounds(door: LocalApp, person: str) -> bool:
    return "data-sounds" in door.get(person, "/floor").text


@pytest.mark.parametrize("state", [s for s in DutyState if s is not DutyState.AWAY])
def test_it_says_with_one_tap_how_one_stands(door: LocalApp, state: DutyState) -> None:
    before = door.hall.version
    for _ in "ab":
        answer = door.post("lan", DUTY, state=state.value, key="once")
        assert (answer.status_code, answer.headers["location"]) == (303, "/floor")
    assert door.hall.duty[door.id_of("lan")].state is state
    assert door.hall.version <= before + 2
    assert f'value="{state}" aria-pressed="true"' in page(door)


def test_it_names_who_stands_in(door: LocalApp) -> None:
    on_duty(door, "lan")
    door.post("lan", DUTY, state="away", stand_in=door.id_of("thu"))
    assert door.hall.duty[door.id_of("lan")].stand_in == door.id_of("thu")
    assert "Away: Thu" in text(page(door))
    assert NOBODY not in page(door)
    assert door.get("thu", "/floor").status_code == 200
    assert "Thu is standing in" in text(door.get("minh", DUTY).text)
    answer = door.ask("lan", DUTY, state="away", stand_in=door.id_of("lan"))
    assert answer.json()["refusal"] == "OwnStandIn"


@pytest.mark.parametrize("fields", [{"state": "asleep"}, {}, {"state": "away", "stand_in": "4711"}])
def test_it_reads_nothing_else(door: LocalApp, fields: dict[str, str]) -> None:
    assert door.post("lan", DUTY, **fields).status_code == 400
    assert door.hall.duty == {}


def test_it_leaves_a_note_for_whoever_comes_next(door: LocalApp) -> None:
    on_duty(door, "lan")
    for _ in "ab":
        answer = door.post("lan", f"{DUTY}/ends", note="Mind the <b>ATM</b>", key="once")
        assert (answer.status_code, answer.headers["location"]) == (303, DUTY)
    assert door.hall.duty == {}
    for person in ("minh", "thu"):
        said = door.get(person, DUTY).text
        assert "Note from Lan" in text(said) and "Mind the &lt;b&gt;ATM&lt;/b&gt;" in said
    assert door.ask("lan", f"{DUTY}/ends").json()["refusal"] == "NotOnDuty"


def test_it_says_when_nobody_is_on_lobby_duty(door: LocalApp) -> None:
    for path in ("/floor", DUTY):
        assert NOBODY in door.get("minh", path).text
    on_duty(door, "lan")
    for path in ("/floor", DUTY):
        assert NOBODY not in door.get("minh", path).text
    door.post("lan", DUTY, state="away")
    assert NOBODY in door.get("minh", "/floor").text


@pytest.mark.parametrize("path", ["/", "/reports"])
def test_it_tells_the_branch_head_at_the_door_that_nobody_is(door: LocalApp, path: str) -> None:
    assert NOBODY in door.get("minh", path).text
    on_duty(door, "lan")
    assert NOBODY not in door.get("minh", path).text


def test_it_lets_a_teller_take_lobby_duty_and_give_it_back(door: LocalApp) -> None:
    assert door.get("thu", "/floor").status_code == 403
    assert "Take lobby duty" in door.get("thu", DUTY).text
    door.perform(CallColleague(HelpKind.RISK, "seats"))
    assert "fraud" not in door.get("thu", DUTY).text
    on_duty(door, "thu")
    assert door.get("thu", "/floor").status_code == 200
    assert DUTY in door.get("thu", "/").text
    assert NOBODY not in door.get("thu", "/").text
    door.post("thu", f"{DUTY}/ends", note="")
    assert door.get("thu", "/floor").status_code == 403
    headers = door.known("thu").headers
    socket = door.client.websocket_connect("/floor/live", headers=headers)
    with pytest.raises(WebSocketDisconnect), socket:
        pytest.fail("the socket has opened")


@pytest.mark.parametrize(
    ("person", "status"), [("nobody", 401), ("kiosk", 401), ("ada", 403), ("hoa", 303)]
)
def test_it_is_for_the_people_of_the_branch(door: LocalApp, person: str, status: int) -> None:
    assert door.ask(person, DUTY, state="on_duty").status_code == (200 if status == 303 else status)
    assert door.hall.duty == {}
    assert door.get("lan", f"{DUTY}/ends").status_code == 405


def test_it_shows_a_risk_only_to_who_is_on_duty(door: LocalApp) -> None:
    door.perform(CallColleague(HelpKind.RISK, "counter/2"))
    assert "fraud" in door.get("minh", "/floor").text
    on_duty(door, "lan")
    assert "fraud" in door.get("lan", "/floor").text
    assert "fraud" not in door.get("minh", "/floor").text


def test_it_passes_an_unanswered_call_on_after_a_minute(door: LocalApp) -> None:
    """Everybody sees it; the tablet of the one who should go sounds."""
    on_duty(door, "lan", "minh")
    door.perform(CallColleague(HelpKind.HELP, "seats"))
    assert (sounds(door, "lan"), sounds(door, "minh")) == (True, False)
    door.clock.advance(59)
    assert (sounds(door, "lan"), sounds(door, "minh")) == (True, False)
    door.clock.advance(1)
    assert (sounds(door, "lan"), sounds(door, "minh")) == (False, True)
    assert "now with Minh" in text(page(door))
    assert "now with you" in text(door.get("minh", "/floor").text)
    assert all("Needs help" in door.get(p, "/floor").text for p in ("lan", "minh"))
    door.clock.advance(60)
    assert (sounds(door, "lan"), sounds(door, "minh")) == (True, False)


def test_it_gives_each_minute_without_an_answer_a_sound_of_its_own(door: LocalApp) -> None:
    on_duty(door, "lan")
    door.perform(CallColleague(HelpKind.HELP, "seats"))
    help_id = door.hall.help_calls[0].id
    assert f'data-sounds="call-{help_id}-0"' in page(door)
    door.clock.advance(60)
    assert f'data-sounds="call-{help_id}-1"' in page(door)


def test_it_calls_everybody_where_nobody_is_on_duty(door: LocalApp) -> None:
    door.perform(CallColleague(HelpKind.HELP, "seats"))
    assert sounds(door, "lan") and sounds(door, "minh")
