"""The demo branch with its whole catalogue on a real server, and kiosks to stand before."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize
from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_catalogue, read_plan
from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind
from lobby.triage.hours import Hours, Span
from tests.app.app import LocalApp, open_app
from tests.app.badges import Badge
from tests.app.people import MORNING
from tests.app.server import ServedApp, serve_app
from tests.kiosk.rule_house import both

Stand = Callable[..., Page]

APART_MS = 350

TALL: ViewportSize = {"width": 1080, "height": 1920}


def demo_branch(connection: Connection) -> dict[str, Badge]:
    save_plan(connection, read_plan(DEMO))
    return {}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, both) as door:
        catalogue = read_catalogue(DEMO)
        door.services.catalogues = {"riverside": catalogue, "harbour": catalogue}
        yield door


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path, demo_branch) as app:
        yield app


@pytest.fixture
def advised(branch: ServedApp) -> ServedApp:
    """The same branch with its catalogue, so that the kiosk asks and advises: one counter serves
    cash, another accounts and currency, and people wait for both."""
    branch.services.catalogues = {"riverside": read_catalogue(DEMO)}
    codes = tuple(branch.riverside.plan.services)
    branch.perform_together(
        OpenCounter("1", "thu", tuple(code for code in codes if code[0] in "AF")),
        OpenCounter("2", "wei", tuple(code for code in codes if code[0] in "BCLW")),
    )
    branch.take_together(*["A01"] * 6, *["B01"] * 4, "F01")
    branch.call("1", "2")
    branch.settled()
    return branch


@pytest.fixture
def counsel(door: LocalApp) -> LocalApp:
    """The front door with the demo's catalogue, its machines named as those of the cast."""
    catalogue = read_catalogue(DEMO)
    named = {"m1": "atm-1", "m2": "crs-2"}
    machines = {new: replace(catalogue.machines[old], id=new) for old, new in named.items()}
    hours = Hours.of(weekday=Span(time(9), time(17)), weekend=Span(time(9, 30), time(16)))
    catalogue = replace(catalogue, machines=machines, hours={"retail": hours})
    door.services.catalogues = {"riverside": catalogue}
    door.perform(OpenCounter("1", "thu", ("A01", "A02", "A04")))
    for number in range(6):
        door.perform(TakeTicket("A01", "en", f"earlier-{number}"))
    door.perform(CallNext("1"))
    door.settled()
    return door


def tap(target: Locator) -> None:
    """As a finger does, a while after the last one: two taps at once are one."""
    target.page.wait_for_timeout(APART_MS)
    target.click()


def stop_clock(page: Page) -> None:
    """The page's time stands still from its start, but for what `page.clock.run_for` adds."""
    page.clock.install(time=MORNING)
    page.clock.pause_at(MORNING)


@pytest.fixture
def stand(chromium: Browser, branch: ServedApp) -> Iterator[Stand]:
    """A browser that is a new kiosk, before its first page. What a script could not do, or the
    content security policy had to block, fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def new_kiosk(
        viewport: ViewportSize = TALL,
        *,
        scripts: bool = True,
        language: str = "en",
        **settings: Any,
    ) -> Page:
        context = chromium.new_context(viewport=viewport, java_script_enabled=scripts)
        contexts.append(context)
        branch.let_in(context, branch.paired(DeviceKind.KIOSK, language=language, **settings))
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.extend([line.text] * ("Policy" in line.text)))
        return page

    yield new_kiosk
    for context in contexts:
        context.close()
    assert errors == []
