"""What every test may ask for: the browser of the machine, and a page that tolerates no error."""

import asyncio
import gc
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Error, Page, sync_playwright

from lobby.settings import Database
from tests.app import process
from tests.app.app import LocalApp, open_app
from tests.app.matrix import OPTION, Matrix
from tests.app.memory_disk import keep_files_in_memory
from tests.app.ports import free_port
from tests.app.postgres import KINDS, PostgresServer, database_of
from tests.app.preloaded import PreloadedPrograms
from tests.app.shared_statements import share_statements
from tests.needs import needs

# A shared machine pauses now and then; how long one example takes says nothing about the rules.
settings.register_profile("lobby", deadline=None, max_examples=30)
settings.register_profile("matrix", deadline=None, max_examples=300)

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",  # the tests may run as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


YOUNG_MAX = (10_000, 20, 20)
"""So many new objects, and turns of each generation, before garbage is looked for."""

PLAYWRIGHT_LOOP = pytest.StashKey[asyncio.AbstractEventLoop]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        OPTION,
        action="store_true",
        help="look at every combination of screens, languages and sizes, and at ten times as many "
        "examples of a property",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("matrix" if config.getoption(OPTION) else "lobby")
    keep_files_in_memory()
    share_statements()


@pytest.fixture(scope="session")
def matrix(pytestconfig: pytest.Config) -> Matrix:
    return Matrix(pytestconfig)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Within a file browser tests go last, so that what they share ends with one of them."""
    items.sort(key=lambda item: (item.path, wants_browser(item)))


def pytest_collection_finish() -> None:
    """Programs and tests stay until the end: looking for garbage among them at every turn took a
    third of the time in which a test opens the application."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*YOUNG_MAX)


def wants_browser(item: pytest.Item) -> bool:
    return "chromium" in getattr(item, "fixturenames", ())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Playwright leaves its event loop marked as the running one of this thread between two of
    its calls, and no other could run: it keeps the mark during the tests of a browser only."""
    if wants_browser(item):
        asyncio._set_running_loop(item.config.stash.get(PLAYWRIGHT_LOOP, None))
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(None)


@pytest.fixture(scope="session", autouse=True)
def preloaded_programs() -> Iterator[None]:
    """Loading the program costs 2.8 s of processor time at each start of a server, a fork 0.1."""
    process.shared = PreloadedPrograms()
    yield
    process.shared.close()
    process.shared = None


@pytest.fixture(scope="session")
def chromium(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """One browser for all tests of this process; each test opens contexts of its own in it."""
    program = needs("browser")
    with sync_playwright() as playwright:
        loop = pytestconfig.stash[PLAYWRIGHT_LOOP] = asyncio.get_running_loop()
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGUMENTS))
        yield browser
        asyncio._set_running_loop(loop)
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page in English. An error in a script, or anything the content security policy
    had to block, fails the test that caused it."""
    errors: list[str] = []

    def note(error: Error) -> None:
        errors.append(str(error))

    with chromium.new_context(locale="en") as context:
        page = context.new_page()
        page.on("pageerror", note)
        page.on(
            "console",
            lambda line: errors.append(line.text) if "Security Policy" in line.text else None,
        )
        yield page
    assert errors == []


@pytest.fixture
def door(tmp_path: Path) -> Iterator[LocalApp]:
    """The real application with both branches of the cast, at nine on a Monday morning."""
    with open_app(tmp_path) as front_door:
        yield front_door


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for the whole run; each test gets a database of its own in it."""
    with PostgresServer(free_port()) as server:
        yield server


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Where a branch's record is to be kept, once in each of the databases that Lobby speaks."""
    with database_of(request.param, request, tmp_path) as place:
        yield place
