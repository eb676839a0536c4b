"""Draws from what was seen, with values worked out by hand."""

import math

import numpy as np
import pytest

from lobby.forecast.draws import lognormal, mixed, pool, remaining
from lobby.forecast.estimate_builder import quantiles


def test_configuration_stands_for_a_log_normal_of_the_given_mean() -> None:
    values = lognormal(300.0, count=4000)
    assert np.mean(values) == pytest.approx(300, rel=0.01)
    assert np.var(values) / np.mean(values) ** 2 == pytest.approx(0.7, rel=0.05)
    assert np.median(values) == pytest.approx(300 / math.sqrt(1.7), rel=0.01)


def test_a_pool_has_the_values_of_its_distribution() -> None:
    assert pool([1.0, 2.0, 3.0], size=3).tolist() == pytest.approx([4 / 3, 2, 8 / 3])
    assert pool([7.0]).tolist() == [7.0] * 256


def test_what_is_left_is_drawn_among_longer_ones_between_neighbours() -> None:
    ordered = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
    left = remaining(ordered, 20.0, np.array([0.0, 0.5, 0.99]))
    assert left.tolist() == pytest.approx([10.0, 25.0, 30.0])  # 30, 45 and 50 less the age


def test_what_has_outlasted_everything_has_an_exponential_rest() -> None:
    left = remaining(np.array([1.0, 2.0]), 100.0, np.array([1 - math.exp(-1)]))
    assert left.tolist() == pytest.approx([0.4 * 100 + 30])


def test_mixtures_keep_their_shares() -> None:
    both = mixed([np.zeros(256), np.ones(256)], [3.0, 1.0])
    assert len(both) == 256
    assert both.mean() == pytest.approx(0.25)


def test_quantiles_stand_between_neighbours_and_know_what_never_comes() -> None:
    starts_s = np.stack([np.arange(11.0) * 10, np.r_[np.arange(9.0), np.inf, np.inf]], axis=1)
    found = quantiles(starts_s)
    assert found[:, 0].tolist() == pytest.approx([10, 25, 50, 75, 90])
    assert found[:4, 1].tolist() == pytest.approx([1, 2.5, 5, 7.5])
    assert math.isinf(found[4, 1])
