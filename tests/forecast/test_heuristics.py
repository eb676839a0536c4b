"""Rules of thumb, with values worked out by hand."""

import math

import pytest

from lobby.forecast.heuristics import QueueSituation, RecentWaits, inputs_of, markov_s


def test_a_queue_with_leaving_is_shorter_than_one_without() -> None:
    assert markov_s(2, 2, 100.0, 0.0) == pytest.approx(3 * 50)
    assert markov_s(1, 2, 100.0, 0.01) == pytest.approx(1 / 0.02 + 1 / 0.03)
    assert markov_s(0, 0, 100.0, 0.0) == pytest.approx(100)


def test_it_remembers_the_last_waits() -> None:
    recent = RecentWaits()
    assert (recent.last_s("A01"), recent.ten_s(), recent.half_hour_s(0.0)) == (0.0, 0.0, 0.0)
    for number in range(12):
        recent.learn(number * 600.0, "A01", number * 10.0)
    recent.learn(7000.0, "B01", 5.0)
    assert recent.last_s("A01") == 110
    assert recent.last_s("F01") == 5
    assert recent.ten_s() == pytest.approx((sum(range(30, 120, 10)) + 5) / 10)
    assert recent.half_hour_s(8000.0) == pytest.approx((110 + 5) / 2)


def test_inputs_are_logarithms_of_seconds_and_two_minutes() -> None:
    situation = QueueSituation("A01", "regular", 3, 2, 4, 2, 2, 120.0, 90.0, 0.0, 60.0, 15.0)
    found = inputs_of([10, 20, 30, 40, 50], situation, RecentWaits(), 0.0)
    assert found.numbers[0] == pytest.approx(math.log(150))
    assert found.numbers[3] == pytest.approx(math.log(4 * 60 + 120))
    assert found.numbers[4] == pytest.approx(math.log(4 * 90 / 2 + 120))
    assert found.numbers[5] == pytest.approx(math.log(2 * 120 / 2 + 120))
    assert found.numbers[-2:] == pytest.approx((0.5, 0.25))
    assert (found.service, found.priority) == ("A01", "regular")
