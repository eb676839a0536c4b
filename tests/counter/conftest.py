"""Riverside with Thu at counter 1: behind the front door, and in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lobby.queueing.commands.counter import OpenCounter
from tests.app.app import LocalApp, open_app, people_and_devices
from tests.app.server import ServedApp, serve_app


@pytest.fixture
def door(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, people_and_devices) as office:
        yield office


@pytest.fixture
def at_counter(door: LocalApp) -> LocalApp:
    answer = door.post("thu", "/counter/openings", counter="1", service=["A01", "A02", "B01"])
    assert answer.status_code == 303
    return door


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path, people_and_devices) as office:
        office.perform(OpenCounter("1", office.id_of("thu"), ("A01", "A02", "B01")))
        office.perform(OpenCounter("2", office.id_of("wei"), ("F01",)))
        yield office


@pytest.fixture
def terminal(office: ServedApp, page: Page) -> Page:
    """Thu's screen, with its socket open."""
    office.sign_in(page.context, "thu")
    page.goto(f"{office.address}/counter")
    expect(page.locator("body")).to_have_attribute("data-live", "fresh")
    return page
