"""Risk cards: opened by a doubt, read on duty only, ended by what came of it, seen nowhere else."""

import logging

import pytest

from lobby.floor.alerts.risk_access import OFF_DUTY
from lobby.queueing.commands.floor import CallColleague, SetDuty
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.outcomes import OUTCOMES
from lobby.scripts.format import lines_of
from lobby.scripts.situations import Situation
from lobby.scripts.starter_set import start_set
from tests.app.app import LocalApp
from tests.floor.caring import on_duty, open_risk, read, words

NOTE = "Reads numbers into the phone"
PLACE = "Behind the plant"


@pytest.fixture
def doubted(busy: LocalApp) -> LocalApp:
    """Lan is on duty; somebody doubts whether A004 acts freely."""
    on_duty(busy)
    open_risk(busy, "A004", NOTE)
    return busy


def card(door: LocalApp) -> str:
    return f"/floor/risks/{door.hall.help_calls[-1].id}"


def test_it_says_where_who_and_what_to_say_in_the_customers_language(doubted: LocalApp) -> None:
    said = read(doubted, card(doubted))
    assert f"{PLACE} · A\u200a004 Cash withdrawal" in said
    assert NOTE in said
    spoken = {
        language: lines_of(text)[0].text for language, text in start_set()[Situation.RISK].items()
    }
    places = {language: said.index(line) for language, line in spoken.items()}
    assert min(places, key=lambda language: places[language]) == "vi"


@pytest.mark.parametrize("person", ["minh", "thu"])
def test_it_is_closed_to_those_who_are_not_on_duty(doubted: LocalApp, person: str) -> None:
    answer = doubted.get(person, card(doubted))
    assert answer.status_code == 403
    assert NOTE not in answer.text
    for act in ("answers", "rooms", "outcomes"):
        refused = doubted.ask(person, f"{card(doubted)}/{act}", outcome="no_concern")
        assert refused.status_code == 403
    assert len(doubted.hall.help_calls) == 1


def test_nobody_off_duty_reaches_it_by_the_ways_of_other_calls(doubted: LocalApp) -> None:
    help_id = doubted.hall.help_calls[-1].id
    call = f"/floor/calls/{help_id}"
    for path in (f"/floor/cards/call-{help_id}/answers", f"{call}/answers", f"{call}/outcomes"):
        refused = doubted.ask("minh", path, outcome="reassured")
        assert (refused.status_code, refused.json()["sentence"]) == (403, OFF_DUTY)
    assert doubted.ask("lan", f"{call}/answers").is_success
    assert doubted.ask("minh", f"{call}/returns").status_code == 403
    (still,) = doubted.hall.help_calls
    assert still.taken_by == doubted.id_of("lan")


def test_it_says_in_a_sentence_why_it_is_closed(doubted: LocalApp) -> None:
    assert OFF_DUTY in words(doubted.get("minh", card(doubted)).text)
    assert doubted.ask("minh", f"{card(doubted)}/answers").json()["sentence"] == OFF_DUTY


def test_it_opens_to_who_comes_on_duty_and_closes_to_who_goes(doubted: LocalApp) -> None:
    on_duty(doubted, "minh")
    assert NOTE in read(doubted, card(doubted), "minh")
    on_duty(doubted, "minh", DutyState.AWAY)
    assert doubted.get("minh", card(doubted)).status_code == 403


def test_it_opens_to_who_stands_in(doubted: LocalApp) -> None:
    doubted.perform(SetDuty(doubted.id_of("lan"), DutyState.AWAY, doubted.id_of("minh")))
    assert NOTE in read(doubted, card(doubted), "minh")
    assert doubted.get("lan", card(doubted)).status_code == 403


def test_it_shows_who_goes(doubted: LocalApp) -> None:
    on_duty(doubted, "minh")
    go = f"{card(doubted)}/answers"
    for _ in "ab":
        answer = doubted.post("lan", go, key="once")
        assert (answer.status_code, answer.headers["location"]) == (303, card(doubted))
    assert "Lan is on the way" in read(doubted, card(doubted), "minh")
    assert doubted.ask("minh", go).json()["refusal"] == "HelpTaken"


