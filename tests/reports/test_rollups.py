"""Days in sums: they agree with the day's report, add up, and are written when a day ends."""

import asyncio
import json
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Executable, select

from lobby.control.messages import RebuildReports, Rebuilt
from lobby.control.perform import Doers, perform, user_of_computer
from lobby.queueing.commands.command import OpenDay
from lobby.queueing.commands.counter import (
    CallNext,
    CloseCounter,
    Finish,
    OpenCounter,
    StartServing,
)
from lobby.reports.reading import Reading
from lobby.reports.rollup import MICROSECONDS, rollups_of
from lobby.store.histograms import (
    ERROR_SHARE,
    LONGEST_S,
    SHORTEST_S,
    median_s,
    p90_s,
    packed,
    unpacked,
)
from lobby.store.kinds import RollupPart
from lobby.store.rollups import Rollup, Tally, days_rolled_up, parts_rolled_up
from lobby.store.tables_reports import ROLLUPS
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING
from tests.bench.kpi import reading_of_file
from tests.bench.kpi_file import read_day_file
from tests.reports.kpi_by_hand import by_definition
from tests.reports.kpi_random import random_day

RANDOM_DAYS = 12
DAY = MORNING.date()
ROUNDING_US = 2
"""Each duration is rounded to a microsecond once."""


def played(folder: Path, day: dict[str, Any]) -> Reading:
    path = folder / "day.json"
    path.write_text(json.dumps(day), "utf-8")
    return asyncio.run(reading_of_file(read_day_file(path)))


def tally_of(rollups: list[Rollup], part: RollupPart, name: str = "") -> Tally:
    tally = Tally()
    for each in rollups:
        if each.part is part and each.name == name:
            tally.add(each)
    return tally


def share(count: int, of: int) -> float | None:
    return count / of if of else None


def minutes(total_us: int, of: int) -> float | None:
    return total_us / of / 60 / MICROSECONDS if of else None


def is_near(told_s: float | None, true_s: float | None) -> bool:
    """Within the bound that the histogram states."""
    if told_s is None or true_s is None:
        return told_s is true_s
    return abs(told_s - true_s) <= max(SHORTEST_S / 2, true_s * ERROR_SHARE) + 1e-6


@pytest.mark.parametrize("seed", range(RANDOM_DAYS))
def test_it_agrees_with_the_definitions_on_random_days(tmp_path: Path, seed: int) -> None:
    day = random_day(seed)
    expected = by_definition(day)
    rollups = rollups_of(played(tmp_path, day))
    whole = tally_of(rollups, RollupPart.DAY)
    found = {
        "wait_mean_min": minutes(whole["wait_us"], whole["served"]),
        "within_target": share(whole["on_target"], whole["target_of"]),
        "no_show_rate": share(whole["missed"], whole["called"]),
        "abandonment_rate": share(whole["gave_up"], whole["in_line"]),
        "service_mean_min": minutes(whole["service_us"], whole["done"]),
        "return_rate": share(whole["returned"], whole["accepted"]),
        "diversion_rate": share(whole["completed"], whole["eligible"]),
    }
    assert found == pytest.approx({name: expected[name] for name in found})
    assert (whole["tickets"], whole["offered"]) == (len(day["tickets"]), expected["offered"])
    at_work_us = whole["signed_in_us"] - whole["breaks_us"]
    assert share(whole["serving_us"], at_work_us) == pytest.approx(expected["utilisation"]["all"])
    for counts, name in ((whole.waits, "wait"), (whole.service_times, "service")):
        for told_s, figure in ((median_s(counts), "median"), (p90_s(counts), "p90")):
            true_min = expected[f"{name}_{figure}_min"]
            assert is_near(told_s, None if true_min is None else float(true_min) * 60)


@pytest.mark.parametrize("seed", range(RANDOM_DAYS))
def test_the_parts_of_a_day_add_up_to_it(tmp_path: Path, seed: int) -> None:
    rollups = rollups_of(played(tmp_path, random_day(seed + 100)))
    whole = tally_of(rollups, RollupPart.DAY)
    cut = (RollupPart.HALF_HOUR, RollupPart.SERVICE_HALF_HOUR, RollupPart.SERVICE)
    for part in (*cut, RollupPart.POOL, RollupPart.CHANNEL):
        own = Tally()
        for each in rollups:
            if each.part is part:
                own.add(each)
        for name in ("tickets", "served", "wait_us"):
            assert own[name] == whole[name], (part, name)
        assert own["wait_max_us"] == whole["wait_max_us"]
        assert (own.waits == whole.waits).all()
    used = [each.figures for each in rollups if each.part is RollupPart.COUNTER]
    for name in ("serving_us", "signed_in_us", "breaks_us"):
        found = sum(figures[name] for figures in used)
        assert abs(found - whole[name]) <= ROUNDING_US * (len(used) + 1)


def test_percentiles_of_many_days_are_within_the_stated_bound() -> None:
    """Computed slowly, from all durations of all days sorted together."""
    days = [random_day(seed)["tickets"] for seed in range(60)]
    waits_s = [
        float(60 * (Fraction(each["started"]) - Fraction(each["issued"])))
        for tickets in days
        for each in tickets
        if "started" in each
    ]
    lots = [waits_s[first : first + 40] for first in range(0, len(waits_s), 40)]
    counts = unpacked([packed(lot) for lot in lots])[0]
    ordered = sorted(waits_s)
    assert counts.sum() == len(waits_s) > 200
    assert is_near(p90_s(counts), ordered[ceil(0.9 * len(ordered)) - 1])
    middle = [ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]]
    assert is_near(median_s(counts), sum(middle) / 2)


