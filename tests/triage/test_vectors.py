"""The twenty-eight cases that settle what the table means, from their file and written out here."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lobby.catalogue.reading import DEMO, read_catalogue
from tests.triage.vectors import ROOT, differences, failures, read_vectors, vectors_file

DEMO_BRANCH = read_catalogue(DEMO)
LONG_QUEUE = {"profile": "CN", "open_counters": 3, "waiting": 5, "counter_wait_min": 18}
CASH_OUT = {"service": "A01", "amount": 5000}
CALLED = {"service": "A04", "amount": 3000, "asked_by_phone": True}

Case = tuple[str, dict[str, Any], dict[str, Any], str, str, str, bool, dict[str, Any]]
COUNTER, MACHINE, LOBBY = "COUNTER", "SELF_SERVICE", "LOBBY_FIRST"
EMPTY = {"waiting": 0, "counter_free": True, "counter_wait_min": 0}
SPOKE = {"open_counters": 0}

# What it is, the situation and the request where they differ, then rule, channel, strength,
# eligible and whatever else is said.
CASES: list[Case] = [
    ("small cash out", {}, {}, "R22", MACHINE, "suggest", True, {}),
    ("counter free", EMPTY, {}, "R20", COUNTER, "none", False, {}),
    ("prefers the counter", {}, {"preference": "counter"}, "R05", COUNTER, "none", False, {}),
    ("wants help", {}, {"help": True}, "R11", COUNTER, "none", False, {"priority": "ASSIST"}),
    (
        *("help at the machine", {}, {"help": True, "preference": "machine"}, "R06"),
        *("ASSISTED_SELF", "none", True, {"priority": "ASSIST"}),
    ),
    ("premium", {}, {"premium": True}, "R10", COUNTER, "none", False, {"pool": "premium"}),
    ("devices down", {"machines_working": False}, {}, "R19", COUNTER, "none", False, {}),
    (
        *("four operations", {"per_operation_limit": 5000}, {"amount": 20000}, "R22"),
        *(MACHINE, "suggest", True, {}),
    ),
    ("20,001", {}, {"amount": 20001}, "R13", COUNTER, "none", False, {}),
    ("20,100", {}, {"amount": 20100}, "R15", COUNTER, "none", False, {}),
    ("2,503", {}, {"amount": 2503}, "R13", COUNTER, "none", False, {}),
    (
        *("coins", {}, {"service": "A02", "amount": 1200, "coins": True}, "R12"),
        *(COUNTER, "none", False, {}),
    ),
    (
        *("200 notes", {}, {"service": "A02", "amount": 20000, "notes": 200}, "R23"),
        *(MACHINE, "suggest", True, {}),
    ),
    (
        *("300 notes", {}, {"service": "A02", "amount": 15000, "notes": 300}, "R14"),
        *(COUNTER, "none", False, {}),
    ),
    (
        *("transfer of 50,000", {}, {"service": "A04", "amount": 50000}, "R24"),
        *(MACHINE, "suggest", True, {}),
    ),
    (
        *("transfer of 50,001", {}, {"service": "A04", "amount": 50001}, "R16"),
        *(COUNTER, "none", False, {}),
    ),
    ("phoned", {}, CALLED, "R01", LOBBY, "none", False, {}),
    (
        *("protection before preference", {}, {**CALLED, "preference": "counter"}, "R01"),
        *(LOBBY, "none", False, {}),
    ),
    (
        *("passbook, no reader", {}, {"amount": 2000, "credential": "passbook"}, "R18"),
        *(COUNTER, "none", False, {}),
    ),
    (
        *("slower than the counter", {"machine_queue_min": 12}, {"amount": 20000}, "R21"),
        *(COUNTER, "none", False, {}),
    ),
    (
        "passbook update",
        {"passbook_reader": True},
        {"service": "A05", "amount": None, "credential": "passbook"},
        *("R25", MACHINE, "suggest", True, {}),
    ),
    (
        *("card lost", {}, {"service": "B02", "amount": None}, "R03"),
        *(COUNTER, "none", False, {"urgent": True}),
    ),
    ("complaint", {}, {"service": "H01", "amount": None}, "R04", LOBBY, "none", False, {}),
    (
        "twelve million, not enrolled",
        {"profile": "VN"},
        {"service": "A04", "amount": 12_000_000, "biometric_enrolled": False},
        *("R17", COUNTER, "none", False, {}),
    ),
    (
        "last adviser busy",
        {},
        {"service": "W01", "amount": None, "last_adviser": "busy"},
        *("R08", "ADVISER", "none", False, {"choices": ["same_adviser", "first_free"]}),
    ),
    (
        "back from the machine",
        {},
        {"returned_from_machine": True, "minutes_waited": 6},
        *("R33", COUNTER, "none", True, {"keeps_issue_time": True}),
    ),
    ("dial at inform", {"dial": "inform"}, {}, "R22", COUNTER, "none", True, {"notice": True}),
    ("no counter", SPOKE, {}, "R22", MACHINE, "suggest", True, {"dead_end": False}),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_it_advises_as_agreed(case: Case) -> None:
    _, situation, request, rule, channel, strength, eligible, more = case
    vector = {
        "situation": {**LONG_QUEUE, **situation},
        "request": {**CASH_OUT, **request},
        "expect": {"rule": rule, "advice": channel, "strength": strength, "eligible": eligible}
        | more,
    }
    assert differences(DEMO_BRANCH, vector) == {}


def test_it_knows_every_agreed_case() -> None:
    assert len(CASES) == 28


def test_it_passes_the_vectors_of_the_file() -> None:
    vectors = read_vectors(vectors_file())
    assert vectors
    assert failures(DEMO_BRANCH, vectors) == []


def test_the_bench_says_what_differs(tmp_path: Path) -> None:
    file = tmp_path / "vectors.json"
    base = {"situation": LONG_QUEUE, "request": {**CASH_OUT, "credential": "card"}}
    right = {"id": 1, "situation": {}, "request": {}, "expect": {"rule": "R22"}}
    wrong = {"id": 2, "situation": {}, "request": {"coins": True}, "expect": {"rule": "R22"}}
    odd = {"id": 3, "situation": {}, "request": {"mood": 1}, "expect": {"rule": "R22"}}
    file.write_text(json.dumps({"defaults": base, "vectors": [right, wrong, odd]}))
    command = [sys.executable, "-m", "tests.bench", "triage", "--vectors", str(file), "--json"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    last = json.loads(said.splitlines()[-1])
    assert (last["passed"], last["failed"]) == (1, 2)
    assert last["differences"][0] == {
        "id": 2,
        "note": "",
        "differences": {"rule": {"expected": "R22", "found": "R12"}},
    }
    assert [failure["id"] for failure in last["differences"]] == [2, 3]
