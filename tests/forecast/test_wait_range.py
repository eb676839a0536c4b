"""Ranges in five-minute steps that do not flicker."""

import math

import pytest

from lobby.forecast.wait_range import WaitRange, announced, renewed


@pytest.mark.parametrize(
    ("p25_min", "p90_min", "told"),
    [
        (0, 0, WaitRange(0, 5)),
        (1, 4.9, WaitRange(0, 5)),
        (4, 6, WaitRange(0, 10)),
        (12, 18, WaitRange(10, 20)),
        (10, 10, WaitRange(10, 15)),
        (30, 60, WaitRange(30, 60)),
        (30, 60.1, WaitRange(30, None)),
        (65, 80, WaitRange(60, None)),
        (20, math.inf, WaitRange(20, None)),
    ],
)
def test_it_rounds_the_low_end_down_and_the_high_end_up(
    p25_min: float, p90_min: float, told: WaitRange
) -> None:
    assert announced(p25_min * 60, p90_min * 60) == told


def test_it_tells_nothing_where_nobody_knows() -> None:
    assert announced(math.inf, math.inf) is None


def test_only_the_next_few_minutes_are_short() -> None:
    assert WaitRange(0, 5).is_short
    assert not WaitRange(0, 10).is_short
    assert not WaitRange(60, None).is_short


@pytest.mark.parametrize(
    ("before", "fresh", "shown"),
    [
        (WaitRange(10, 20), WaitRange(10, 25), WaitRange(10, 20)),
        (WaitRange(10, 20), WaitRange(5, 15), WaitRange(10, 20)),
        (WaitRange(10, 20), WaitRange(15, 30), WaitRange(15, 30)),
        (WaitRange(10, 20), WaitRange(0, 10), WaitRange(0, 10)),
        (WaitRange(40, 60), WaitRange(40, None), WaitRange(40, 60)),
        (WaitRange(40, 50), WaitRange(40, None), WaitRange(40, None)),
        (WaitRange(60, None), WaitRange(60, None), WaitRange(60, None)),
    ],
)
def test_a_change_of_one_step_is_not_worth_a_word(
    before: WaitRange, fresh: WaitRange, shown: WaitRange
) -> None:
    assert renewed(before, fresh) == shown


def test_what_is_new_or_unknown_is_shown_at_once() -> None:
    assert renewed(None, WaitRange(0, 5)) == WaitRange(0, 5)
    assert renewed(WaitRange(0, 5), None) is None
