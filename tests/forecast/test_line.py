"""The wait that configuration alone can tell, and how it is said."""

from datetime import timedelta

from lobby.forecast.line import WaitRange, announced, expected_wait_min, remaining_wait_min
from lobby.queueing import commands as do
from lobby.queueing.decide import decide
from lobby.queueing.evolve import fold
from lobby.queueing.hall import Hall
from lobby.web.wait_words import wait_words
from tests.cast import MORNING, hall


def after(*commands: do.Command) -> Hall:
    now, state = MORNING, hall()
    for command in commands:
        now += timedelta(seconds=1)
        state = fold(state, decide(state, command, now))
    return state


def take(number: int) -> tuple[do.Command, ...]:
    return tuple(do.TakeTicket("A01", "en", f"secret-{n}") for n in range(number))


OPEN = do.OpenCounter("1", "thu", ("A01", "A02"))


def test_nobody_can_tell_while_no_counter_serves() -> None:
    assert expected_wait_min(after(*take(2)), "A01") is None
    assert announced(None) is None


def test_a_free_counter_means_no_wait() -> None:
    assert expected_wait_min(after(OPEN), "A01") == 0
    assert announced(0) == WaitRange(0, 5)


def test_each_one_ahead_costs_a_serving() -> None:
    state = after(OPEN, *take(3), do.CallNext("1"))
    assert expected_wait_min(state, "A01") == 12
    assert remaining_wait_min(state, state.tickets["A002"]) == 4
    assert remaining_wait_min(state, state.tickets["A003"]) == 8


def test_a_second_counter_halves_it() -> None:
    second = do.OpenCounter("2", "wei", ("A01",))
    state = after(OPEN, second, *take(4), do.CallNext("1"), do.CallNext("2"))
    assert expected_wait_min(state, "A01") == 6


def test_it_announces_steps_of_five_and_never_more_than_it_knows() -> None:
    assert announced(12) == WaitRange(5, 20)
    assert announced(55) == WaitRange(30, None)
    assert announced(200) == WaitRange(60, None)


def test_it_says_a_range_in_words() -> None:
    assert wait_words(announced(12), "en") == "about 5 to 20 min"
    assert wait_words(announced(1), "en") == "the next few minutes"
    assert wait_words(announced(6), "en") == "up to 10 min"
    assert wait_words(announced(200), "en") == "over 60 min"
    assert wait_words(None, "en") == "No counter is open for this yet"
