"""Riverside with two counters open and people in the hall."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lobby.queueing.commands.counter import (
    CallAgain,
    CallNext,
    Hold,
    MarkAbsent,
    OpenCounter,
    PauseCounter,
    StartServing,
)
from tests.app.app import LocalApp, open_app, people_and_devices

GRACE_S = 45
"""As long as a counter waits after the second call."""


@pytest.fixture
def door(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, people_and_devices) as office:
        yield office


@pytest.fixture
def busy(door: LocalApp) -> LocalApp:
    """A001 missed the call, A002 is on hold, A003 is being served; A004 and F001 wait."""
    door.perform(OpenCounter("1", door.id_of("thu"), ("A01", "A02")))
    door.perform(OpenCounter("2", door.id_of("wei"), ("A01",)))
    for _ in range(4):
        door.take("A01")
    door.take("F01")
    door.perform(CallNext("1"))
    door.perform(CallAgain("1", "A001"))
    door.clock.advance(GRACE_S)
    door.perform(MarkAbsent("1", "A001"))
    door.perform(CallNext("1"))
    door.perform(Hold("1", "A002", "Fetching papers"))
    door.perform(CallNext("1"))
    door.perform(StartServing("1", "A003"))
    door.perform(PauseCounter("2", "Lunch"))
    return door
