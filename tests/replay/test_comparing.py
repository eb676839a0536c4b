"""The comparer is what says that nothing was lost, so it is shown everything that can go wrong."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from lobby.replay.clients import Report, ReportRow
from lobby.replay.comparing import Comparison, compare, waits_of
from lobby.replay.listening import DisplayWatch, HeardCall
from lobby.replay.play import AnnouncedCall, Played
from lobby.replay.recording import Recorded

DAY = (
    Recorded(2, "PS", "S01", 10, started_s=20, finished_s=30),
    Recorded(3, "PS", "S01", 15, started_s=40, finished_s=50),
    Recorded(4, "NE", "S02", 16, left_s=60),
)
CALLS = (AnnouncedCall("A001", "1", 20), AnnouncedCall("A002", "1", 40))
HEARD = (HeardCall(5, "A001", "1", 20), HeardCall(9, "A002", "1", 40))
ROWS = (
    ReportRow("A001", "finished", 10.0),
    ReportRow("A002", "finished", 25.0),
    ReportRow("B001", "cancelled", None),
)


def picture(*calls: tuple[str, str]) -> dict[str, str]:
    items = (f'<li data-ticket="{t}" data-counter="{c}"></li>' for t, c in calls)
    return {"calls": "".join(items)}


def display() -> DisplayWatch:
    shown = picture(("A002", "1"), ("A001", "1"))
    return DisplayWatch(calls=list(HEARD), pictures=3, version=9, last_picture=shown)


def a_good_day() -> Played:
    figures = {"wait_mean_s": 17.5, "wait_median_s": 17.5, "wait_p90_s": 25.0}
    return Played(
        tickets={2: "A001", 3: "A002", 4: "B001"},
        calls=list(CALLS),
        displays=[display(), display()],
        pages_opened=3,
        pages_called=2,
        pages_told=2,
        report=Report(figures, ROWS),
    )


def test_it_is_content_with_a_good_day() -> None:
    found = compare(DAY, a_good_day())
    assert found.is_faithful
    assert (found.lost, found.doubled, found.out_of_order, found.troubles) == (0, 0, 0, 0)
    assert found.waits_in_log == found.waits_in_report
    assert found.largest_difference_s == 0
    assert found.displays_true == 2


Spoil = Callable[[Played], object]


def changed(played: Played, number: str, **fields: object) -> None:
    assert played.report is not None
    rows = tuple(
        replace(row, **fields) if row.number == number else row  # type: ignore[arg-type]
        for row in played.report.rows
    )
    played.report = replace(played.report, rows=rows)


def listed(played: Played, *rows: ReportRow) -> None:
    assert played.report is not None
    played.report = replace(played.report, rows=rows)


LOST: dict[str, Spoil] = {
    "no ticket": lambda played: played.tickets.pop(2),
    "no row in the report": lambda played: listed(played, *ROWS[1:]),
    "never served": lambda played: changed(played, "A001", state="waiting", wait_s=None),
    "never left": lambda played: changed(played, "B001", state="waiting"),
    "a call not heard": lambda played: played.displays[1].calls.pop(),
    "a page not told": lambda played: setattr(played, "pages_told", 1),
}
DOUBLED: dict[str, Spoil] = {
    "a number given out twice": lambda played: played.tickets.update({3: "A001"}),
    "a row twice": lambda played: listed(played, *ROWS, ROWS[0]),
    "a row for nobody": lambda played: listed(played, *ROWS, ReportRow("A003", "waiting", None)),
    "called to two counters": lambda played: played.calls.append(AnnouncedCall("A001", "2", 41)),
    "a call heard twice": lambda played: played.displays[0].calls.append(HEARD[1]),
    "a call that nobody made": lambda played: played.displays[0].calls.append(
        HeardCall(11, "A007", "1", 44)
    ),
}
OUT_OF_ORDER: dict[str, Spoil] = {
    "calls the wrong way round": lambda played: played.displays[0].calls.reverse(),
    "numbers the wrong way round": lambda played: played.tickets.update({2: "A002", 3: "A001"}),
    "an older picture after a newer": lambda played: setattr(played.displays[0], "backwards", 1),
}


@pytest.mark.parametrize("spoil", LOST.values(), ids=LOST)
def test_it_notices_what_is_lost(spoil: Spoil) -> None:
    assert spoiled(spoil).lost > 0


@pytest.mark.parametrize("spoil", DOUBLED.values(), ids=DOUBLED)
def test_it_notices_what_is_doubled(spoil: Spoil) -> None:
    assert spoiled(spoil).doubled > 0


@pytest.mark.parametrize("spoil", OUT_OF_ORDER.values(), ids=OUT_OF_ORDER)
def test_it_notices_what_is_out_of_order(spoil: Spoil) -> None:
    assert spoiled(spoil).out_of_order > 0


def test_it_notices_a_wait_that_differs_by_more_than_a_second() -> None:
    late = spoiled(lambda played: changed(played, "A002", wait_s=26.5))
    assert late.largest_difference_s == 1.5
    assert late.lost == late.doubled == late.out_of_order == 0


def test_it_lets_a_wait_differ_by_a_second() -> None:
    played = a_good_day()
    changed(played, "A002", wait_s=26.0)
    assert compare(DAY, played).is_faithful


@pytest.mark.parametrize(
    "shown",
    [
        picture(("A001", "1"), ("A002", "1")),
        picture(("A002", "1")),
        picture(("A002", "2"), ("A001", "1")),
        {},
    ],
    ids=["wrong order", "one missing", "wrong counter", "no picture"],
)
def test_it_notices_a_display_that_does_not_show_the_last_calls(shown: dict[str, str]) -> None:
    def spoil(played: Played) -> None:
        played.displays[0].last_picture = shown

    assert spoiled(spoil).displays_true == 1


def test_it_notices_an_act_that_was_not_done() -> None:
    assert spoiled(lambda played: played.troubles.append("refused")).troubles == 1


def test_it_takes_the_mean_of_the_middle_two_and_the_nearest_rank() -> None:
    waits = waits_of(range(1, 11))
    assert (waits.mean_s, waits.median_s, waits.p90_s) == (5.5, 5.5, 9)
    assert waits_of([]).p90_s is None


def spoiled(spoil: Spoil) -> Comparison:
    """What the comparer says of a good day in which one thing is wrong; never that it is good."""
    played = a_good_day()
    spoil(played)
    found = compare(DAY, played)
    assert not found.is_faithful
    return found
