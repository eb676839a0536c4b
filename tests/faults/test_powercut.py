"""Power cuts of a recorded day: what was acknowledged is there, and what is there makes sense."""

import asyncio
import os

import pytest

from tests.bench.powercut import powercut
from tests.needs import needs

CUTS = int(os.environ.get("LOBBY_TEST_CUTS", "150"))


@pytest.fixture(autouse=True)
def _compiler() -> None:
    needs("compiler")


def test_it_keeps_what_it_acknowledged_when_the_power_goes() -> None:
    tally = asyncio.run(powercut(CUTS))
    assert tally.cuts == CUTS
    assert (tally.lost, tally.corrupt) == (0, 0)


@pytest.mark.parametrize(
    ("variant", "wrong"), [("syncs_now_and_then", "lost"), ("never_syncs", "corrupt")]
)
def test_a_server_that_syncs_too_little_is_caught(variant: str, wrong: str) -> None:
    program = ("-m", "tests.faults.variants", variant)
    tally = asyncio.run(powercut(CUTS, program, until=wrong))
    assert getattr(tally, wrong) > 0, f"{variant} passed: this test would miss it"
