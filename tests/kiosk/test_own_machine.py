"""Where a self-service slip leads, as far as the branch and its catalogue know."""

from dataclasses import replace

import pytest

from kiosk.phone.machine import Whereabouts, whereabouts
from lobby.catalogue.reading import DEMO, read_catalogue, read_plan
from tests.app.people import plan

CATALOGUE = read_catalogue(DEMO)
PLAN = read_plan(DEMO)
MACHINE = next(iter(CATALOGUE.machines.values()))


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("zh", f"{MACHINE.number} 号{MACHINE.names['zh']}"),
        ("vi", f"{MACHINE.names['vi']} số\u00a0{MACHINE.number}"),
        ("en", f"{MACHINE.names['en']} {MACHINE.number}"),
    ],
)
def test_it_names_the_machine_as_it_is_labelled(language: str, name: str) -> None:
    place = MACHINE.places[language]
    assert whereabouts(PLAN, CATALOGUE, MACHINE.id, language) == Whereabouts(name, place)


def test_it_knows_the_place_without_a_catalogue() -> None:
    assert whereabouts(plan(), None, "crs-2", "vi") == Whereabouts("", "cạnh cửa sổ")


def test_it_says_nothing_of_a_machine_that_was_taken_away() -> None:
    emptied = replace(CATALOGUE, machines={})
    assert whereabouts(plan(), emptied, "crs-9", "en") == Whereabouts("", "")
