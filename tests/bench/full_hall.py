"""A branch in which everybody is busy and many wait: eight counters that serve, and a line."""

import asyncio
import secrets
from pathlib import Path

from lobby.branch import Actor, ActorKind, Branch
from lobby.clock import SystemClock
from lobby.live.changes import Change
from lobby.queueing.commands.counter import CallNext, OpenCounter, StartServing
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.ticket import Channel
from lobby.store.catalogue import load_plans
from lobby.store.history import read_history
from lobby.store.store import Store

SERVICES = ("A01", "B01", "C01", "F01", "L01", "W01")
"""One of each series: a day has 9,999 numbers in a series."""

AT_ONCE = 256


async def fill(database: Path, waiting: int, counters: int) -> None:
    """Through the branch itself, as if it had been a long morning; `waiting` are left in line."""
    store, clock = Store(database), SystemClock()
    store.open()
    plan = await store.read(lambda connection: load_plans(connection, clock.now())[0])
    history = await store.read(lambda connection: read_history(connection, plan))
    branch = Branch(history, store, clock, Nobody())
    tellers = list(plan.counters)[:counters]
    await _take(branch, len(tellers))
    for teller in tellers:
        await _serve(branch, teller)
    await _take(branch, waiting)
    store.close()


class Nobody:
    """Looks on while the hall fills."""

    def publish(self, change: Change) -> None:
        pass


async def _take(branch: Branch, count: int) -> None:
    for start in range(0, count, AT_ONCE):
        ordinals = range(start, min(count, start + AT_ONCE))
        await asyncio.gather(*(_take_one(branch, ordinal) for ordinal in ordinals))


async def _take_one(branch: Branch, ordinal: int) -> None:
    service = SERVICES[ordinal % len(SERVICES)]
    command = TakeTicket(service, "vi", secrets.token_urlsafe(12), Channel.KIOSK)
    await branch.perform(command, Actor(ActorKind.DEVICE, "1"), secrets.token_hex(8))


async def _serve(branch: Branch, counter: str) -> None:
    """Open for everything, and busy with the first in line."""
    teller = Actor(ActorKind.STAFF, counter)

    async def act(command: OpenCounter | CallNext | StartServing) -> None:
        await branch.perform(command, teller, secrets.token_hex(8))

    await act(OpenCounter(counter, counter, tuple(branch.plan.services)))
    await act(CallNext(counter))
    called = branch.hall.counters[counter].ticket
    assert called is not None, "somebody waits for each counter"
    await act(StartServing(counter, called))
