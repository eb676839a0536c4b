"""Kill -9 in the middle of the load: nothing promised is lost, doubled or out of order."""

import asyncio
import os

import pytest

from tests.app.postgres import KINDS
from tests.bench.crash import crash

KILLS = int(os.environ.get("LOBBY_TEST_KILLS", "6"))


@pytest.mark.parametrize("kind", KINDS)
def test_it_keeps_every_promise_when_it_is_killed(kind: str) -> None:
    tally = asyncio.run(crash(KILLS, kind=kind))
    assert tally.kills == KILLS
    assert tally.acknowledged > KILLS
    assert tally.findings.is_clean, tally


@pytest.mark.parametrize(
    ("variant", "wrong"),
    [
        ("forgets_keys", "answers_differ"),
        ("answers_early", "lost"),
        ("tells_nobody_who_comes_late", "calls_unheard"),
        ("shows_nobody_after_its_start", "hall_differs"),
        ("forgets_visits", "visits_differ"),
    ],
)
def test_a_broken_server_does_not_get_away_with_it(variant: str, wrong: str) -> None:
    tally = asyncio.run(crash(4, variant))
    assert getattr(tally.findings, wrong) > 0, f"{variant} passed: {tally}"
