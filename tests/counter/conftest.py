"""Riverside with Thu at counter 1: behind the front door, and in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lobby.queueing.commands.counter import OpenCounter
from tests.office import FrontDoor, Office, front_door, open_office


@pytest.fixture
def door(tmp_path: Path) -> Iterator[FrontDoor]:
    with front_door(tmp_path) as office:
        yield office


@pytest.fixture
def at_counter(door: FrontDoor) -> FrontDoor:
    answer = door.post("thu", "/counter/openings", counter="1", service=["A01", "A02", "B01"])
    assert answer.status_code == 303
    return door


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as office:
        office.perform(OpenCounter("1", office.id_of("thu"), ("A01", "A02", "B01")))
        office.perform(OpenCounter("2", office.id_of("wei"), ("F01",)))
        yield office


@pytest.fixture
def terminal(office: Office, page: Page) -> Page:
    """Thu's screen, with its socket open."""
    office.sign_in(page.context, "thu")
    page.goto(f"{office.address}/counter")
    expect(page.locator("body")).to_have_attribute("data-live", "fresh")
    return page
