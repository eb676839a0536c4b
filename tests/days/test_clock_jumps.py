"""The machine's clock is set: nobody lapses, no number comes twice, and no wait is absurd."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobby.clock import FrozenClock
from lobby.queueing.commands.counter import CallNext, Finish, OpenCounter, StartServing
from lobby.queueing.events.event import DayOpened
from lobby.queueing.model.ticket import TicketState
from lobby.steady_clock import JUMP_S, SETTLED_AFTER_S, JumpState, SteadyClock
from lobby.store.history import read_history
from lobby.store.log import events_after
from lobby.store.visits import sittings_of, visits_of
from tests.app.app import LocalApp
from tests.app.people import MORNING

TODAY = date(2026, 3, 2)
A_DAY_S = 24 * 3600.0
TEN_YEARS_S = 3650 * A_DAY_S
JUMPS_S = [1.0, -1.0, 30.0, 7200.0, -7200.0, A_DAY_S, -A_DAY_S, 2 * A_DAY_S, TEN_YEARS_S]


def check(door: LocalApp) -> None:
    door.run(door.services.days.check, door.riverside)


def states(door: LocalApp) -> set[TicketState]:
    return {ticket.state for ticket in door.hall.tickets.values()}


def waits_s(door: LocalApp) -> list[float]:
    now = door.services.clock.now()
    return [(now - ticket.taken_at).total_seconds() for ticket in door.hall.tickets.values()]


@pytest.mark.parametrize("jump_s", [A_DAY_S, TEN_YEARS_S, -A_DAY_S, 8 * 3600.0])
def test_a_jump_of_24_seconds_changes_nothing(door: LocalApp, jump_s: float) -> None:
    door.perform(OpenCounter("1", "thu", ("A01",)))
    numbers = [door.take() for _ in range(3)]
    door.clock.jump(jump_s)
    for _ in range(3):
        door.clock.advance(8)
        check(door)
        numbers.append(door.take())
    door.clock.jump(-jump_s)
    check(door)
    numbers.append(door.take())
    assert numbers == [f"A00{n}" for n in range(1, 8)]
    assert door.hall.day == TODAY and door.hall.counters["1"].is_open
    assert states(door) == {TicketState.WAITING}
    assert waits_s(door) == [24, 24, 24, 16, 8, 0, 0]
    jump = door.services.clock.jump
    assert jump is not None and jump.state is JumpState.WENT_BACK


@pytest.mark.parametrize("jump_s", [A_DAY_S, TEN_YEARS_S, -7200.0, 7200.0])
def test_a_clock_that_stays_where_it_was_set_moves_the_day_and_ends_nothing(
    door: LocalApp, jump_s: float
) -> None:
    """As after a start with yesterday's date, when the time server answers at last."""
    door.perform(OpenCounter("1", "thu", ("A01",)))
    for _ in range(3):
        door.take()
    door.perform(CallNext("1"))
    door.perform(StartServing("1", "A001"))
    door.clock.jump(jump_s)
    check(door)
    door.clock.advance(SETTLED_AFTER_S)
    check(door)
    true_day = door.riverside.plan.business_day(MORNING + timedelta(seconds=jump_s))
    assert door.hall.day == true_day
    assert door.services.clock.now() == door.clock.now()
    assert waits_s(door) == [SETTLED_AFTER_S] * 3
    door.perform(Finish("1", "A001"))
    assert door.take() == "A004"
    read = door.services.store.read_now
    visits = read(lambda c: visits_of(c, "riverside", true_day))
    assert [visit.number for visit in visits] == ["A001", "A002", "A003", "A004"]
    assert (visits[0].wait_s, visits[0].served_s) == (0, SETTLED_AFTER_S)
    (sitting,) = read(lambda c: sittings_of(c, "riverside", true_day))
    assert (door.clock.now() - sitting.opened_at).total_seconds() == SETTLED_AFTER_S
    if true_day != TODAY:
        assert read(lambda c: visits_of(c, "riverside", TODAY)) == []
    assert _refolded(door) == door.hall


def _refolded(door: LocalApp) -> object:
    plan = door.riverside.plan
    return door.services.store.read_now(lambda c: read_history(c, plan)).hall


def test_after_ten_years_and_back_numbers_and_true_days_go_on(door: LocalApp) -> None:
    door.take()
    door.clock.jump(TEN_YEARS_S)
    check(door)
    door.clock.advance(SETTLED_AFTER_S)
    check(door)
    assert door.take() == "A002"
    door.clock.jump(-TEN_YEARS_S)
    check(door)
    door.clock.advance(SETTLED_AFTER_S)
    check(door)
    assert (door.take(), door.hall.day) == ("A003", TODAY)
    door.clock.advance(A_DAY_S)
    check(door)
    assert (door.take(), door.hall.day) == ("A001", TODAY + timedelta(days=1))


def test_a_day_turns_by_time_that_has_passed(door: LocalApp) -> None:
    door.take()
    door.clock.advance(A_DAY_S)
    check(door)
    assert door.hall.day == TODAY + timedelta(days=1)


def test_a_day_that_is_over_is_never_opened_again(door: LocalApp) -> None:
    """An hour after midnight the clock goes two hours back, and stays there."""
    door.take()
    door.clock.move_to(datetime(2026, 3, 2, 17, 0, tzinfo=UTC))
    assert door.take() == "A001"
    tomorrow = door.hall.day
    door.clock.jump(-7200)
    check(door)
    door.clock.advance(SETTLED_AFTER_S)
    check(door)
    assert (door.take(), door.hall.day) == ("A002", tomorrow)
    assert min(waits_s(door)) >= 0


moves = st.lists(
    st.one_of(
        st.tuples(st.just("jump"), st.sampled_from(JUMPS_S)),
        st.tuples(st.just("pass"), st.sampled_from([1.0, 24.0, SETTLED_AFTER_S, 7200.0])),
        st.tuples(st.just("settle"), st.just(0.0)),
    ),
    max_size=12,
)


@given(moves)
def test_its_time_moves_only_as_time_passes_or_as_it_says(moves: list[tuple[str, float]]) -> None:
    machine = FrozenClock(MORNING)
    clock = SteadyClock(machine)
    before, corrected_s, slack_s = clock.now(), 0.0, 0.0
    for move, by_s in moves:
        passed_s = 0.0
        if move == "jump":
            machine.jump(by_s)
            slack_s = JUMP_S
        elif move == "pass":
            machine.advance(by_s)
            passed_s = by_s
        else:
            clock.settle()
        now, corrected_now_s = clock.read()
        moved_s = (now - before).total_seconds() - (corrected_now_s - corrected_s)
        assert abs(moved_s - passed_s) <= slack_s
        before, corrected_s = now, corrected_now_s


def test_the_log_shows_no_opening_by_a_jump(door: LocalApp) -> None:
    door.take()
    door.clock.jump(A_DAY_S)
    check(door)
    door.clock.advance(SETTLED_AFTER_S)
    check(door)
    door.take()
    events = door.services.store.read_now(lambda c: events_after(c, "riverside", 0))
    assert sum(isinstance(event, DayOpened) for event in events) == 1
