"""A machine that waits for a colleague calls one itself, and says when it waits no longer."""

import pytest

from lobby.queueing.commands.floor import AnswerHelp
from lobby.queueing.model.help import HelpCall, HelpKind
from tests.api.test_devices import reporter
from tests.app.app import LocalApp


def calls(door: LocalApp) -> tuple[HelpCall, ...]:
    return door.riverside.hall.help_calls


def test_it_calls_a_colleague_to_the_machine(door: LocalApp) -> None:
    answer = reporter(door).put(state="up", authorisation=True)
    assert (answer.status_code, answer.json()["authorisation"]) == (200, "waiting")
    (call,) = calls(door)
    assert (call.kind, call.place) == (HelpKind.AUTHORISATION, "atm-1")


@pytest.mark.parametrize("key", ["", "the-same"])
def test_it_calls_once_however_often_the_machine_asks(door: LocalApp, key: str) -> None:
    machine = reporter(door)
    for _ in "ab":
        assert machine.put(state="up", authorisation=True, key=key).status_code == 200
    assert len(calls(door)) == 1


def test_it_tells_the_machine_that_somebody_comes(door: LocalApp) -> None:
    machine = reporter(door)
    machine.put(state="up", authorisation=True)
    door.perform(AnswerHelp(calls(door)[0].id, "7"))
    assert machine.ask("GET").json()["authorisation"] == "coming"


def test_it_ends_the_call_when_the_machine_waits_no_longer(door: LocalApp) -> None:
    machine = reporter(door)
    machine.put(state="up", authorisation=True)
    answer = machine.put(state="up", authorisation=False)
    assert "authorisation" not in answer.json()
    assert calls(door) == ()
    assert machine.put(state="up", authorisation=False).status_code == 200


def test_it_leaves_the_call_open_where_the_machine_says_nothing(door: LocalApp) -> None:
    machine = reporter(door)
    machine.put(state="up", authorisation=True)
    assert machine.put(state="down").json()["authorisation"] == "waiting"


def test_it_reads_nothing_but_yes_and_no(door: LocalApp) -> None:
    answer = reporter(door).put(state="down", authorisation="perhaps")
    assert answer.status_code == 400
    assert door.riverside.hall.version == 0


def test_it_lets_no_other_machine_call_for_this_one(door: LocalApp) -> None:
    answer = reporter(door, "crs-2").put(state="up", authorisation=True)
    assert answer.status_code == 404
    assert calls(door) == ()
