"""Riverside with Thu at counter 1."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import FrontDoor, front_door


@pytest.fixture
def door(tmp_path: Path) -> Iterator[FrontDoor]:
    with front_door(tmp_path) as office:
        yield office


@pytest.fixture
def at_counter(door: FrontDoor) -> FrontDoor:
    answer = door.post("thu", "/counter/openings", counter="1", service=["A01", "A02", "B01"])
    assert answer.status_code == 303
    return door