def test_it_leads_to_a_quiet_room_without_saying_why(doubted: LocalApp) -> None:
    for _ in "ab":
        assert doubted.post("lan", f"{card(doubted)}/rooms", key="once").status_code == 303
    (escort,) = doubted.hall.escorts
    assert (escort.ticket, escort.to_place) == ("A004", "quiet_room")
    assert "Quiet room With Lan" in read(doubted, card(doubted))
    elsewhere = read(doubted, "/floor/escorts", "minh")
    assert "Quiet room" in elsewhere
    assert "fraud" not in elsewhere.partition("Escorts")[2].partition("Escort a customer")[0]


@pytest.mark.parametrize("outcome", OUTCOMES[HelpKind.RISK])
def test_it_ends_with_what_came_of_it(doubted: LocalApp, outcome: str) -> None:
    path = card(doubted)
    assert f'value="{outcome}"' in doubted.get("lan", path).text
    for _ in "ab":
        answer = doubted.post("lan", f"{path}/outcomes", outcome=outcome, key="once")
        assert (answer.status_code, answer.headers["location"]) == (303, "/floor")
    assert doubted.hall.help_calls == ()
    assert doubted.get("lan", path).status_code == 410


def test_it_ends_with_no_other_words(doubted: LocalApp) -> None:
    answer = doubted.ask("lan", f"{card(doubted)}/outcomes", outcome="dismissed")
    assert answer.json()["refusal"] == "UnknownOutcome"
    assert len(doubted.hall.help_calls) == 1


def test_it_is_no_card_for_another_kind_of_call(doubted: LocalApp) -> None:
    doubted.perform(CallColleague(HelpKind.HELP, "Seats"))
    assert doubted.get("lan", card(doubted)).status_code == 410


@pytest.mark.parametrize(
    ("person", "leads"), [("lan", "/floor"), ("minh", "/floor"), ("thu", "/counter")]
)
def test_it_is_opened_by_anybody_who_serves(busy: LocalApp, person: str, leads: str) -> None:
    fields = {"place": "counter/2", "number": "a4", "note": NOTE}
    for _ in "ab":
        answer = busy.post(person, "/floor/risks", **fields, key="once")
        assert (answer.status_code, answer.headers["location"]) == (303, leads)
    (call,) = busy.hall.help_calls
    assert (call.kind, call.ticket, call.note) == (HelpKind.RISK, "A004", NOTE)
    assert "2" in call.place


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"place": "the moon"}, 400),
        ({"place": "seats", "number": "Z9"}, 404),
        ({"place": "seats", "note": "x" * 201}, 409),
    ],
)
def test_it_opens_nothing_that_makes_no_sense(
    busy: LocalApp, fields: dict[str, str], status: int
) -> None:
    assert busy.ask("lan", "/floor/risks", **fields).status_code == status
    assert busy.hall.help_calls == ()


def test_it_leaks_nowhere(doubted: LocalApp, caplog: pytest.LogCaptureFixture) -> None:
    """Neither to displays, kiosk, customer and counter, nor to the pages of those off duty, nor
    into the log."""
    caplog.set_level(logging.DEBUG)
    secret = doubted.ticket("A004").secret
    doubted.get("lan", card(doubted))
    places = [
        ("display", "/display"),
        ("kiosk", "/kiosk"),
        ("nobody", f"/t/{secret}"),
        ("thu", "/counter"),
        ("wei", "/counter"),
        ("minh", "/floor"),
        ("minh", "/floor/waiting"),
        ("minh", "/floor/waiting/A004"),
        ("minh", "/floor/care"),
        ("minh", "/floor/care/A004"),
        ("minh", "/floor/diversions/A004"),
    ]
    for person, path in places:
        answer = doubted.get(person, path)
        assert answer.status_code == 200, path
        for word in (NOTE, PLACE, "/floor/risks/"):
            assert word not in answer.text, f"{word} on {path} for {person}"
    assert NOTE not in caplog.text
