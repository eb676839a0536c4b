"""Forecasts that a test has written down, played in the running house."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from lobby.forecast.estimate import ForecastError, Snapshot
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.hall import Hall
from lobby.store.store import Store
from lobby.waits.engine import ForecastWorker
from lobby.waits.schedule import RefreshSchedule
from tests.app.app import LocalApp
from tests.app.people import MORNING
from tests.waits.snapshots import between

QUICK = RefreshSchedule(least_s=0, look_s=0.02, patience_s=0.2, after_failure_s=0.05)
OPEN = OpenCounter("1", "thu", ("A01", "A02"))


def take(door: LocalApp, *numbers: str) -> None:
    for number in numbers:
        door.perform(TakeTicket("A01", "en", f"secret-of-{number}"))


class Scripted(ForecastWorker):
    """Says what the test has written down: minutes by number, or something worse."""

    def __init__(self, say: Callable[[Hall], Snapshot]) -> None:
        self._say = say
        self._seen: Hall | None = None

    def has_lessons(self, hall: Hall) -> bool:
        return False

    def follow(self, hall: Hall, steps: Any, first_words: Any) -> None:
        self._seen = hall

    def snapshot(self, now: datetime) -> Snapshot:
        assert self._seen is not None
        return self._say(self._seen)

    def foresee(self, hall: Hall, now: datetime) -> Mapping[str, float]:
        return {number: said.p90_s for number, said in self._say(hall).tickets.items()}

    def learned(self, now: datetime) -> None:
        return None


def played_by(door: LocalApp, say: Callable[[Hall], Snapshot]) -> None:
    """From now on the forecast of Riverside is made by this function."""
    waits = door.services.waits
    waits.pace = QUICK

    def make(_branch_id: str, _store: Store) -> ForecastWorker:
        return Scripted(say)

    waits.make_engine = make
    waits._desks["riverside"].engine = make("riverside", door.services.store)


def quiet(state: Hall) -> Snapshot:
    """Ten to fifteen minutes for everybody."""
    all_waiting = {ticket.number: between(11, 14) for ticket in state.waiting_tickets()}
    return Snapshot(state.version, MORNING, all_waiting, {"A01": between(11, 14)})


def broken(_state: Hall) -> Snapshot:
    raise ForecastError("nothing to go by")


def stuck(_state: Hall) -> Snapshot:
    time.sleep(0.5)
    raise AssertionError("nobody waits for this")
