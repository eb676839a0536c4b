"""Walking with a customer, and fetching from their seats those who are called without a voice."""

import pytest

from lobby.queueing.commands.counter import CallNext, ResumeCounter, StartServing
from lobby.queueing.commands.ticket import SetCallModes
from lobby.queueing.model.call_modes import CallMode
from tests.app.app import LocalApp
from tests.floor.caring import read

PAGE = "/floor/escorts"
WALK = {"number": "A004", "from": "seats", "to": "counter/2"}


def test_it_says_who_walks_with_whom_and_where(busy: LocalApp) -> None:
    for _ in "ab":
        answer = busy.post("lan", PAGE, **WALK, back="A004", key="once")
        assert (answer.status_code, answer.headers["location"]) == (303, "/floor/care/A004")
    (escort,) = busy.hall.escorts
    assert (escort.staff, escort.ticket) == (busy.id_of("lan"), "A004")
    for path in (PAGE, "/floor/care/A004"):
        assert "A\u200a004 Seats Counter 2 With Lan · just now" in read(busy, path, "minh")


@pytest.mark.parametrize("outcome", ["arrived", "seated", "handed_over", "left"])
def test_it_ends_with_what_came_of_it(busy: LocalApp, outcome: str) -> None:
    busy.post("lan", PAGE, **WALK)
    (escort,) = busy.hall.escorts
    end = f"{PAGE}/{escort.id}/outcomes"
    for _ in "ab":
        assert busy.post("lan", end, outcome=outcome, key="once").status_code == 303
    assert busy.hall.escorts == ()
    assert "Nobody is escorting a customer now." in read(busy, PAGE)
    assert busy.ask("minh", end, outcome=outcome).json()["refusal"] == "EscortIsOver"


def test_it_walks_with_somebody_who_has_no_ticket(busy: LocalApp) -> None:
    fields = {"number": " ", "from": "entrance", "to": "machine/atm-1"}
    busy.post("lan", PAGE, **fields)
    assert "Entrance Machine: left of the entrance With Lan" in read(busy, PAGE)
    assert busy.hall.escorts[0].ticket is None


def test_it_walks_with_one_customer_at_a_time(busy: LocalApp) -> None:
    busy.post("lan", PAGE, **WALK)
    answer = busy.ask("lan", PAGE, **WALK | {"number": "F001"})
    assert (answer.status_code, answer.json()["refusal"]) == (409, "EscortUnderWay")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (WALK | {"to": "seats"}, 400),
        (WALK | {"to": "the moon"}, 400),
        (WALK | {"to": "counter/9"}, 400),
        (WALK | {"number": "Z9"}, 404),
    ],
)
def test_it_goes_nowhere_that_makes_no_sense(
    busy: LocalApp, fields: dict[str, str], status: int
) -> None:
    assert busy.post("lan", PAGE, **fields).status_code == status
    assert busy.hall.escorts == ()


def test_it_ends_no_walk_with_other_words(busy: LocalApp) -> None:
    busy.post("lan", PAGE, **WALK)
    end = f"{PAGE}/{busy.hall.escorts[0].id}/outcomes"
    assert busy.ask("lan", end, outcome="flew").json()["refusal"] == "UnknownOutcome"
    assert len(busy.hall.escorts) == 1


@pytest.fixture
def called(busy: LocalApp) -> LocalApp:
    """A004 is to be fetched, and has just been called to counter 2."""
    busy.perform(SetCallModes("A004", (CallMode.FETCH,)))
    busy.perform(ResumeCounter("2"))
    busy.perform(CallNext("2"))
    assert busy.ticket("A004").counter == "2"
    return busy


def test_it_asks_the_floor_to_fetch_whom_nobody_calls_aloud(called: LocalApp) -> None:
    assert "Bring A\u200a004 to counter 2" in read(called, "/floor")


def test_it_shows_who_fetches_them(called: LocalApp) -> None:
    fields = {"number": "A004", "from": "seats", "to": "counter/2", "back": "/"}
    answer = called.post("lan", PAGE, **fields)
    assert answer.headers["location"] == "/floor"
    html = called.get("minh", "/floor").text
    assert "fetch--taken" in html
    assert "Lan is on the way" in read(called, "/floor", "minh")
    assert 'id="fetch-go-A004"' not in html


def test_it_fetches_nobody_who_is_called_aloud_or_is_there_already(called: LocalApp) -> None:
    called.perform(StartServing("2", "A004"))
    assert "Fetch A" not in read(called, "/floor")
