"""Displays behind a bad network: true again soon, never backwards, each call called out once."""

import asyncio
import os
from typing import Any

import pytest

from tests.bench.chaos_proxy import Fault
from tests.bench.disturbed_hall import Tally
from tests.bench.hall_setup import LANGUAGES
from tests.bench.live_page import Calls, LivePage
from tests.bench.model_display import ModelDisplay
from tests.bench.network import network

CUTS = int(os.environ.get("LOBBY_TEST_CUTS", "48"))
DISPLAYS = 24
TRIES = 4
"""Whether a call falls into a fault of its display is chance: about nine runs in ten have one."""


def test_displays_are_true_whatever_their_network_does() -> None:
    tally = asyncio.run(network(CUTS, displays=DISPLAYS))
    assert tally.cuts == CUTS
    assert tally.is_clean, tally


class PageThatKeepsItsVersion(LivePage):
    """What it has seen over one socket it believes to be newer than all that another one tells."""

    def connecting(self, now_s: float) -> None:
        version, picture = self.version, self.picture
        super().connecting(now_s)
        self.version, self.picture = version, picture


class ForgetfulCalls(Calls):
    def _knows(self, call_id: str) -> bool:
        return False


class PageThatForgetsCalls(LivePage):
    """It calls out whatever a new socket tells it of."""

    def __init__(self) -> None:
        super().__init__(calls=ForgetfulCalls())


class PageWithoutVersions(LivePage):
    """It draws whatever comes, in the order in which it comes."""

    def _regions(self, frame: dict[str, Any], now_s: float) -> Any:
        self.version, self.picture = -1, 0
        return super()._regions({**frame, "since": 0}, now_s)


class DisplayThatHearsOldSockets(ModelDisplay):
    closes_old_sockets = False


BROKEN: dict[str, dict[str, Any]] = {
    "untrue": {"page": PageThatKeepsItsVersion, "faults": [Fault.CUT], "displays": len(LANGUAGES)},
    "doubled": {"page": PageThatForgetsCalls, "faults": [Fault.CUT]},
    "backwards": {
        "page": PageWithoutVersions,
        "model": DisplayThatHearsOldSockets,
        "faults": [Fault.STALL],
    },
    "missed": {
        "program": ("-m", "tests.faults.variants", "tells_nobody_who_comes_late"),
        "faults": [Fault.OUTAGE],
    },
}


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_broken_display_or_server_is_caught(wrong: str) -> None:
    disturbed = {"cuts": DISPLAYS, "displays": DISPLAYS, **BROKEN[wrong]}
    tallies: list[Tally] = []
    while len(tallies) < TRIES and not any(getattr(tally, wrong) for tally in tallies):
        tallies.append(asyncio.run(network(**disturbed)))
    assert any(getattr(tally, wrong) for tally in tallies), f"{tallies}: this test would miss it"
