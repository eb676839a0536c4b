"""Were the announced waits right: the first range of each ticket against what came."""

from dataclasses import replace

import pytest

from lobby.queueing.model.priority import Priority
from lobby.reports.accuracy import accuracy_of
from lobby.reports.day import report_of
from lobby.reports.fairness import fairness_of
from lobby.reports.measures import Rate
from lobby.store.announced_waits import AnnouncedWaitRow, load_announced_waits, save_announced_waits
from lobby.store.visits import Visit
from tests.reports.conftest import Desk
from tests.reports.kpi_day import DAY, SITTINGS, VISITS, at, visit
from tests.reports.test_day import NEXT_MORNING, PLAN


def told(number: str, minute: float, low: int, high: int | None, middle: float) -> AnnouncedWaitRow:
    """Told at `minute`; the naive estimate says half of our middle."""
    p50_s = middle * 60
    return AnnouncedWaitRow(
        *("riverside", DAY, number, at(minute), low, high),
        *(p50_s / 2, p50_s / 1.5, p50_s, p50_s * 1.5, p50_s * 2),
        naive_s=p50_s / 2,
        ahead=3,
    )


CASES: tuple[tuple[Visit, AnnouncedWaitRow], ...] = (
    (visit("A001", 0, 11, 12, 20), told("A001", 0, 10, 15, 12)),
    (visit("A002", 0, 11, 16, 20), told("A002", 0, 10, 15, 12)),
    (visit("A003", 0, 4, 5, 20), told("A003", 0, 10, 15, 12)),
    (visit("B001", 61, 130, 131, 140, service="B01"), told("B001", 61, 60, None, 70)),
)
VISITS_TOLD = [case for case, _ in CASES]
TOLD = [each for _, each in CASES]


def test_it_counts_who_was_called_inside_the_range_and_who_later() -> None:
    accuracy = accuracy_of(PLAN, VISITS_TOLD, TOLD)
    assert accuracy is not None
    assert (accuracy.all.inside, accuracy.all.late) == (Rate(2, 4), Rate(1, 4))
    assert accuracy.all.error_s == 2 * 60  # of 0, 4, 7 and 0 minutes
    assert accuracy.all.naive_error_s == pytest.approx(8 * 60)  # of 6, 10, 1 and 35 minutes
    assert accuracy.all.naive_late == Rate(3, 4)


def test_it_cuts_by_the_hour_of_taking_and_by_service() -> None:
    accuracy = accuracy_of(PLAN, VISITS_TOLD, TOLD)
    assert accuracy is not None
    assert [(hour, line.count) for hour, line in accuracy.hours] == [(9, 3), (10, 1)]
    assert [(code, line.count) for code, line in accuracy.services] == [("A01", 3), ("B01", 1)]


def test_what_counts_is_the_first_that_was_said() -> None:
    later = told("A002", 5, 15, 20, 16)
    first = accuracy_of(PLAN, VISITS_TOLD, TOLD)
    assert accuracy_of(PLAN, VISITS_TOLD, [*TOLD, later]) == first


def test_a_day_without_announcements_says_nothing_of_them() -> None:
    assert accuracy_of(PLAN, VISITS, []) is None
    assert report_of(PLAN, DAY, VISITS, SITTINGS, NEXT_MORNING).accuracy is None


def test_who_was_told_nothing_is_counted_apart() -> None:
    accuracy = accuracy_of(PLAN, [*VISITS_TOLD, visit("A009", 0, 1, 2, 3)], TOLD)
    assert accuracy is not None
    assert (accuracy.untold, accuracy.all.count) == (1, 4)


def test_each_class_is_measured_by_its_own_promise() -> None:
    helped = Priority.ASSISTANCE
    visits = [
        visit("A001", 0, 14, 15, 20, overtakes=2),
        visit("A002", 0, 8, 9, 20, priority=helped),
        visit("A003", 0, 11, 12, 20, priority=helped, by_hand=True, hand_reason="Needs help"),
    ]
    fairness = fairness_of(PLAN, visits)
    assert fairness is not None
    regular, assisted = fairness.classes
    assert (regular.promise_min, regular.within, regular.overtakes_max) == (10, Rate(0, 1), 2)
    assert (assisted.promise_min, assisted.within) == (10, Rate(1, 2))
    assert (fairness.passed, fairness.overtakes_max) == (Rate(1, 3), 2)
    assert (fairness.by_hand, fairness.reasons) == (Rate(1, 3), (("Needs help", 1),))
    left = replace(visits[0], number="A099", first_called_at=None, overtakes=3)
    of_all = fairness_of(PLAN, [*visits, left])
    assert of_all is not None
    assert (of_all.passed, of_all.overtakes_max) == (Rate(1, 3), 3)
    assert fairness_of(PLAN, []) is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "How accurate were the announced waits?"),
        ("zh", "预计等候的准确度"),
        ("vi", "Thời gian chờ đã báo có đúng không"),
    ],
)
def test_the_page_tells_the_branch_head(desk: Desk, language: str, words: str) -> None:
    page = f"/reports/days/{DAY}?language={language}"
    assert words not in desk.get(page).text
    rows = [told("A001", 0, 5, 15, 9), told("A002", 1, 0, 5, 3)]
    desk.app.run(
        desk.services.store.write, lambda connection: save_announced_waits(connection, rows)
    )
    text = desk.get(page).text
    assert words in text
    assert text.count('aria-labelledby="order-heading"') == 1
    figures = desk.get(f"/reports/days/{DAY}.json").json()
    assert figures["accuracy"]["told_and_served"] == 2
    assert {line["priority"] for line in figures["order"]["classes"]} == {"regular"}


def test_two_ranges_of_one_instant_leave_the_later(desk: Desk) -> None:
    rows = [told("A001", 0, 5, 15, 9), told("A001", 0, 10, 20, 9)]
    desk.app.run(desk.services.store.write, lambda c: save_announced_waits(c, rows))
    (kept,) = desk.services.store.read_now(lambda c: load_announced_waits(c, "riverside", DAY))
    assert (kept.low_min, kept.high_min) == (10, 20)
