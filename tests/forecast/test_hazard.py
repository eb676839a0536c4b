"""Hazards by age, with values worked out by hand."""

import math

import numpy as np
import pytest

from lobby.forecast.hazard import Hazard


def hazard() -> Hazard:
    return Hazard((0.0, 10.0), ((1.0, 10.0), (1.0, 100.0)))


def test_before_anything_was_seen_it_is_what_is_configured() -> None:
    assert hazard().rates().tolist() == pytest.approx([0.1, 0.01])
    assert hazard().mean_rate() == pytest.approx(2 / 110)


def test_it_counts_seconds_and_ends_in_the_step_of_their_age() -> None:
    seen = hazard()
    seen.learn(15.0, ended=True)
    seen.learn(20.0, ended=False, since_s=5.0)
    assert seen.lasted_s.tolist() == [15.0, 15.0]
    assert seen.ended.tolist() == [0.0, 1.0]
    assert seen.rates().tolist() == pytest.approx([1 / 25, 2 / 115])


def test_a_rest_ends_where_the_summed_hazard_has_grown_by_the_draw() -> None:
    left = hazard().remaining_s(np.array([0.0, 5.0, 10.0]), np.array([0.5, 1.5, 1.0]))
    # 0.5 / 0.1; half of a unit until age ten, then 1 / 0.01; 1 / 0.01
    assert left.tolist() == pytest.approx([5.0, 105.0, 100.0])


def test_a_pool_holds_the_whole_distribution() -> None:
    lengths = Hazard((0.0,), ((1.0, 50.0),)).pool(1000)
    assert lengths.mean() == pytest.approx(50, rel=0.02)
    assert np.median(lengths) == pytest.approx(50 * math.log(2), rel=0.02)


def test_it_fades_and_comes_back_from_storage() -> None:
    seen = hazard()
    seen.learn(15.0, ended=True)
    seen.forget()
    other = hazard()
    other.restore(seen.plain())
    assert other.ended.tolist() == pytest.approx([0.0, 0.98])
    assert other.rates().tolist() == pytest.approx(seen.rates().tolist())
