"""The same colleague as last time, or the first who is free, each with an honest wait."""

import re

import pytest

from lobby.queueing.commands.counter import CallNext, OpenCounter, StartServing
from lobby.queueing.commands.ticket import AskAdviser
from tests.app.app import LocalApp
from tests.floor.caring import read

PAGE = "/floor/care/A005"
ASK = f"{PAGE}/advisers"


@pytest.fixture
def two_seats(door: LocalApp) -> LocalApp:
    """Thu has just begun a transfer that takes long; Wei is free; A005 has come last."""
    door.perform(OpenCounter("1", door.id_of("thu"), ("A01", "A04")))
    door.perform(OpenCounter("2", door.id_of("wei"), ("A01", "A04")))
    for _ in range(5):
        door.take("A04")
    for counter, number in (("1", "A001"), ("2", "A002")):
        door.perform(CallNext(counter))
        door.perform(StartServing(counter, number))
    for number in ("A003", "A004"):
        door.perform(AskAdviser(number, door.id_of("thu")))
    return door


def waits(door: LocalApp) -> dict[str, int]:
    """The upper end that is told for each choice, in minutes; 5 for the next few."""
    html = door.get("lan", PAGE).text
    found = re.findall(r'name="teller" value="(\d*)".*?adviser-wait">([^<]*)<', html, re.DOTALL)
    return {teller: max(map(int, re.findall(r"\d+", wait)), default=5) for teller, wait in found}


def test_it_says_what_each_choice_means_for_the_wait(two_seats: LocalApp) -> None:
    told = waits(two_seats)
    thu, wei = two_seats.id_of("thu"), two_seats.id_of("wei")
    assert set(told) == {"", thu, wei}
    assert told[thu] > told[wei]
    assert told[""] <= told[thu]


def test_it_keeps_the_customers_choice(two_seats: LocalApp) -> None:
    thu = two_seats.id_of("thu")
    for _ in "ab":
        assert two_seats.post("lan", ASK, teller=thu, key="once").status_code == 303
    assert two_seats.ticket("A005").reserved_teller == thu
    assert f'value="{thu}" aria-pressed="true"' in two_seats.get("lan", PAGE).text


def test_it_lets_them_take_the_first_who_is_free_again(two_seats: LocalApp) -> None:
    two_seats.post("lan", ASK, teller=two_seats.id_of("thu"))
    two_seats.post("lan", ASK, teller="")
    assert two_seats.ticket("A005").reserved_teller is None
    assert 'value="" aria-pressed="true"' in two_seats.get("lan", PAGE).text


def test_it_promises_nobody_who_is_not_there(two_seats: LocalApp) -> None:
    answer = two_seats.ask("lan", ASK, teller=two_seats.id_of("minh"))
    assert (answer.status_code, answer.json()["refusal"]) == (409, "AdviserNotHere")
    assert two_seats.ticket("A005").reserved_teller is None


def test_it_asks_only_where_there_is_a_choice(two_seats: LocalApp) -> None:
    two_seats.take("F01")
    assert "Whoever is free first" not in read(two_seats, "/floor/care/F001")
    assert "Whoever is free first" not in read(two_seats, "/floor/care/A001")
