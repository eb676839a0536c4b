"""A wait as its customer sees it on the phone: one change with its reason, and calm otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lobby.queueing.commands.counter import (
    CallNext,
    Finish,
    OpenCounter,
    PauseCounter,
    StartServing,
)
from lobby.queueing.model.ticket import Ticket
from lobby.store.announced_waits import AnnouncedWaitRow, load_announced_waits
from tests.app.people import MORNING
from tests.app.server import ServedApp, serve_app

SERVICES = ("A01", "A02", "A04")
QUIET_MS = 10_000

WATCH = """() => {
  const shown = () => document.querySelector("[data-wait]")?.textContent ?? "none";
  window.seen = [shown()];
  new MutationObserver(() => {
    if (shown() !== window.seen.at(-1)) window.seen.push(shown());
  }).observe(document.querySelector("#region-standing"),
             { subtree: true, childList: true, characterData: true });
}"""


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[ServedApp]:
    """Two counters for cash, both busy, and eight people waiting."""
    with serve_app(tmp_path) as branch:
        for counter, teller in (("1", "thu"), ("2", "wei")):
            branch.perform_together(OpenCounter(counter, teller, SERVICES))
        branch.take_together(*["A01"] * 10)
        for counter in ("1", "2"):
            branch.perform_together(CallNext(counter))
            ticket = branch.riverside.hall.counters[counter].ticket
            assert ticket is not None
            branch.perform_together(StartServing(counter, ticket))
        branch.settled()
        yield branch


def last(branch: ServedApp) -> Ticket:
    return list(branch.riverside.hall.tickets.values())[-1]


def kept(branch: ServedApp) -> list[AnnouncedWaitRow]:
    rows: list[AnnouncedWaitRow] = branch.services.store.read_now(
        lambda connection: load_announced_waits(connection, "riverside", MORNING.date())
    )
    return [row for row in rows if row.number == last(branch).number]


def open_own_page(page: Page, branch: ServedApp) -> None:
    page.goto(f"{branch.address}/t/{last(branch).secret}?language=en")
    expect(page.locator("body")).to_have_attribute("data-live", "fresh")
    page.evaluate(WATCH)


def test_it_changes_once_and_says_why_when_a_counter_pauses(page: Page, branch: ServedApp) -> None:
    open_own_page(page, branch)
    expect(page.locator("[data-wait]")).to_contain_text("min")
    expect(page.locator("[data-moved]")).to_have_count(0)
    branch.perform_together(Finish("2", "A002"), PauseCounter("2", "Lunch", minutes=60))
    expect(page.locator("[data-moved]")).to_have_text("A counter paused")
    page.wait_for_timeout(QUIET_MS)
    seen = page.evaluate("window.seen")
    assert len(seen) == 2, seen
    assert [row.reason for row in kept(branch)][1:] == ["paused"]


def test_it_does_not_flicker_while_nothing_happens(page: Page, branch: ServedApp) -> None:
    open_own_page(page, branch)
    for _second in range(10):
        branch.clock.advance(seconds=QUIET_MS / 10_000)
        page.wait_for_timeout(QUIET_MS / 10)
    assert len(page.evaluate("window.seen")) == 1
