"""Servers that are broken on purpose: a fault test that lets one of them pass tests nothing.

`python -m tests.faults.variants NAME` serves like `lobby serve`, with one thing wrong.
"""

import asyncio
import os
import secrets
import sys
import time
from collections.abc import Callable

from lobby import branch
from lobby.__main__ import main
from lobby.branch import Outcome
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.model.hall import Hall
from lobby.store.store import settle
from lobby.store.transaction import Transaction

SLOW_DISK_S = 0.01

perform = branch._Performance.perform
"""The right one."""


def forgets_keys(self: branch._Performance, transaction: Transaction) -> Outcome:
    """A second try with the same key is a second act."""
    self._key = f"{self._key}-{secrets.token_hex(4)}"
    return perform(self, transaction)


def answers_early(self: branch._Performance, transaction: Transaction) -> Outcome:
    """The customer has the number before it is on the disk, and the disk takes its time."""
    outcome = perform(self, transaction)
    loop: asyncio.AbstractEventLoop = self._future.get_loop()
    loop.call_soon_threadsafe(settle, self._future, outcome)
    time.sleep(SLOW_DISK_S)
    return outcome


def decides_on_what_screens_show(self: branch._Performance, transaction: Transaction) -> Outcome:
    """Reads the published hall, then writes to the newest: two tellers may get one customer."""
    shown = self._branch.hall

    def on_shown(_newest: Hall, command: object, now: object) -> object:
        return decide(shown, command, now)  # type: ignore[arg-type]

    vars(branch)["decide"] = on_shown
    return perform(self, transaction)


VARIANTS: dict[str, Callable[[branch._Performance, Transaction], Outcome]] = {
    variant.__name__: variant
    for variant in (forgets_keys, answers_early, decides_on_what_screens_show)
}


if __name__ == "__main__":
    setattr(branch._Performance, "perform", VARIANTS[sys.argv[1]])  # noqa: B010 - a method
    sys.argv = ["lobby", "serve"]
    os.environ.setdefault("LOBBY_LOG_LEVEL", "critical")
    main()
