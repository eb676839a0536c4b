"""Servers that are broken on purpose: a fault test that lets one of them pass tests nothing.

`python -m tests.faults.variants NAME` serves like `lobby serve`, with one thing wrong; behind the
name may stand another command and its arguments.
"""

import asyncio
import os
import secrets
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from sqlalchemy import Engine, event

import kiosk.slips_after_start
import kiosk.tickets
import lobby.main
from lobby import branch_work
from lobby.__main__ import main
from lobby.branch import Branch, Outcome
from lobby.live.hub import Hub
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.ticket import TicketCalled
from lobby.queueing.model.hall import Hall
from lobby.store import catalogue, sqlite
from lobby.store.history import History
from lobby.store.kinds import SlipState
from lobby.store.slips import SlipRecord
from lobby.store.store import settle
from lobby.store.transaction import Transaction

Perform: TypeAlias = Callable[[branch_work.Performance, Transaction], Outcome | None]

SLOW_DISK_S = 0.01

perform = branch_work.Performance.perform
"""The right one."""


def forgets_keys(self: branch_work.Performance, transaction: Transaction) -> Outcome | None:
    """A second try with the same key is a second act."""
    if self._branch._first_outcome(self._act, transaction) is not None:
        self._act = replace(self._act, key=secrets.token_hex(16))
    return perform(self, transaction)


def answers_early(self: branch_work.Performance, transaction: Transaction) -> Outcome | None:
    """The customer has the number before it is on the disk, and the disk takes its time."""
    outcome = perform(self, transaction)
    loop: asyncio.AbstractEventLoop = self._future.get_loop()
    loop.call_soon_threadsafe(settle, self._future, outcome)
    time.sleep(SLOW_DISK_S)
    return outcome


def decides_on_what_screens_show(
    self: branch_work.Performance, transaction: Transaction
) -> Outcome | None:
    """Reads the published hall, then writes to the newest: two tellers may get one customer."""
    shown = self._branch.hall

    def on_shown(_newest: Hall, command: object, now: object) -> object:
        return decide(shown, command, now)  # type: ignore[arg-type]

    vars(branch_work)["decide"] = on_shown
    return perform(self, transaction)


def dies_before_it_announces(_branch: Branch, outcome: Outcome, _steps: object) -> None:
    """The call is kept, and that is the last that this process does."""
    if any(isinstance(event, TicketCalled) for event in outcome.events):
        os.kill(os.getpid(), signal.SIGKILL)


async def forgets_calls(_services: object) -> None:
    """What was called just before the start is announced to nobody."""


def dies_before_it_prints(_kiosk: object, _record: object) -> None:
    """The slip is kept with its ticket, and that is the last that this process does."""
    os.kill(os.getpid(), signal.SIGKILL)


async def forgets_slips(_services: object) -> None:
    """What the last process did not print is printed by nobody."""


def sends_slips_again() -> None:
    """What was sent and never confirmed is taken for what was never sent."""

    def read(*arguments: Any) -> list[SlipRecord]:
        return [replace(each, state=SlipState.PENDING) for each in slips_to_remember(*arguments)]

    slips_to_remember = vars(kiosk.slips_after_start)["slips_to_remember"]
    vars(kiosk.slips_after_start)["slips_to_remember"] = read


def perform_otherwise(perform: Perform) -> None:
    setattr(branch_work.Performance, "perform", perform)  # noqa: B010 - a method


def tells_nobody_who_comes_late() -> None:
    """A display that connects after a call does not hear of it."""

    def joined(self: Hub, *arguments: Any) -> Any:
        self._recent.clear()
        return join(self, *arguments)

    join = Hub.join
    setattr(Hub, "join", joined)  # noqa: B010 - a method


def shows_nobody_after_its_start() -> None:
    """Screens show an empty hall until somebody acts."""

    def begun(self: Branch, history: History, *arguments: Any) -> None:
        begin(self, history, *arguments)
        self.hall = Hall.empty(history.hall.plan, history.hall.version)

    begin = Branch.__init__
    setattr(Branch, "__init__", begun)  # noqa: B010 - a method


def forgets_visits() -> None:
    """Now and then nothing is written for the reports."""

    def projected(*arguments: Any) -> None:
        if secrets.randbelow(10):
            project(*arguments)

    project = vars(branch_work)["project"]
    vars(branch_work)["project"] = projected


def writes_with(synchronous: str) -> None:
    """What SQLite is told of how to sync."""
    writing_engine = sqlite.writing_engine

    def careless(*arguments: Any, **wishes: Any) -> Engine:
        engine = writing_engine(*arguments, **wishes)

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            connection.execute(f"PRAGMA synchronous={synchronous}")

        return engine

    setattr(sqlite, "writing_engine", careless)  # noqa: B010 - a function


VARIANTS: dict[str, Callable[[], None]] = {
    "forgets_keys": partial(perform_otherwise, forgets_keys),
    "answers_early": partial(perform_otherwise, answers_early),
    "decides_on_what_screens_show": partial(perform_otherwise, decides_on_what_screens_show),
    "dies_before_it_announces": partial(setattr, Branch, "_publish", dies_before_it_announces),
    "forgets_calls": partial(setattr, lobby.main, "_offer_calls_again", forgets_calls),
    "tells_nobody_who_comes_late": tells_nobody_who_comes_late,
    "shows_nobody_after_its_start": shows_nobody_after_its_start,
    "forgets_visits": forgets_visits,
    "dies_before_it_prints": partial(setattr, kiosk.tickets, "print_slip", dies_before_it_prints),
    "forgets_slips": partial(setattr, kiosk.slips_after_start, "take_up", forgets_slips),
    "sends_slips_again": sends_slips_again,
    "names_calls_by_version_only": partial(
        setattr, catalogue, "epoch_name", lambda _connection, _branch_id: ""
    ),
    "syncs_now_and_then": partial(writes_with, "NORMAL"),
    "never_syncs": partial(writes_with, "OFF"),
}


if __name__ == "__main__":
    VARIANTS[sys.argv[1]]()
    sys.argv = ["lobby", *(sys.argv[2:] or ["serve"])]
    os.environ.setdefault("LOBBY_LOG_LEVEL", "error")
    main()
