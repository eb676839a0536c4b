"""One forward run of a hall: how far it goes, and that shortcuts change nothing."""

import numpy as np
import pytest

from lobby.forecast import calling_rule, forward
from lobby.forecast.forward import Run, run
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.reading import scene_of
from lobby.forecast.scene import Floats, Scene
from lobby.queueing.model.priority import Order
from tests.forecast.test_same_rule import Afternoon
from tests.queueing.shift import CASH, THU, Shift

REPLICATES = 40


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of all steps that are made."""
    made: list[int] = []
    step = Run.step

    def counted(self: Run, number: int) -> None:
        made.append(number)
        step(self, number)

    monkeypatch.setattr(Run, "step", counted)
    return made


def scene(shift: Shift) -> Scene:
    rng = np.random.default_rng(1)
    knowledge = Knowledge.of(shift.hall.plan)
    return scene_of(shift.hall, shift.now, knowledge, rng, REPLICATES).scene


def test_it_makes_no_step_where_no_counter_is_open(steps: list[int]) -> None:
    shift = Shift(order=Order.RULE_A)
    for _ in range(30):
        shift.take("A01")
    starts_s = run(scene(shift), np.random.default_rng(1))
    assert not np.isfinite(starts_s).any()
    assert steps == []


def test_it_ends_when_the_last_counter_has_nobody_to_call(steps: list[int]) -> None:
    shift = Shift(order=Order.RULE_A)
    shift.open("1", THU, CASH)
    shift.take("A01")
    for _ in range(60):
        shift.take("F01")
    found = scene(shift)
    starts_s = run(found, np.random.default_rng(1))
    assert np.isfinite(starts_s[:, 0]).all()
    assert not np.isfinite(starts_s[:, 1:61]).any()
    assert len(steps) < 30


@pytest.mark.parametrize("seed", range(8))
def test_it_counts_a_crowd_in_part_as_it_counts_it_whole(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    afternoon = Afternoon(seed, Order.RULE_A)
    for number in range(14, 60):
        afternoon.come(number)
    found: list[Floats] = []
    monkeypatch.setattr(forward, "UNFINISHED", 0.0)
    for crowd in (0, 10_000):
        monkeypatch.setattr(calling_rule, "CROWD", crowd)
        rng = np.random.default_rng(seed)
        knowledge = Knowledge.of(afternoon.hall.plan)
        reading = scene_of(afternoon.hall, afternoon.now, knowledge, rng, REPLICATES)
        found.append(run(reading.scene, rng))
    assert np.array_equal(found[0], found[1])
