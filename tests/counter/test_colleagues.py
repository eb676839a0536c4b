"""A teller calls a colleague, and sees who comes; a risk card is for who is on duty."""

import re

import pytest

from lobby.queueing.commands.floor import AnswerHelp
from lobby.queueing.commands.ticket import AskAdviser
from lobby.queueing.model.help import HelpCall, HelpKind
from tests.app.app import LocalApp
from tests.counter.desk import served


def calls(door: LocalApp) -> tuple[HelpCall, ...]:
    return door.hall.help_calls


@pytest.mark.parametrize("kind", ["help", "authorisation"])
def test_it_calls_a_colleague_to_the_counter(at_counter: LocalApp, kind: str) -> None:
    at_counter.post("thu", "/counter/colleagues", counter="1", kind=kind, own_words="Old notes")
    (call,) = calls(at_counter)
    assert (call.kind, call.place, call.ticket, call.note) == (
        HelpKind(kind),
        "counter/1",
        None,
        "Old notes",
    )


def test_it_takes_a_call_without_a_kind_for_help(at_counter: LocalApp) -> None:
    at_counter.post("thu", "/counter/colleagues", counter="1", own_words="Please come")
    assert calls(at_counter)[0].kind is HelpKind.HELP


def test_it_shows_that_the_colleague_comes(at_counter: LocalApp) -> None:
    at_counter.post("thu", "/counter/colleagues", counter="1", kind="help")
    assert "called just now" in at_counter.get("thu", "/counter").text
    lan = at_counter.id_of("lan")
    at_counter.perform(AnswerHelp(calls(at_counter)[0].id, lan))
    assert "Lan is coming" in at_counter.get("thu", "/counter").text


def test_it_opens_a_risk_card_for_the_customer_at_the_counter(at_counter: LocalApp) -> None:
    number = served(at_counter)
    fields = {"kind": "risk", "reason": "Does not know the receiver"}
    at_counter.post("thu", "/counter/colleagues", counter="1", number=number, **fields)
    (call,) = calls(at_counter)
    assert (call.kind, call.ticket, call.note) == (
        HelpKind.RISK,
        number,
        "Does not know the receiver",
    )
    assert "Possible fraud: speak with the customer first" in (
        at_counter.get("thu", "/counter").text
    )


def test_it_asks_what_was_noticed_before_a_risk_card_opens(at_counter: LocalApp) -> None:
    number = served(at_counter)
    fields = {"kind": "risk", "number": number}
    answer = at_counter.ask("thu", "/counter/colleagues", counter="1", **fields)
    assert answer.json()["refusal"] == "ReasonMissing"
    assert calls(at_counter) == ()


def test_it_shows_a_risk_card_at_no_other_counter(at_counter: LocalApp) -> None:
    at_counter.post("wei", "/counter/openings", counter="2", service="A01")
    number = served(at_counter)
    fields = {"kind": "risk", "own_words": "Somebody whispers on the phone"}
    at_counter.post("thu", "/counter/colleagues", counter="1", number=number, **fields)
    other = at_counter.get("wei", "/counter").text
    assert "Somebody whispers" not in other and "Possible fraud" not in other
    assert 'id="colleague-call-' not in other


def test_it_calls_nobody_to_a_counter_where_the_teller_does_not_sit(at_counter: LocalApp) -> None:
    answer = at_counter.ask("wei", "/counter/colleagues", counter="1", kind="help")
    assert answer.json()["refusal"] == "CounterTaken"
    assert calls(at_counter) == ()


OPEN_AT_2 = {"counter": "2", "service": ["A01", "F01"]}


def terminal_of(door: LocalApp, who: str, language: str = "en") -> str:
    html = door.get(who, f"/counter?language={language}").text
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", html))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "A 001 comes to you · Cash withdrawal · from Thu · signature on page 2"),
        ("zh", "A 001 将到您的窗口 · 取款 · Thu 转来 · signature on page 2"),
        ("vi", "A 001 sẽ đến quầy này · Rút tiền mặt · Thu chuyển đến · signature on page 2"),
    ],
)
@pytest.mark.parametrize("to", ["teller:{wei}", "counter:2"])
def test_it_tells_a_colleague_who_comes_from_whom_and_why(
    at_counter: LocalApp, language: str, words: str, to: str
) -> None:
    at_counter.post("wei", "/counter/openings", **OPEN_AT_2)
    number = served(at_counter)
    whom = to.format(wei=at_counter.id_of("wei"))
    fields = {"number": number, "to": whom, "note": "signature on page 2"}
    at_counter.post("thu", "/counter/transfers", counter="1", **fields)
    assert words in terminal_of(at_counter, "wei", language)
    assert "comes to you" not in terminal_of(at_counter, "thu")


def test_it_tells_who_sent_a_customer_that_they_come_back(at_counter: LocalApp) -> None:
    at_counter.post("wei", "/counter/openings", **OPEN_AT_2)
    number = served(at_counter)
    fields = {"number": number, "to_service": "F01", "to": "counter:2", "come_back": "yes"}
    at_counter.post("thu", "/counter/transfers", counter="1", **fields)
    at_counter.post("wei", "/counter/calls", counter="2")
    assert "comes to you" not in terminal_of(at_counter, "wei"), "already called"
    at_counter.post("wei", "/counter/servings", counter="2", number=number)
    at_counter.post("wei", "/counter/finishes", counter="2", number=number)
    assert "A 001 comes to you · Cash withdrawal · from Wei" in terminal_of(at_counter, "thu")


def test_it_tells_whom_a_customer_has_asked_for(at_counter: LocalApp) -> None:
    at_counter.take("A01")
    at_counter.perform(AskAdviser("A001", at_counter.id_of("thu")))
    assert "A 001 comes to you · Cash withdrawal · asked for you" in terminal_of(at_counter, "thu")


def test_it_says_nothing_of_a_customer_whom_everybody_may_call(at_counter: LocalApp) -> None:
    at_counter.post("wei", "/counter/openings", **OPEN_AT_2)
    number = served(at_counter)
    at_counter.post("thu", "/counter/transfers", counter="1", number=number, to_service="F01")
    assert "comes to you" not in terminal_of(at_counter, "wei")
