"""How long a branch that starts takes until everybody who waits has been told."""

import sys

from lobby.forecast.forecaster import Forecaster
from lobby.forecast.knowledge import Knowledge
from tests.app.people import plan
from tests.forecast.test_forecaster import one_counter


def calls_for_first_telling(waiting: int) -> int:
    """How many functions are called until everybody who waits has been told, as after a start."""
    day, called = one_counter(waiting), [0]
    day.snapshot()
    day.forecaster = Forecaster(Knowledge.of(plan()))

    def count(_frame: object, what: str, _argument: object) -> None:
        called[0] += what == "call"

    sys.setprofile(count)
    try:
        day.snapshot()
    finally:
        sys.setprofile(None)
    return called[0]


def test_after_a_start_everybody_is_told_in_the_time_that_a_line_takes() -> None:
    few, many = calls_for_first_telling(40), calls_for_first_telling(160)
    assert many < 6 * few
