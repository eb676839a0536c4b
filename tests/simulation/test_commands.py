import json
from pathlib import Path

import pytest

from lobby.__main__ import run
from lobby.catalogue.reading import DEMO
from tests.console.console import Said, one_sentence
from tests.replay.logs import DAY, hung_up, served, write_log


def do(capsys: pytest.CaptureFixture[str], *arguments: object) -> Said:
    """Runs a command as it is typed; what argparse ends by itself counts as well."""
    capsys.readouterr()
    try:
        code = run([str(argument) for argument in arguments])
    except SystemExit as ended:
        code = int(str(ended.code))
    said = capsys.readouterr()
    return Said(code, said.out, said.err)


ROWS = ("mean wait", "P95 of waits", "served as promised", "assistance", "waited over 45 min")


def test_it_lays_two_rules_side_by_side_on_simulated_days(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = do(capsys, "simulate", "demo", "--days", 2)
    assert said.code == 0
    for words in ("rule-a", "first-come", "95 % interval", "passed by, at most", *ROWS):
        assert words in said.out
    assert said.out == do(capsys, "simulate", DEMO, "--days", 2).out
    assert said.out != do(capsys, "simulate", DEMO, "--days", 2, "--seed", 2).out


def test_it_gives_the_same_comparison_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("simulate", "demo", "--days", 2, "--rule", "strict", "--json")
    said = do(capsys, *asked)
    found = json.loads(said.out)
    assert (found["days"], list(found["rules"])) == (2, ["strict", "first-come"])
    strict, first_come = found["rules"].values()
    assert strict["customers"] == first_come["customers"] > 300
    assert strict["overtakes_max"] > first_come["overtakes_max"] == 0
    assert found["paired"]["in_promise_assistance"]["mean"] > 0
    assert said.err == ""


def test_it_compares_two_bounds_of_the_same_rule(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("simulate", "demo", "--days", 1, "--against", "rule-a", "--overtakes-max", 1)
    said = do(capsys, *asked, "--json")
    bounds = {name: side["overtakes_max"] for name, side in json.loads(said.out)["rules"].items()}
    assert bounds == {"rule-a, max 1": 1, "rule-a, max 3": 3}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["none.toml", "--days", 1], ["none.toml cannot be read"]),
        (["demo", "--days", 1, "--against", "rule-a"], ["the same rule"]),
        (["demo", "--days", 1, "--rule", "strict", "--overtakes-max", 2], ["--rule rule-a"]),
    ],
)
def test_it_says_in_one_sentence_what_cannot_be_simulated(
    options: list[object], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert one_sentence(do(capsys, "simulate", *options), *words)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--days", 0], "0 is no number of days from 1 to"),
        (["--days", "many"], "many is no number of days"),
        (["--days", 1, "--rule", "b"], "b is no calling rule; there are rule-a, first-come"),
        (["--days", 1, "--load", 0], "0 is no load"),
        (["--days", 1, "--overtakes-max", -1], "-1 is no number of people"),
        (["--days", 1, "--seed", "x"], "x is no seed"),
        ([], "--days"),
    ],
)
def test_it_ends_where_an_option_makes_no_sense(
    options: list[object], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = do(capsys, "simulate", "demo", *options)
    assert said.code == 2
    assert words in said.err.splitlines()[-1]


def changed(folder: Path, old: str, new: str) -> Path:
    text = DEMO.read_text(encoding="utf-8")
    assert old in text
    path = folder / "branch.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('order = "rule_a"\n', 'order = "rule_a"\ntypical_min = { Z09 = 4.0 }\n', "Z09"),
        ("counters = [1, 2, 3, 4, 5, 6]", "counters = []", "no counters"),
    ],
)
def test_it_says_what_a_branch_lacks(
    old: str, new: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(tmp_path, old, new)
    assert one_sentence(do(capsys, "simulate", path, "--days", 1), words)


def test_it_keeps_the_opening_hours_of_the_branch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(tmp_path, "weekday = [08:30:00, 17:00:00]", "weekday = [08:30:00, 12:30:00]")
    short, whole = (
        json.loads(do(capsys, "simulate", branch, "--days", 1, "--json").out)
        for branch in (path, DEMO)
    )
    assert short["rules"]["rule-a"]["customers"] < whole["rules"]["rule-a"]["customers"] * 0.6


RECORDED = (
    served(0, 10, 310),
    *(served(20 + at, 310 + 300 * at, 610 + 300 * at) for at in range(4)),
    served(40, 1510, 1570, service="NE"),
    hung_up(30, 200),
    hung_up(35, None),
)


def test_it_calls_a_recorded_day_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = write_log(tmp_path, RECORDED)
    said = do(capsys, "replay", log, "--date", DAY, "--rule", "a", "--json")
    assert said.code == 0
    found = json.loads(said.out)
    anew, as_they_came = found["rules"]["rule-a"], found["rules"]["first-come"]
    assert (found["date"], anew["customers"]) == (DAY, 7)  # one was never in the line
    assert anew["served"] == as_they_came["served"] == 6
    assert anew["mean_min"] < as_they_came["mean_min"]  # the quick job is called earlier
    assert (anew["overtakes_max"], as_they_came["overtakes_max"]) == (1, 0)


def test_it_waits_as_recorded_where_the_first_came_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the teller was away while people waited."""
    rows = (served(0, 10, 310), served(20, 500, 600), served(30, 600, 700))
    asked = ("replay", write_log(tmp_path, rows), "--date", DAY, "--rule", "first-come")
    found = json.loads(do(capsys, *asked, "--against", "a", "--json").out)
    recorded_min = (10 + 480 + 570) / 3 / 60
    assert found["rules"]["first-come"]["mean_min"] == pytest.approx(recorded_min)


def test_it_prints_a_recorded_day_as_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("replay", write_log(tmp_path, RECORDED), "--date", DAY, "--rule", "rule-a")
    said = do(capsys, *asked, "--against", "strict")
    assert said.code == 0
    for words in (DAY, "rule-a", "strict", "left unserved", *ROWS):
        assert words in said.out
    assert "95 % interval" not in said.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--against", "strict"], "go with --rule"),
        (["--overtakes-max", 4], "go with --rule"),
        (["--rule", "a", "--speed", 10], "--speed"),
        (["--rule", "first-come"], "the same rule"),
    ],
)
def test_it_says_in_one_sentence_why_a_day_is_not_called_anew(
    options: list[object], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = write_log(tmp_path, RECORDED)
    assert one_sentence(do(capsys, "replay", log, "--date", DAY, *options), words)


@pytest.mark.parametrize(
    ("log", "on", "words"),
    [
        ("none.csv.gz", DAY, "none.csv.gz cannot be read"),
        ("log.csv.gz", "2020-01-01", "nobody on 2020-01-01"),
        ("log.csv.gz", "1999-02-30", "1999-02-30 is no day"),
    ],
)
def test_it_says_that_there_is_no_such_day(
    log: str, on: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_log(tmp_path, RECORDED)
    said = do(capsys, "replay", tmp_path / log, "--date", on, "--rule", "a")
    assert said.code == 2
    assert words in said.err.splitlines()[-1]


def test_it_has_nobody_to_call_on_a_day_without_tellers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = write_log(tmp_path, [hung_up(30, 200)])
    said = do(capsys, "replay", log, "--date", DAY, "--rule", "a")
    assert one_sentence(said, "Nobody was served")
