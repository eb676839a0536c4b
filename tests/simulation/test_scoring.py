from collections.abc import Sequence
from dataclasses import replace

import pytest

from lobby.queueing.model.priority import CallingRule, Priority
from lobby.simulation.record import DayRecord, Visit
from lobby.simulation.scoring import Difference, differences, figures
from tests.simulation.days import MONDAY, NINE_S, customer

RULE = CallingRule()
REGULAR, ASSISTANCE, BOOKED = Priority.REGULAR, Priority.ASSISTANCE, Priority.APPOINTMENT


def served(wait_min: float, priority: Priority = REGULAR, booked_s: float | None = None) -> Visit:
    who = customer(0, priority=priority, booked_s=booked_s)
    return Visit(who, started_s=NINE_S + 60 * wait_min)


def left(wait_min: float) -> Visit:
    return Visit(customer(0), left_s=NINE_S + 60 * wait_min)


def record(*visits: Visit) -> DayRecord:
    return DayRecord(MONDAY, visits)


@pytest.mark.parametrize(
    ("visit", "kept"),
    [
        (served(20), True),
        (served(20.1), False),
        (served(10, ASSISTANCE), True),
        (served(10.1, ASSISTANCE), False),
        (served(12, BOOKED, booked_s=NINE_S + 8 * 60), True),
        (served(14, BOOKED, booked_s=NINE_S + 8 * 60), False),
        (served(4, BOOKED, booked_s=NINE_S - 600), True),
        (left(21), False),
        (left(19), None),
        (Visit(customer(0, comes=False)), None),
    ],
)
def test_it_knows_who_was_served_as_promised(visit: Visit, kept: bool | None) -> None:
    assert visit.in_promise(RULE) is kept


def test_it_tells_what_a_day_was_like() -> None:
    passed = replace_overtakes(served(46), 2)
    found = figures([record(served(2), served(12, ASSISTANCE), passed, left(30))], RULE)
    assert (found.customers, found.served) == (4, 3)
    assert found.mean_min == pytest.approx(20)
    assert found.p95_min == pytest.approx(42.6)
    assert found.in_promise == pytest.approx(1 / 4)
    assert found.in_promise_by_class[REGULAR] == pytest.approx(1 / 3)
    assert found.in_promise_by_class[ASSISTANCE] == 0
    assert found.in_promise_by_class[BOOKED] is None
    assert found.over_45 == pytest.approx(1 / 3)
    assert found.overtakes_max == 2
    assert found.left == pytest.approx(1 / 4)


def replace_overtakes(visit: Visit, overtakes: int) -> Visit:
    return replace(visit, overtakes=overtakes)


def test_it_has_no_figures_for_a_day_without_anybody() -> None:
    found = figures([record()], RULE)
    assert (found.mean_min, found.p95_min, found.in_promise, found.over_45) == (None,) * 4
    assert found.overtakes_max == 0


def means(waits_min: Sequence[float]) -> list[DayRecord]:
    return [record(served(wait_min)) for wait_min in waits_min]


def test_it_compares_each_day_with_itself() -> None:
    found = differences(means([10, 20, 30]), means([12, 21, 36]), RULE)["mean_min"]
    assert found is not None
    assert found.mean == pytest.approx(-3)
    assert found.high - found.mean == pytest.approx(1.96 * 2.645751 / 3**0.5)
    assert found.mean - found.low == pytest.approx(found.high - found.mean)


def test_it_compares_only_days_that_have_a_figure_on_both_sides() -> None:
    ours, theirs = [record(), *means([10])], means([12, 11])
    found = differences(ours, theirs, RULE)
    assert found["mean_min"] == Difference(-1, -1, -1)
    assert found["in_promise_appointment"] is None
