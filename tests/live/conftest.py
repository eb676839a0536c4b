"""A browser's page at a desk, with its socket open."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from lobby.live.channels import Urgency
from tests.app.server import Running, wait_until
from tests.live.desk import Desk
from tests.live.stage import running


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def desk_house(desk: Desk) -> Iterator[Running]:
    with running(desk.app(), desk.hub) as services:
        yield services


@pytest.fixture
def screen(page: Page, desk_house: Running, desk: Desk) -> Page:
    """The page, once its socket is there."""
    page.goto(f"http://127.0.0.1:{desk_house.port}/")
    wait_until(lambda: desk.hub.tally.sockets_open[Urgency.COUNTER] == 1, 5)
    desk_house.soon(desk.move_on)
    expect(page.locator("#number")).to_have_text("1")
    return page
