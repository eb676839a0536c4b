"""Layer B: the bias of today and ends that hold."""

import math

import numpy as np
import pytest

from lobby.forecast.calibration import FEWEST, KAPPA_S, Bias, Conformal, Drift


def test_a_bias_is_a_mean_of_log_errors_beside_five_without() -> None:
    bias = Bias()
    bias.learn(wait_s=240 + 120, middle_s=120)  # log(480 / 240)
    assert bias.value == pytest.approx(math.log(2) / 6)
    bias.learn(wait_s=120, middle_s=120)
    fade = 0.5 ** (1 / 20)
    assert bias.value == pytest.approx(math.log(2) * fade / (1 + fade + 5))


def test_one_error_weighs_no_more_than_its_bound() -> None:
    bias = Bias()
    bias.learn(wait_s=10**6, middle_s=0)
    assert bias.value == pytest.approx(1.5 / 6)


def test_all_quantiles_move_by_the_same_factor() -> None:
    bias = Bias()
    bias.learn(wait_s=360, middle_s=120)
    factor = math.exp(bias.value)
    told = bias.corrected([0, 60, 120, 300, 600])
    expected = [(each + KAPPA_S) * factor - KAPPA_S for each in (0, 60, 120, 300, 600)]
    assert told == pytest.approx(expected)
    assert Bias().corrected([0, 60, 120, 300, 600]) == [0, 60, 120, 300, 600]


def test_a_drift_is_a_bias_by_memory_and_by_kind() -> None:
    drift = Drift()
    assert drift.values(("A01", "regular")) == (0, 0, 0, 0)
    drift.learn(("A01", "regular"), wait_s=360, middle_s=120)
    assert drift.values(("A01", "regular")) == pytest.approx([math.log(2) / 6] * 4)
    assert drift.values(("B01", "regular"))[3] == 0
    drift.learn(("B01", "regular"), wait_s=120, middle_s=120)
    few, dozen, many, own = drift.values(("A01", "regular"))
    assert few < dozen < many < own


def test_ends_wait_for_enough_tickets() -> None:
    ends = Conformal()
    for _ in range(FEWEST - 1):
        ends.learn(1000, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    assert ends.corrected([1, 2, 3, 4, 5]) == [1, 2, 3, 4, 5]
    ends.learn(1000, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    assert ends.corrected([1, 2, 3, 4, 5])[4] > 900


def test_ends_cover_four_of_five_though_the_model_is_far_too_sure() -> None:
    chance, ends = np.random.default_rng(3), Conformal()
    inside = late = 0
    for count in range(3000):
        wait_s = float(chance.lognormal(5.0, 0.8))
        too_sure = [140.0, 145.0, 150.0, 155.0, 160.0]
        told = ends.corrected(too_sure)
        assert told == sorted(told)
        if count >= 500:
            inside += told[0] <= wait_s <= told[-1]
            late += wait_s > told[-1]
        ends.learn(wait_s, too_sure, told)
    assert inside / 2500 == pytest.approx(0.8, abs=0.02)
    assert late / 2500 == pytest.approx(0.1, abs=0.015)


def test_the_middle_is_not_the_business_of_the_ends() -> None:
    ends = Conformal()
    for wait_s in range(100):
        ends.learn(float(wait_s), [1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    assert ends.corrected([10, 20, 30, 40, 50])[2] == pytest.approx(30)


def test_ends_come_back_from_storage() -> None:
    ends = Conformal()
    for wait_s in range(100):
        ends.learn(float(wait_s), [10, 20, 30, 40, 50], [10, 20, 30, 40, 50])
    other = Conformal()
    other.restore(ends.plain())
    assert other.corrected([10, 20, 30, 40, 50]) == pytest.approx(
        ends.corrected([10, 20, 30, 40, 50]), abs=0.1
    )
