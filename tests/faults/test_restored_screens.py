"""Screens that stay on while a backup is put back: they show and say what is true then."""

import asyncio
import re
import secrets
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Page, expect

from lobby.store.backups import back_up
from lobby.store.engine import writing_engine
from lobby.store.restore import restore
from tests.app.badges import sign_in
from tests.app.process import Server, prepare
from tests.bench.wire import Connection, post
from tests.display.wall_page import LISTEN

T = TypeVar("T")

COMES_BACK_WITHIN_MS = 20_000


def beside_the_browser(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: the one of a browser test has a loop of Playwright's."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class Branch:
    """A real server on one port, whatever its database; one kiosk, one teller."""

    def __init__(self, folder: Path, variant: str = "") -> None:
        self.database, self.backup = folder / "lobby.db", folder / "backup.db"
        self.badges = prepare(self.database)
        self.teller = self.badges.tellers[0]
        self.server = Server(self.database)
        if variant:
            program = ("-m", "tests.faults.variants", variant)
            self.server = Server(self.database, self.server.port, program)

    def act(self, path: str, cookie: str, **fields: str) -> int:
        return beside_the_browser(self._act(path, cookie, fields))

    async def _act(self, path: str, cookie: str, fields: dict[str, str]) -> int:
        connection = await Connection.open(self.server.port)
        status, _ = await connection.send(post(path, fields, secrets.token_hex(8), cookie))
        connection.close()
        return status

    def take(self) -> None:
        assert self.act("/kiosk/tickets", self.badges.kiosk, service="A01", language="en") == 201

    def call(self) -> None:
        """At a counter that opens for it."""
        assert self.act("/counter/openings", self.teller, counter="1", service="A01") < 400
        assert self.act("/counter/calls", self.teller, counter="1") < 400

    def put_back(self) -> None:
        self.server.kill()
        restore(self.backup, self.database, datetime.now(UTC), replace=True)
        engine = writing_engine(self.database)
        with engine.begin() as connection:
            self.teller = sign_in(connection, 1).header
        engine.dispose()
        self.server.start()


def on_the_wall(page: Page, branch: Branch) -> Page:
    name, _, value = branch.badges.display.partition("=")
    address = f"http://127.0.0.1:{branch.server.port}"
    page.context.add_cookies([{"name": name, "value": value, "url": address}])
    page.add_init_script(LISTEN)
    page.goto(f"{address}/display")
    expect(page.locator("body")).to_have_attribute("data-live", "fresh")
    return page


def calls_after_a_restore(page: Page, branch: Branch) -> list[str]:
    """What a display announced that stayed on: the same ticket, called before and after."""
    with branch.server:
        branch.take()
        back_up(branch.database, branch.backup)
        wall = on_the_wall(page, branch)
        branch.call()
        wall.wait_for_function("() => announced.length === 1", timeout=COMES_BACK_WITHIN_MS)
        branch.put_back()
        expect(wall.locator("body")).to_have_attribute(
            "data-live", "fresh", timeout=COMES_BACK_WITHIN_MS
        )
        branch.call()
        wall.wait_for_function(
            """() => [...document.querySelectorAll("[data-region]")]
                .some((region) => region.textContent.includes("001"))""",
            timeout=COMES_BACK_WITHIN_MS,
        )
        wall.wait_for_timeout(1_500)
        found: list[str] = wall.evaluate("announced")
    return found


def test_a_display_that_stays_on_announces_what_is_called_after_a_restore(
    page: Page, tmp_path: Path
) -> None:
    assert calls_after_a_restore(page, Branch(tmp_path)) == ["A001", "A001"]


def test_a_server_without_epochs_leaves_it_mute(page: Page, tmp_path: Path) -> None:
    branch = Branch(tmp_path, "names_calls_by_version_only")
    assert calls_after_a_restore(page, branch) == ["A001"]


def test_a_page_that_kept_a_later_version_shows_the_whole_picture_of_the_new_epoch(
    page: Page, tmp_path: Path
) -> None:
    branch = Branch(tmp_path)
    with branch.server:
        branch.take()
        back_up(branch.database, branch.backup)
        for _ in range(6):
            branch.take()
        wall = on_the_wall(page, branch)
        branch.call()
        wall.wait_for_function("() => announced.length === 1", timeout=COMES_BACK_WITHIN_MS)
        branch.put_back()
        wall.wait_for_function(
            """() => document.body.dataset.live === "fresh"
                && ![...document.querySelectorAll("[data-newest-ticket]")]
                    .some((call) => call.textContent.includes("001"))""",
            timeout=COMES_BACK_WITHIN_MS,
        )


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_a_phone_says_that_its_number_was_lost(page: Page, tmp_path: Path, language: str) -> None:
    branch = Branch(tmp_path)
    with branch.server:
        back_up(branch.database, branch.backup)
        secret = beside_the_browser(_secret(branch))
        branch.put_back()
        address = f"http://127.0.0.1:{branch.server.port}/t/{secret}?language={language}"
        answer = page.goto(address)
        assert answer is not None and answer.status == 410
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
        expect(page.locator(".standing__number")).to_contain_text("001")


async def _secret(branch: Branch) -> str:
    kiosk = await Connection.open(branch.server.port)
    fields = {"service": "A01", "language": "vi"}
    _, body = await kiosk.send(post("/kiosk/tickets", fields, "once", branch.badges.kiosk))
    kiosk.close()
    return body.split(b'"secret":"', 1)[1].split(b'"', 1)[0].decode()
