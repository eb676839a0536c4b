"""Layer C: a quantile regression without a library, and when it may speak."""

import numpy as np
import pytest

from lobby.forecast.calibration import KAPPA_S
from lobby.forecast.correction_layers import CorrectionLayers
from lobby.forecast.quantile_regression import ROWS_MIN, Inputs, QuantileRegression


def inputs(chance: np.random.Generator, service: str = "A01") -> Inputs:
    return Inputs((float(chance.normal()), float(chance.normal())), service, "regular")


def truth(of: Inputs, noise: float) -> float:
    slow = 0.4 if of.service == "B01" else 0.0
    return float(np.exp(6 + 0.5 * of.numbers[0] + slow + noise) - KAPPA_S)


def taught(rows: int) -> tuple[QuantileRegression, np.random.Generator]:
    chance, stack = np.random.default_rng(7), QuantileRegression()
    for number in range(rows):
        one = inputs(chance, "B01" if number % 3 == 0 else "A01")
        stack.learn(10, one, truth(one, 0.3 * float(chance.normal())))
    stack.refit(11)
    return stack, chance


def test_it_needs_five_hundred_tickets() -> None:
    assert not taught(ROWS_MIN - 1)[0].is_fitted
    assert taught(ROWS_MIN)[0].is_fitted


def test_its_quantiles_are_those_of_the_waits() -> None:
    stack, chance = taught(3000)
    shares = np.zeros(5)
    for number in range(1000):
        one = inputs(chance, "B01" if number % 3 == 0 else "A01")
        wait_s = truth(one, 0.3 * float(chance.normal()))
        told = stack.quantiles_s(one)
        assert told == sorted(told)
        shares += np.array([wait_s <= each for each in told]) / 1000
    assert shares.tolist() == pytest.approx([0.1, 0.25, 0.5, 0.75, 0.9], abs=0.04)


def test_a_service_common_enough_has_a_level_of_its_own() -> None:
    stack, _ = taught(3000)
    quick = stack.quantiles_s(Inputs((0.0, 0.0), "A01", "regular"))[2]
    slow = stack.quantiles_s(Inputs((0.0, 0.0), "B01", "regular"))[2]
    assert (slow + KAPPA_S) / (quick + KAPPA_S) == pytest.approx(np.exp(0.4), rel=0.05)


def test_rows_older_than_its_days_are_forgotten() -> None:
    stack, _ = taught(600)
    stack.refit(10 + 46)
    assert len(stack.plain()["rows"]) == 0


def test_a_fit_comes_back_from_storage() -> None:
    stack, chance = taught(800)
    other = QuantileRegression()
    other.restore(stack.plain())
    one = inputs(chance)
    assert other.quantiles_s(one) == pytest.approx(stack.quantiles_s(one))


def test_the_stack_speaks_only_after_it_was_better_in_the_shadow() -> None:
    chance, layers = np.random.default_rng(5), CorrectionLayers()
    promoted = []
    for day in range(1, 8):
        for _ in range(200):
            one = inputs(chance)
            told = layers.correct([100, 200, 300, 400, 500], one)
            assert told.corrected_s == (
                told.stack_corrected_s if layers.is_promoted else told.own_corrected_s
            )
            layers.learn(day, told, truth(one, 0.3 * float(chance.normal())))
        layers.end_day(day)
        promoted.append(layers.is_promoted)
    assert promoted == [False, False, False, True, True, True, True]


def test_layers_come_back_from_storage() -> None:
    chance, layers = np.random.default_rng(5), CorrectionLayers()
    for day in range(1, 6):
        for _ in range(200):
            one = inputs(chance)
            layers.learn(day, layers.correct([100, 200, 300, 400, 500], one), truth(one, 0.1))
        layers.end_day(day)
    other = CorrectionLayers()
    other.restore(layers.plain())
    one = inputs(chance)
    raw_s = [100, 200, 300, 400, 500]
    assert other.correct(raw_s, one).corrected_s == pytest.approx(
        layers.correct(raw_s, one).corrected_s, rel=0.01
    )


def test_who_is_called_at_once_says_nothing_of_the_ends_of_those_who_wait() -> None:
    chance, layers = np.random.default_rng(7), CorrectionLayers()
    raw_s = [100, 200, 300, 400, 500]
    for _ in range(50):
        told = layers.correct(raw_s, inputs(chance))
        layers.learn(1, told, 900.0)
        layers.learn(1, told, 0.0, waited=False)
    assert len(layers.plain()["ends"]["ratios"]) == 50
    upper_s = layers.ends.corrected(raw_s)[-1]
    assert upper_s > 800, "everybody who waited was called after 900 seconds"
