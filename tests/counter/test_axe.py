"""What assistive technology would stumble over at a counter: nothing, in any state."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lobby.queueing.commands.counter import (
    AddService,
    CallAgain,
    CallNext,
    CloseCounter,
    Hold,
    MarkAbsent,
    PauseCounter,
    PauseServing,
    PlanBreak,
    StartServing,
)
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.priority import Priority
from tests.app.matrix import Matrix
from tests.app.server import ServedApp
from tests.counter.keyboard import press
from tests.kiosk.test_axe import violations

LANGUAGES = ("en", "zh", "vi")
PANELS = {"idle": "cbplg", "called": "htgw", "serving": "dh"}


def somebody(office: ServedApp) -> str:
    taken = office.perform(
        TakeTicket("A01", "vi", f"secret-{office.hall.version}", priority=Priority.ASSISTANCE)
    )
    return str(getattr(taken.events[-1], "number", ""))


def closed(office: ServedApp) -> None:
    office.perform(CloseCounter("1"))


def nobody(office: ServedApp) -> None:
    assert office.hall.waiting_count() == 0


def idle(office: ServedApp) -> None:
    """With a queue, somebody on hold, somebody who missed a call, and a break that is due."""
    for minutes in (5, None):
        number = somebody(office)
        office.perform(CallNext("1"))
        office.perform(StartServing("1", number))
        office.perform(Hold("1", number, "Fetching papers", minutes))
    office.perform(PlanBreak("1", office.clock.now() + timedelta(minutes=9), 30))
    office.clock.advance(600)
    number = somebody(office)
    office.perform(CallNext("1"))
    office.perform(CallAgain("1", number))
    office.clock.advance(60)
    office.perform(MarkAbsent("1", number))
    office.perform(CallColleague(HelpKind.HELP, "counter/1"))
    for _ in range(3):
        somebody(office)


def called(office: ServedApp) -> None:
    idle(office)
    office.perform(CallNext("1"))
    office.perform(CallColleague(HelpKind.RISK, "counter/1", office.hall.counters["1"].ticket))


def serving(office: ServedApp) -> None:
    called(office)
    number = office.hall.counters["1"].ticket or ""
    office.perform(StartServing("1", number))
    office.perform(AddService("1", number, "B01"))


def interrupted(office: ServedApp) -> None:
    serving(office)
    office.perform(PauseServing("1", office.hall.counters["1"].ticket or ""))


def paused(office: ServedApp) -> None:
    office.perform(PauseCounter("1", "Lunch", 30))


STATES = (closed, nobody, idle, called, serving, interrupted, paused)


@pytest.mark.parametrize("state", STATES)
def test_it_finds_nothing_at_a_counter(
    office: ServedApp, terminal: Page, matrix: Matrix, state: Callable[[ServedApp], None]
) -> None:
    state(office)
    for one, language in matrix.turns(STATES, LANGUAGES):
        if one is not state:
            continue
        terminal.goto(f"{office.address}/counter?language={language}")
        expect(terminal.locator("body")).to_have_attribute("data-live", "fresh")
        assert violations(terminal) == [], language


@pytest.mark.parametrize("state", [idle, called, serving])
def test_it_finds_nothing_in_an_open_panel(
    office: ServedApp, terminal: Page, state: Callable[[ServedApp], None]
) -> None:
    state(office)
    terminal.reload()
    for key in PANELS[state.__name__]:
        press(terminal, key)
        expect(terminal.locator("details[open]")).to_be_visible()
        assert violations(terminal) == [], key
        terminal.keyboard.press("Escape")


def test_it_finds_nothing_where_an_act_is_refused(office: ServedApp, terminal: Page) -> None:
    press(terminal, "n")
    expect(terminal.locator("[data-notice]")).to_contain_text("Nobody is waiting")
    assert violations(terminal) == []
    terminal.goto(f"{office.address}/counter/day")
    terminal.goto(f"{office.address}/counter/nowhere")
    assert violations(terminal) == []


def test_it_finds_nothing_on_the_page_of_ones_own_day(office: ServedApp, terminal: Page) -> None:
    serving(office)
    for language in LANGUAGES:
        terminal.goto(f"{office.address}/counter/day?language={language}")
        assert violations(terminal) == [], language
