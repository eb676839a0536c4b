"""Vectors: inputs and what is expected of the advice, in the form of their JSON file."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from lobby.machines import MachineKind, MachineState
from lobby.triage.advice import Advice
from lobby.triage.advising import advise
from lobby.triage.catalogue import BranchKind, Catalogue, Credential
from lobby.triage.errors import TriageError
from lobby.triage.machine import Machine, MachineFunction, MachineStatus
from lobby.triage.request import AmountBand, CallMode, LastAdviser, Preference, Request
from lobby.triage.situation import Dial, Situation

ROOT = Path(__file__).resolve().parents[2]
BESIDE = ROOT.parent / "shared" / "domain" / "triage_vectors.json"

READERS = frozenset({MachineFunction.PASSBOOK_READER})
MADE_OF: Mapping[str, Callable[[Any], Any]] = {
    "credential": Credential,
    "preference": Preference,
    "last_adviser": LastAdviser,
    "dial": Dial,
    "branch_kind": BranchKind,
    "band": lambda ends: AmountBand(*ends),
    "call_modes": lambda modes: frozenset(map(CallMode, modes)),
}
OF_A_MACHINE = ("machines_working", "machine_queue_min", "passbook_reader")


def vectors_file() -> Path:
    """The file that the environment names, or the one beside the checkout; otherwise a skip."""
    named = os.environ.get("LOBBY_TEST_VECTORS")
    file = Path(named) if named else BESIDE
    if not file.is_file():
        pytest.skip("no vectors: LOBBY_TEST_VECTORS names none and there is none beside the tree")
    return file


def read_vectors(file: Path) -> list[dict[str, Any]]:
    """Each with the file's defaults filled in."""
    content = json.loads(file.read_text(encoding="utf-8"))
    defaults = content["defaults"]
    return [
        {
            **vector,
            "situation": {**defaults["situation"], **vector["situation"]},
            "request": {**defaults["request"], **vector["request"]},
        }
        for vector in content["vectors"]
    ]


def differences(catalogue: Catalogue, vector: Mapping[str, Any]) -> dict[str, Any]:
    """What was expected and came out otherwise; a key that nobody knows is a difference, too."""
    try:
        request, situation = request_of(vector["request"]), situation_of(vector["situation"])
        found = outcome(advise(catalogue, request, situation))
    except (TriageError, TypeError, ValueError) as error:
        return {"input": {"expected": "advice", "found": repr(error)}}
    return {
        key: {"expected": expected, "found": found.get(key, "nothing of that name")}
        for key, expected in vector["expect"].items()
        if key not in found or found[key] != expected
    }


def outcome(advice: Advice) -> dict[str, Any]:
    return {
        "rule": advice.rule,
        "advice": advice.channel.value,
        "strength": advice.strength.value,
        "eligible": advice.eligible,
        "exclusion": advice.exclusion.value if advice.exclusion else None,
        "reason": advice.reasons[0].value,
        "reasons": [reason.value for reason in advice.reasons],
        "modifiers": [modifier.value for modifier in advice.modifiers],
        "priority": advice.priority,
        "pool": advice.pool,
        "urgent": advice.urgent,
        "notice": advice.notice,
        "then_counter": advice.then_counter,
        "keeps_issue_time": advice.keeps_issue_time,
        "choices": [choice.kind.value for choice in advice.choices],
        "dead_end": not advice.choices,
    }


def request_of(values: Mapping[str, Any]) -> Request:
    return Request(**_made(values))


def situation_of(values: Mapping[str, Any]) -> Situation:
    """One machine with every function stands for all of them."""
    others = {key: value for key, value in values.items() if key not in OF_A_MACHINE}
    machine = status(
        working=values.get("machines_working", True),
        queue_min=values.get("machine_queue_min", 0),
        passbooks=values.get("passbook_reader", False),
    )
    return Situation(machines=(machine,), **_made(others))


def status(
    *, working: bool = True, queue_min: float = 0, passbooks: bool = False, number: int = 1
) -> MachineStatus:
    functions = frozenset(MachineFunction) - (frozenset() if passbooks else READERS)
    words = {"en": "Machine", "zh": "机器", "vi": "Máy"}
    machine = Machine(f"m{number}", number, MachineKind.STM, functions, words, words)
    state = MachineState.UP if working else MachineState.DOWN
    return MachineStatus(machine, state, queue_min)


def _made(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: MADE_OF[key](value) if value is not None and key in MADE_OF else value
        for key, value in values.items()
    }


def failures(catalogue: Catalogue, vectors: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Those that differ, with where."""
    compared = ((vector, differences(catalogue, vector)) for vector in vectors)
    return [
        {"id": vector["id"], "note": vector.get("note", ""), "differences": found}
        for vector, found in compared
        if found
    ]
