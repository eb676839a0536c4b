"""Days told in a file, played through a branch: what it reports is what the definitions give."""

import argparse
import asyncio
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.bench import kpi
from tests.bench.kpi_acts import Act, acts_of
from tests.bench.kpi_file import DayCannotBePlayedError, DayFile, read_day_file
from tests.reports.kpi_by_hand import by_definition
from tests.reports.kpi_random import random_day

GIVEN_DAY = os.environ.get("LOBBY_TEST_DAY")
"""A file with a day and its answers, computed by somebody else; without one, the day below."""

RANDOM_DAYS = 30

OWN_DAY: Mapping[str, Any] = {
    "target_min": 15,
    "counters": [
        {"name": "north", "signed_in_min": 40},
        {"name": "south", "signed_in_min": 60, "breaks_min": 10},
    ],
    "tickets": [
        {
            "label": "Q1",
            "issued": 0,
            "eligible": True,
            "calls": [2],
            "started": 3,
            "finished": 11,
            "counter": "north",
        },
        {
            "label": "Q2",
            "issued": 1,
            "calls": [1],
            "started": 2,
            "finished": 20,
            "counter": "south",
            "priority": "PREMIUM",
        },
        {
            "label": "Q3",
            "issued": 4,
            "eligible": True,
            "offered": 5,
            "accepted": 6,
            "self_completed": 12,
        },
        {"label": "Q4", "issued": 5, "calls": [11, 12], "no_show": 13},
        {
            "label": "Q5",
            "issued": 6,
            "eligible": True,
            "offered": 6,
            "declined": 7,
            "calls": [13],
            "started": 14,
            "finished": 19,
            "counter": "north",
        },
        {"label": "Q6", "issued": 7, "eligible": True, "offered": 8, "cancelled": 30},
        {
            "label": "Q7",
            "issued": 8,
            "exclusion": "OVER_LIMIT",
            "calls": [20],
            "started": 21,
            "finished": 33.5,
            "counter": "south",
        },
        {
            "label": "Q8",
            "issued": 9,
            "eligible": True,
            "offered": 10,
            "accepted": 11,
            "returned": 17,
            "calls": [25],
            "started": 27,
            "finished": 36,
            "counter": "north",
        },
        {"label": "Q9", "issued": 10, "eligible": True, "offered": 10, "accepted": 10},
        {"label": "Q10", "issued": 20, "calls": [38], "cancelled": 39, "counter": "north"},
    ],
    "expect": {
        "wait_mean_min": 8.6,
        "wait_median_min": 8,
        "wait_p90_min": 18,
        "within_target": 0.5714,
        "no_show_rate": 0.143,
        "abandonment_rate": 0.375,
        "service_mean_min": 10.5,
        "service_median_min": 9,
        "service_p90_min": 18,
        "utilisation": {"north": 0.55, "south": 0.61, "all": 0.5833},
        "eligible": 6,
        "offered": 5,
        "accepted": 3,
        "declined": 1,
        "completed": 1,
        "returned": 1,
        "unconfirmed": 1,
        "offer_rate": 0.8333,
        "acceptance_rate": 0.6,
        "completion_rate": 0.3333,
        "diversion_rate": 0.1667,
        "return_rate": 0.333,
    },
}
"""Waits 3, 1, 8, 13, 18 and services 8, 18, 5, 12.5, 9; too late gave up Q6 after 23 minutes and
Q10 after 19, not Q4 after 8; seven were called, Q3 and Q9 stayed at the machine."""


def kept(folder: Path, day: Mapping[str, Any]) -> Path:
    path = folder / "day.json"
    path.write_text(json.dumps(day), "utf-8")
    return path


def with_ticket(label: str, /, **fields: Any) -> Mapping[str, Any]:
    """The own day, in which this ticket had another fate; None takes a field away."""
    tickets = [
        {k: v for k, v in {**ticket, **fields}.items() if v is not None}
        if ticket["label"] == label
        else ticket
        for ticket in OWN_DAY["tickets"]
    ]
    return {**OWN_DAY, "tickets": tickets}