@pytest.mark.parametrize("duration_s", [0.0, 14.99, 15.0, 15.01, 600.0, 3600.0, LONGEST_S - 1])
def test_one_duration_is_told_within_the_bound(duration_s: float) -> None:
    assert is_near(p90_s(unpacked([packed([duration_s])])[0]), duration_s)


def test_of_nothing_no_percentile_is_told() -> None:
    counts = unpacked([b"", packed([])])[0]
    assert (median_s(counts), p90_s(counts)) == (None, None)


def serve_one(app: LocalApp) -> None:
    app.perform(OpenCounter("3", "thu", ("A01",)))
    number = app.take("A01")
    app.clock.advance(300)
    app.perform(CallNext("3"))
    app.perform(StartServing("3", number))
    app.clock.advance(240)
    app.perform(Finish("3", number))
    app.perform(CloseCounter("3"))


def kept(app: LocalApp) -> dict[date, Tally]:
    far = (date(2026, 1, 1), date(2027, 1, 1))

    def read(connection: Connection) -> dict[date, Tally]:
        return days_rolled_up(connection, ["riverside"], *far).get("riverside", {})

    found: dict[date, Tally] = app.run(app.services.store.read, read)
    return found


def rows(app: LocalApp) -> list[Any]:
    def read(connection: Connection) -> list[Any]:
        query = select(ROLLUPS).order_by(*ROLLUPS.primary_key)
        return [tuple(row) for row in connection.execute(query)]

    found: list[Any] = app.run(app.services.store.read, read)
    return found


def write(app: LocalApp, statement: Executable) -> None:
    def run(connection: Connection) -> None:
        connection.execute(statement)

    app.run(app.services.store.write, run)


def next_day(app: LocalApp) -> None:
    app.clock.move_to(MORNING + timedelta(days=1))
    app.perform(OpenDay())


def test_a_day_is_rolled_up_when_it_ends_and_not_before(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        serve_one(app)
        app.take("A01")
        assert kept(app) == {}
        next_day(app)
        whole = kept(app)[DAY]
        assert (whole["tickets"], whole["served"], whole["closed_out"]) == (2, 1, 1)
        assert whole["wait_us"] == 300 * MICROSECONDS
        assert whole["service_us"] == 240 * MICROSECONDS


def test_a_day_on_which_nobody_came_is_rolled_up_as_one(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        app.perform(OpenDay())
        next_day(app)
        assert kept(app)[DAY]["tickets"] == 0


def test_a_day_opens_also_where_its_roll_up_fails(tmp_path: Path) -> None:
    def broken(*_anything: Any) -> None:
        raise ZeroDivisionError

    with open_app(tmp_path) as app:
        serve_one(app)
        app.riverside._ended_days._roll_up = broken
        next_day(app)
        assert app.hall.day == DAY + timedelta(days=1)
        assert kept(app) == {}


def rebuild(app: LocalApp, asked: RebuildReports) -> Any:
    services = app.services

    async def asked_of_server() -> Any:
        doers = Doers(
            *(services.store, services.accounts, services.set_up, services.clock.now),
            roll_up=services.roll_up,
        )
        return await perform(asked, user_of_computer(), doers)

    return app.run(asked_of_server)


def test_it_is_rebuilt_as_it_was_written(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        serve_one(app)
        next_day(app)
        before = rows(app)
        write(app, ROLLUPS.delete())
        assert (len(before) > 5, rows(app)) == (True, [])
        assert rebuild(app, RebuildReports("riverside")) == Rebuilt(1, DAY)
        assert rows(app) == before
        assert rebuild(app, RebuildReports("riverside", DAY)) == Rebuilt(0, None)
        assert "nowhere" in rebuild(app, RebuildReports("nowhere")).sentence


def test_a_rebuilt_day_forgets_what_was_wrong(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        serve_one(app)
        next_day(app)
        before = rows(app)
        spoil = ROLLUPS.update().values(tickets=99)
        write(app, spoil)
        rebuild(app, RebuildReports("riverside"))
        assert rows(app) == before


def test_parts_of_several_days_are_added_by_name(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        serve_one(app)
        app.take("A02")
        next_day(app)
        serve_one(app)
        app.clock.move_to(MORNING + timedelta(days=2))
        app.perform(OpenDay())
        span = (DAY, DAY + timedelta(days=1))

        def read(connection: Connection) -> Any:
            parts = (RollupPart.SERVICE, RollupPart.COUNTER)
            return parts_rolled_up(connection, "riverside", *span, parts)

        found = app.run(app.services.store.read, read)
        assert found[RollupPart.SERVICE, "A01"]["served"] == 2
        assert found[RollupPart.SERVICE, "A02"]["tickets"] == 1
        assert found[RollupPart.COUNTER, "3"]["servings"] == 2
        assert found[RollupPart.SERVICE, "A01"].waits.sum() == 2
