"""The demo branch with its whole catalogue on a real server, and kiosks to stand before."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from lobby.catalogue.reading import DEMO, read_plan
from lobby.clock import FrozenClock
from lobby.main import build
from lobby.settings import Settings
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind
from lobby.store.engine import writing_engine
from lobby.store.migrate import migrate
from lobby.web.livesocket import OPTIONS, LiveServer, LiveSocket
from tests.cast import MORNING
from tests.display.riverside import Riverside
from tests.live.stage import Running, free_port

Stand = Callable[..., Page]

TALL: ViewportSize = {"width": 1080, "height": 1920}


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Riverside]:
    database, port, clock = tmp_path / "lobby.db", free_port(), FrozenClock(MORNING)
    migrate(database)
    engine = writing_engine(database)
    with engine.begin() as connection:
        save_plan(connection, read_plan(DEMO))
    engine.dispose()
    house = build(Settings(database=database, port=port), clock)
    config = uvicorn.Config(
        house, port=port, ws=LiveSocket, log_config=None, timeout_graceful_shutdown=5, **OPTIONS
    )
    running = Running(LiveServer(config, house.state.house.hub), port)
    running.start()
    yield Riverside(running, house.state.house, clock)
    running.stop()


@pytest.fixture
def stand(chromium: Browser, branch: Riverside) -> Iterator[Stand]:
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
        cookies = branch.pair(settings, language, DeviceKind.KIOSK).items()
        context.add_cookies([{"name": n, "value": v, "url": branch.address} for n, v in cookies])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.extend([line.text] * ("Policy" in line.text)))
        return page

    yield new_kiosk
    for context in contexts:
        context.close()
    assert errors == []