def printed(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    asyncio.run(kpi.run(argparse.Namespace(day=path, json=True)))
    rows: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return rows


def played(path: Path) -> dict[str, Any]:
    return kpi.measures(asyncio.run(kpi.report_of_file(read_day_file(path))))


def test_it_tells_the_figures_of_a_day_computed_by_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = printed(kept(tmp_path, OWN_DAY), capsys)
    assert rows["differences"] == []
    assert rows.keys() == {*OWN_DAY["expect"], "differences"}
    assert (rows["wait_mean_min"], rows["wait_median_min"], rows["wait_p90_min"]) == (8.6, 8, 18)
    assert rows["utilisation"] == {"north": 0.55, "south": 0.61, "all": 52.5 / 90}
    assert (rows["within_target"], rows["no_show_rate"]) == (4 / 7, 1 / 7)


def test_it_names_the_answers_that_are_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = {
        **OWN_DAY["expect"],
        "wait_mean_min": 8.7,
        "wait_median_min": 7,
        "within_target": 0.5713,
        "utilisation": {"north": 0.55, "south": 0.62, "west": 0.1, "all": 0.6},
        "accepted": 4,
        "return_rate": None,
        "happiness": 1,
    }
    rows = printed(kept(tmp_path, {**OWN_DAY, "expect": answers}), capsys)
    assert rows["differences"] == [
        *("wait_mean_min", "wait_median_min", "within_target"),
        *("utilisation.south", "utilisation.west", "accepted", "return_rate", "happiness"),
    ]


def test_a_day_without_answers_has_no_differences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = {key: value for key, value in OWN_DAY.items() if key != "expect"}
    assert printed(kept(tmp_path, day), capsys)["differences"] == []


def test_it_says_nothing_of_a_day_on_which_nothing_was_done(tmp_path: Path) -> None:
    found = played(kept(tmp_path, {"target_min": 10, "counters": [], "tickets": []}))
    assert (found["wait_mean_min"], found["within_target"], found["diversion_rate"]) == (None,) * 3
    assert (found["eligible"], found["utilisation"]) == (0, {"all": None})


def test_acts_of_one_minute_are_done_in_an_order_that_is_possible(tmp_path: Path) -> None:
    """Each is called when the one before is finished, and some are served in no time at all."""
    spans = ((0, 5), (5, 5), (5, 5), (5, 9), (9, 9))
    tickets = [
        {"label": f"T{n}", "issued": 0, "calls": [start], "started": start, "finished": end}
        for n, (start, end) in enumerate(spans)
    ]
    counters = [{"name": "1", "signed_in_min": 9}]
    day = {"target_min": 10, "counters": counters, "tickets": tickets[::-1]}
    found = played(kept(tmp_path, day))
    assert (found["utilisation"]["1"], found["wait_mean_min"]) == (1.0, 24 / 5)


def test_it_finds_the_counter_that_called_whom_no_line_gives_one(tmp_path: Path) -> None:
    """The first counter is free for the first of them, but then nobody is for the second."""
    counters = [{"name": name, "signed_in_min": minutes} for name, minutes in (("1", 30), ("2", 5))]
    tickets = [
        {"label": "E", "issued": 0, "calls": [0], "no_show": 4},
        {"label": "F", "issued": 0, "calls": [2], "no_show": 20},
    ]
    found = played(kept(tmp_path, {"target_min": 10, "counters": counters, "tickets": tickets}))
    assert (found["no_show_rate"], found["within_target"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (
            with_ticket("Q1", issued=2.5),
            r"Q1 is called at minute 2, before it is issued at .* 2\.5",
        ),
        (with_ticket("Q5", calls=[10], started=10), r"Q5 is called at counter north at minute 10,"),
        (with_ticket("Q7", calls=[2], started=2, issued=0), "at counter south"),
        (with_ticket("Q2", counter="east"), "Q2 names counter east"),
        (with_ticket("Q3", returnd=9), "Ticket Q3 cannot be read: .*`returnd`"),
        (with_ticket("Q3", issued="four"), "Ticket Q3 cannot be read"),
        (with_ticket("Q4", no_show=900), "Q4: no_show is 900, not a minute"),
        (with_ticket("Q4", label="Q3"), "2 lines of ticket Q3"),
        (with_ticket("Q4", label=""), "A ticket cannot be read: .*length >= 1"),
        (with_ticket("Q4", no_show=40), "Q4 names no counter, and none is free"),
        (with_ticket("Q6", offered=None, accepted=9), "Q6 is accepted, but never offered"),
        (with_ticket("Q8", returned=None), "Q8 is called, but never returned"),
        (with_ticket("Q10", cancelled=None), "Q10 is called, but never started or missed"),
        (with_ticket("Q7", finished=None), "Q7 is started, but never finished"),
        (with_ticket("Q7", eligible=True), "Q7 is eligible and excluded"),
        (with_ticket("Q5", declined=14), "Q5 is called at minute 13, before it is declined"),
        (with_ticket("Q2", priority="ROYAL"), "Q2 has the priority ROYAL"),
        (with_ticket("Q10", cancelled=55), "north is signed in for 40 minutes"),
        ({**OWN_DAY, "counters": [{"name": "n"}]}, "Counter n cannot be read: .*signed_in_min"),
        (
            {**OWN_DAY, "counters": [{"name": "all", "signed_in_min": 9}]},
            "counter can be called all",
        ),
        ({**OWN_DAY, "colour": "blue"}, "The file cannot be read: .*`colour`"),
        ([], "does not hold an object"),
    ],
)
def test_it_says_in_one_sentence_what_cannot_be_played(
    tmp_path: Path, day: Any, sentence: str
) -> None:
    path = kept(tmp_path, day)
    with pytest.raises(SystemExit, match=sentence) as told:
        asyncio.run(kpi.run(argparse.Namespace(day=path, json=True)))
    assert str(told.value).endswith(".")
    assert "\n" not in str(told.value)


def test_it_names_the_ticket_whose_act_the_branch_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the branch know a rule that is not looked at before the day is played."""

    def without_starts(day: DayFile) -> list[Act]:
        return [act for act in acts_of(day) if act.name != "started"]

    monkeypatch.setattr(kpi, "acts_of", without_starts)
    with pytest.raises(DayCannotBePlayedError, match="Q1: finished at minute 11 is refused: Wrong"):
        played(kept(tmp_path, OWN_DAY))


def test_it_agrees_with_the_answers_of_a_day_that_it_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(GIVEN_DAY) if GIVEN_DAY else kept(tmp_path, OWN_DAY)
    rows = printed(path, capsys)
    assert rows["differences"] == []
    assert json.loads(path.read_text("utf-8"))["expect"].keys() <= rows.keys()


@pytest.mark.parametrize("seed", range(RANDOM_DAYS))
def test_it_agrees_with_the_definitions_on_random_days(tmp_path: Path, seed: int) -> None:
    day = random_day(seed)
    found, expected = played(kept(tmp_path, day)), by_definition(day)
    assert found.pop("utilisation") == pytest.approx(expected.pop("utilisation"))
    assert found == pytest.approx(expected)
