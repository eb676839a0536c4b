"""Backup and restore under load, some rounds of what the benchmark does; what it would miss."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from lobby.store import put_aside
from lobby.store import restore as restoring
from tests.bench.restore import ASIDE, restore_rounds

ROUNDS = 3


@pytest.mark.parametrize("aside", ASIDE)
def test_a_restore_loses_nothing_reuses_nothing_and_revives_nobody(aside: str) -> None:
    tally = asyncio.run(restore_rounds(ROUNDS, aside))
    assert (tally.rounds, tally.is_clean) == (ROUNDS, True), tally
    assert tally.acknowledged > ROUNDS


def nothing(*_arguments: Any, **_options: Any) -> None:
    """What the right one does is not done."""


BROKEN: Mapping[str, tuple[object, str, object, str]] = {
    "numbers_not_reserved": (restoring, "_reserve", nothing, "reused_numbers"),
    "sign_ins_kept": (put_aside, "_end_sign_ins", nothing, "revived"),
    "devices_as_in_the_backup": (put_aside, "DEVICES", "SELECT 1", "revived"),
    "people_as_in_the_backup": (put_aside, "PEOPLE", "SELECT 1", "revived"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_restore_that_is_broken_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, attribute, broken, figure = BROKEN[name]
    monkeypatch.setattr(module, attribute, broken)
    if name == "devices_as_in_the_backup":
        monkeypatch.setattr(put_aside, "OTHER_DEVICES", "SELECT 1")
    tally = asyncio.run(restore_rounds(ROUNDS, "intact"))
    assert getattr(tally, figure) > 0, f"{name} passed: the benchmark would miss it"
