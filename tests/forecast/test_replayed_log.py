"""The benchmark on a recorded log: it reads, replays and scores, and never looks ahead."""

import csv
import heapq
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.bench.waits import figures
from tests.bench.waits_log import Call, happenings, read_days
from tests.bench.waits_replay import Replay, Scored

HEADER = (
    "date,arrival_s,queued,queue_exit_s,served,service_start_s,service_end_s,wait_s,type,"
    "priority,server,outcome\n"
)
FIRST = date(1999, 2, 1)


def rows_of(day: date, chance: np.random.Generator) -> Iterable[list[object]]:
    """Three servers, first come first served, some who hang up."""
    free = [(8 * 3600.0, f"S{number}") for number in range(3)]
    at_s = 8 * 3600.0
    while at_s < 10.5 * 3600:
        at_s = round(at_s + float(chance.exponential(60)), 0)
        free_s, server = free[0]
        start_s = max(at_s, free_s)
        queued, wait_s = start_s > at_s, start_s - at_s
        if queued and chance.random() < wait_s / 2000:
            left_s = round(at_s + wait_s / 2) + 1
            yield [
                day,
                at_s,
                True,
                left_s,
                False,
                "",
                "",
                left_s - at_s,
                "PS",
                0.0,
                "NO_SERVER",
                "",
            ]
            continue
        end_s = start_s + round(float(chance.exponential(170))) + 1
        heapq.heapreplace(free, (end_s + 3, server))
        exit_s = start_s if queued else ""
        priority = 2.0 if chance.random() < 0.2 else 0.0
        kind = "PS" if chance.random() < 0.8 else "NE"
        times = [start_s, end_s, wait_s]
        yield [day, at_s, queued, exit_s, True, *times, kind, priority, server, "AGENT"]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "calls.csv"
    chance = np.random.default_rng(2)
    with path.open("w", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file)
        for number in range(4):
            writer.writerows(rows_of(FIRST + timedelta(days=number), chance))
    return path


def replayed(days: list[tuple[date, list[Call]]]) -> list[Scored]:
    replay = Replay(replicates=30)
    for day, calls in days:
        replay.day(day, calls, FIRST)
    return replay.scored


def test_a_day_is_told_in_order_of_time(log: Path) -> None:
    for _, calls in read_days([log]):
        times = [each.at_s for each in happenings(calls)]
        assert times == sorted(times)


def test_several_files_are_one_log(log: Path, tmp_path: Path) -> None:
    lines = log.read_text().splitlines(keepends=True)
    halves = (tmp_path / "first.csv", tmp_path / "second.csv")
    middle = len(lines) // 2
    halves[0].write_text("".join(lines[:middle]))
    halves[1].write_text(lines[0] + "".join(lines[middle:]))
    assert [len(calls) for _, calls in read_days(halves)] == [
        len(calls) for _, calls in read_days([log])
    ]


def test_nothing_from_the_future_is_looked_at(log: Path) -> None:
    days = read_days([log])
    whole = replayed(days)
    day, calls = days[2]
    cut = replayed([*days[:2], (day, [each for each in calls if each.arrival_s < 9.5 * 3600])])
    known = {(each.day, each.told.raw_s, each.told.corrected_s) for each in whole}
    early = [each for each in cut if each.day < day]
    assert len(early) > 50
    assert all((each.day, each.told.raw_s, each.told.corrected_s) in known for each in cut)


def test_it_says_what_the_benchmark_promises(log: Path) -> None:
    found = figures(replayed(read_days([log])))
    assert set(found["mae_s"]) == {"lobby", "naive", "naive_all", "les", "hol", "ma10", "zms"}
    assert set(found["rmse_s"]) == set(found["mae_s"])
    assert found["n"] > 150
    assert found["mae_s"]["lobby"] < found["mae_s"]["les"]
    assert found["mae_s"]["lobby"] < found["mae_s"]["ma10"]
    assert 0.7 < found["coverage"]["1999-02"] < 0.9
    assert found["late_share"] < 0.2
