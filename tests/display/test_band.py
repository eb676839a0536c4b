"""The band of the wall: how many wait for what, how long, and what it says when that is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from display.regions import WaitingLine
from lobby.queueing.commands.counter import (
    CallNext,
    Finish,
    OpenCounter,
    PauseCounter,
    StartServing,
)
from lobby.queueing.model.hall import Hall
from tests.app.people import MORNING, hall, plan
from tests.display.test_regions import after, busy_hall, took, view_of, zone


def test_it_counts_people_by_the_counters_they_wait_for() -> None:
    called = after(busy_hall(), CallNext("1"))
    assert view_of(called).waiting == (
        (
            WaitingLine("Cash and transfers", 3, "5–15 min"),
            WaitingLine("Open account or card", 0, "10–20 min", "the counter is busy"),
        ),
    )


def test_its_counts_add_up_to_the_people_in_the_hall() -> None:
    crowded = after(busy_hall(), took("A04", "fifth-secret"), took("F01", "sixth-secret"))
    counts = [line.count for page in view_of(crowded).waiting for line in page]
    assert sum(counts) == crowded.waiting_count() == 6
    cash = zone(services=["A01"]), zone(services=["A02", "A04", "B01", "F01"])
    parts = [
        line.count for each in cash for page in view_of(crowded, each).waiting for line in page
    ]
    assert sum(parts) == 6, "two displays for parts of one pool count nobody twice"


def test_it_lets_pools_take_turns_before_their_names_become_too_small() -> None:
    services = {code: replace(each, pool=code) for code, each in plan().services.items()}
    apart = Hall.empty(replace(plan(), services=services))
    crowded = after(apart, *(took(code, f"{code}-secret") for code in services))
    pages = view_of(crowded).waiting
    assert [len(page) for page in pages] == [3, 2]
    assert [line.count for page in pages for line in page] == [1] * 5


@pytest.mark.parametrize(
    ("language", "why"),
    [("zh", "窗口正在办理业务"), ("vi", "các quầy đang phục vụ"), ("en", "the counter is busy")],
)
def test_it_says_why_it_takes_long_where_nobody_waits(language: str, why: str) -> None:
    serving = after(busy_hall(), CallNext("1"))
    whys = {
        line.count: line.why
        for page in view_of(serving, language=language).waiting
        for line in page
    }
    assert whys == {3: "", 0: why}


def test_it_counts_exactly_those_who_can_be_called() -> None:
    waiting = busy_hall()
    counts = {line.label: line.count for page in view_of(waiting).waiting for line in page}
    counted = counts["Cash and transfers"] + counts["Open account or card"]
    called = 0
    while line := [
        c for c in ("3", "1") if any(map(waiting.waiting, waiting.counters[c].services))
    ]:
        waiting = after(waiting, CallNext(line[0]))
        ticket = waiting.counters[line[0]].ticket or ""
        waiting = after(waiting, StartServing(line[0], ticket), Finish(line[0], ticket))
        called += 1
    assert called == counted == 4
    assert all(line.count == 0 for page in view_of(waiting).waiting for line in page)


def test_it_counts_no_counter_on_pause_as_serving() -> None:
    paused = after(hall(), OpenCounter("3", "thu", ("A01",)), PauseCounter("3", "Lunch"))
    assert view_of(paused).waiting == ()


def test_it_invites_nobody_to_a_kiosk_that_is_closed() -> None:
    evening = MORNING + timedelta(hours=8)
    late = view_of(busy_hall(), now=evening)
    assert late.closed == ()
    assert late.welcome[0].text == (
        "The kiosk gives no numbers now. If you have one, please wait to be called."
    )
    assert [(line.count, line.wait, line.why) for line in late.waiting[0]] == [
        (3, "", ""),
        (1, "", ""),
    ]


def test_it_says_nothing_of_waits_beside_closed() -> None:
    idle = after(hall(), OpenCounter("3", "thu", ("A01",)))
    view = view_of(idle, now=MORNING + timedelta(hours=8))
    assert view.closed
    assert view.waiting == ()


def test_it_shows_nothing_of_yesterday_from_midnight_on() -> None:
    """One customer left without a word, another waits on paper, and a counter was forgotten."""
    called = after(busy_hall(), CallNext("3"))
    midnight = MORNING + timedelta(hours=15)
    view = view_of(called, now=midnight)
    assert (view.calls, view.waiting) == ((), ())
    assert view.closed
    morning = view_of(called, now=MORNING + timedelta(days=1))
    assert (morning.calls, morning.waiting, morning.closed) == ((), (), ())
    assert morning.welcome[0].text == "Please take a number at the kiosk"
