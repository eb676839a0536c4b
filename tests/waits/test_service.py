"""Ranges in the running house: made beside it, kept with the ticket, and never missed too much."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection
from structlog.testing import capture_logs

from lobby.forecast.estimate import Snapshot
from lobby.forecast.wait_range import WaitRange
from lobby.queueing.commands.counter import CallNext, Finish, PauseCounter, StartServing
from lobby.queueing.model.hall import Hall
from lobby.screens.advice import wait_now, wait_of
from lobby.store.announced_waits import AnnouncedWaitRow, load_announced_waits
from lobby.store.devices import DeviceKind
from lobby.store.forecast_state import load_forecast_state
from lobby.waits.announced import Wait
from lobby.waits.engine import FORECAST
from lobby.waits.schedule import RefreshSchedule
from lobby.waits.words import wait_words
from lobby.web.metrics import exposition
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING
from tests.waits.scripted import OPEN, broken, played_by, quiet, stuck, take
from tests.waits.snapshots import between


def wait(door: LocalApp, number: str) -> Wait:
    return wait_of(door.services, door.riverside, door.riverside.hall.tickets[number])


def kept(door: LocalApp, number: str) -> list[AnnouncedWaitRow]:
    def work(connection: Connection) -> list[AnnouncedWaitRow]:
        return load_announced_waits(connection, "riverside", MORNING.date())

    return [row for row in door.services.store.read_now(work) if row.number == number]


def figures(door: LocalApp) -> str:
    return exposition(door.services).decode()


def whole(row: AnnouncedWaitRow) -> WaitRange:
    return WaitRange(row.low_min, row.high_min)


def test_it_tells_everybody_who_waits_a_range(door: LocalApp) -> None:
    door.perform(OPEN)
    take(door, "A001", "A002", "A003")
    door.settled()
    for number in ("A001", "A002", "A003"):
        assert wait(door, number).range is not None
    assert wait_now(door.services, door.riverside, "A01").range is not None
    assert wait_now(door.services, door.riverside, "F01") == Wait(ahead=0, counters=0)


def test_it_keeps_apart_what_two_branches_are_told(door: LocalApp) -> None:
    door.perform(OPEN)
    take(door, "A001")
    door.settled()
    assert wait_now(door.services, door.harbour, "A01").range is None


def test_it_says_the_same_on_the_kiosk_on_paper_on_the_phone_and_in_the_books(
    door: LocalApp,
) -> None:
    played_by(door, quiet)
    door.perform(OPEN)
    take(door, "A001", "A002")
    door.settled()
    before = wait_now(door.services, door.riverside, "A01")
    kiosk = door.paired(DeviceKind.KIOSK)
    assert kiosk.post("/kiosk/tickets", service="A01").status_code == 303
    page = kiosk.get("/kiosk/tickets/A003").text
    words = wait_words(before, "en")
    assert words == "about 10 to 15 min"
    assert page.count(words) == 3, "read aloud, on the screen and on the slip"
    secret = door.riverside.hall.tickets["A003"].secret
    assert words in door.stranger().get(f"/t/{secret}?language=en").text
    door.settled()
    (row,) = kept(door, "A003")
    assert (whole(row), row.ahead, row.reason) == (before.range, 2, "")
    assert (row.at, row.naive_s) == (MORNING, 240)


def test_it_keeps_each_range_that_was_announced(door: LocalApp) -> None:
    def say(state: Hall) -> Snapshot:
        said = between(21, 28) if state.counters["1"].is_paused else between(11, 14)
        waiting = {ticket.number: said for ticket in state.waiting_tickets()}
        return Snapshot(state.version, door.clock.now(), waiting, {"A01": said})

    played_by(door, say)
    door.perform(OPEN)
    for number in ("A001", "A002"):
        door.settled()  # each finds the snapshot that counts who came before
        take(door, number)
    door.settled()
    door.clock.advance(seconds=120)
    door.perform(PauseCounter("1", "Lunch"))
    door.settled()
    rows = kept(door, "A002")
    assert [whole(row) for row in rows] == [WaitRange(10, 15), WaitRange(20, 30)]
    assert [row.reason for row in rows] == ["", "paused"]
    assert rows[1].at - rows[0].at == timedelta(minutes=2)


@pytest.mark.parametrize("trouble", [broken, stuck])
def test_it_counts_people_ahead_where_no_forecast_can_be_made(
    door: LocalApp, trouble: Callable[[Hall], Snapshot]
) -> None:
    played_by(door, quiet)
    door.perform(OPEN)
    take(door, "A001", "A002", "A003", "A004")
    door.settled()
    played_by(door, trouble)
    with capture_logs() as lines:
        door.perform(CallNext("1"))
        door.settled()
    assert {line["event"] for line in lines} == {"no forecast, people ahead are told instead"}
    assert lines[0]["branch"] == "riverside"
    assert wait(door, "A004") == Wait(ahead=2, counters=1)
    page = door.stranger().get("/t/secret-of-A004?language=en").text
    assert "2 people before you" in page
    assert "data-wait" not in page, "no range, and nothing said twice"
    kiosk = door.paired(DeviceKind.KIOSK).get("/kiosk/tickets/A004").text
    assert "2 people before you" in kiosk
    assert "Wait:" not in kiosk
    assert re.search(r"^lobby_forecast_failures_total [1-9]", figures(door), re.MULTILINE)


def test_it_recovers_by_itself_and_has_forgotten_nothing(door: LocalApp) -> None:
    played_by(door, quiet)
    door.perform(OPEN)
    take(door, "A001", "A002")
    door.settled()
    played_by(door, broken)
    take(door, "A003")
    door.settled()
    assert wait(door, "A002").range is None
    played_by(door, quiet)
    take(door, "A004")
    door.settled()
    assert wait(door, "A002").range == WaitRange(10, 15)
    assert len(kept(door, "A002")) == 1


def test_it_serves_customers_while_a_forecast_is_stuck(door: LocalApp) -> None:
    played_by(door, stuck)
    door.perform(OPEN)
    began_s = time.monotonic()
    take(door, "A001", "A002", "A003")
    door.perform(CallNext("1"))
    assert time.monotonic() - began_s < 0.4, "nobody waited for it"


def test_it_believes_no_board_that_is_too_old(door: LocalApp) -> None:
    door.perform(OPEN)
    take(door, "A001")
    door.settled()
    door.services.waits.pace = RefreshSchedule(look_s=3600)
    door.clock.advance(seconds=301)
    assert wait(door, "A001").range is None


def test_it_holds_what_was_told_over_a_restart(tmp_path: Path) -> None:
    with open_app(tmp_path) as door:
        door.perform(OPEN)
        take(door, "A001", "A002", "A003", "A004")
        door.settled()
        before = [wait(door, number).range for number in ("A002", "A004")]
        assert None not in before
    with open_app(tmp_path) as door:
        assert [wait(door, number).range for number in ("A002", "A004")] == before
        door.settled()
        assert [wait(door, number).range for number in ("A002", "A004")] == before
        assert len(kept(door, "A004")) == 1


def test_it_looks_again_as_time_goes_by_while_people_wait(door: LocalApp) -> None:
    made_at: list[datetime] = []

    def noting(state: Hall) -> Snapshot:
        made_at.append(door.clock.now())
        return replace(quiet(state), at=door.clock.now())

    played_by(door, noting)
    door.perform(OPEN)
    take(door, "A001")
    door.settled()
    door.clock.advance(seconds=14)
    door.run(asyncio.sleep, 0.2)
    assert made_at[-1] == MORNING
    door.clock.advance(seconds=2)
    door.run(asyncio.sleep, 0.2)
    assert made_at[-1] == door.clock.now()


def test_it_shows_its_figures(door: LocalApp) -> None:
    door.perform(OPEN)
    door.settled()
    assert 'lobby_forecast_age_seconds{branch="riverside"} 0.0' in figures(door)
    assert "lobby_forecast_seconds_bucket" in figures(door)


def test_it_makes_no_more_than_one_board_a_second(door: LocalApp) -> None:
    made: list[int] = []

    def counting(state: Hall) -> Snapshot:
        made.append(state.version)
        return quiet(state)

    played_by(door, counting)
    door.services.waits.pace = RefreshSchedule(least_s=1)
    door.perform(OPEN)
    made.clear()
    for number in range(10):
        take(door, f"A{number}")
    door.run(asyncio.sleep, 0.5)
    assert len(made) <= 1


def test_it_rests_after_a_snapshot_that_took_long(door: LocalApp) -> None:
    made: list[int] = []

    def slow(state: Hall) -> Snapshot:
        made.append(state.version)
        time.sleep(0.1)
        return quiet(state)

    played_by(door, slow)
    door.services.waits.pace = RefreshSchedule(least_s=0, rests=9)
    door.perform(OPEN)
    door.settled()
    made.clear()
    for number in range(10):
        take(door, f"A{number}")
        door.run(asyncio.sleep, 0.05)
    assert len(made) <= 1


def test_it_learns_from_the_day_and_keeps_what_it_learned(tmp_path: Path) -> None:
    with open_app(tmp_path) as door:
        door.perform(OPEN)
        for number in ("A001", "A002", "A003"):
            take(door, number)
            door.perform(CallNext("1"))
            door.perform(StartServing("1", number))
            door.clock.advance(seconds=540)
            door.perform(Finish("1", number))
        door.settled()
    with open_app(tmp_path) as door:
        door.settled()
        text = door.services.store.read_now(lambda c: load_forecast_state(c, "riverside", FORECAST))
        assert text is not None
        version = door.riverside.hall.version
        assert text.startswith(f'{{"version":{version},')
