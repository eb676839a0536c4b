"""The compiled forward run makes the calls that numpy's makes, and is left aside where it cannot be
trusted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from lobby.forecast import forward, kernel, whatif
from lobby.forecast.forward import Run
from lobby.forecast.kernel import Following, digest
from lobby.forecast.random_numbers import draw
from lobby.forecast.reading import scene_of
from lobby.forecast.scene import Floats, Scene
from lobby.queueing.commands.counter import PlanBreak
from lobby.queueing.model.priority import Order
from tests.forecast.test_same_rule import Afternoon
from tests.forecast.test_whatif import crowd, knowing

needs_kernel = pytest.mark.skipif(
    kernel.library() is None, reason="the package was built without a C compiler"
)
REPLICATES = 30


@pytest.fixture
def no_cache() -> Iterator[None]:
    kernel.library.cache_clear()
    yield
    kernel.library.cache_clear()


def busy(seed: int, order: Order) -> Scene:
    """A hall that chance has filled, with those to come; now and then a break is planned."""
    afternoon = Afternoon(seed, order)
    counters = [each.id for each in afternoon.hall.counters.values() if each.is_open]
    if seed % 3 == 0:
        afternoon.act(PlanBreak(counters[0], afternoon.now + timedelta(minutes=9), 20))
    rng = np.random.default_rng(seed)
    return scene_of(afternoon.hall, afternoon.now, knowing(40), rng, REPLICATES).scene


def in_numpy(scene: Scene, seed: int) -> Floats:
    """Every replicate to its end."""
    hall = Run(scene, draw(scene, np.random.default_rng(seed)))
    for step in range(scene.steps_max):
        if not hall.counters_left:
            break
        hall.step(step)
    return hall.starts_s[:, : scene.size]


@needs_kernel
@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("seed", range(12))
def test_it_calls_everybody_when_numpy_calls_them(order: Order, seed: int) -> None:
    found, scene = kernel.library(), busy(seed, order)
    assert found is not None
    starts_s, _ = kernel.run(found, scene, draw(scene, np.random.default_rng(seed)))
    assert np.isfinite(starts_s).any()
    assert np.array_equal(starts_s, in_numpy(scene, seed))


@needs_kernel
@pytest.mark.parametrize("people", [0, 9])
def test_it_follows_those_to_come_as_numpy_does(
    people: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = crowd(people, counters=2)
    compiled = whatif.what_if(shift.hall, shift.now, knowing(30))
    monkeypatch.setattr(whatif, "library", lambda: None)
    assert whatif.what_if(shift.hall, shift.now, knowing(30)) == compiled


def test_it_goes_on_without_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward, "library", lambda: None)
    starts_s = forward.run(busy(1, Order.RULE_A), np.random.default_rng(1))
    assert np.isfinite(starts_s).any()


@pytest.mark.usefixtures("no_cache")
def test_it_leaves_a_file_aside_that_is_no_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.so").write_bytes(b"not a library")
    for path in (tmp_path / "broken.so", tmp_path / "missing.so"):
        monkeypatch.setattr(kernel, "LIBRARY", path)
        kernel.library.cache_clear()
        assert kernel.library() is None


@needs_kernel
@pytest.mark.usefixtures("no_cache")
def test_it_leaves_a_library_aside_that_was_built_of_another_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "forward_kernel.c"
    other.write_bytes(kernel.SOURCE.read_bytes() + b"/* and more */")
    assert digest(other.read_bytes()) != digest(kernel.SOURCE.read_bytes())
    monkeypatch.setattr(kernel, "SOURCE", other)
    assert kernel.library() is None


@needs_kernel
def test_it_has_a_kernel_in_the_numbers_of_a_followed_run() -> None:
    """Nobody is in time of nothing, and everybody within for ever."""
    found, scene = kernel.library(), busy(2, Order.RULE_A)
    assert found is not None
    numbers = draw(scene, np.random.default_rng(2))
    never = np.full(len(scene.groups.first), -1.0)
    assert kernel.run(found, scene, numbers, Following(2700.0, 2700.0, never, 1e7))[1] == 0
    always = np.full(len(scene.groups.first), np.inf)
    assert kernel.run(found, scene, numbers, Following(2700.0, 2700.0, always, 1e7))[1] > 0
