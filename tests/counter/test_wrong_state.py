"""An act that does not fit what the counter is doing: a sentence, and nothing has changed."""

import pytest

from counter.routes import ACTS
from tests.app.app import LocalApp
from tests.counter.desk import served

TICKET = {"number": "A001"}
WITH_NOBODY: dict[str, dict[str, str]] = {
    "openings": {"service": "A01"},
    "calls": {},
    "calls/{number}/repeats": TICKET,
    "servings": TICKET,
    "interruptions": TICKET,
    "continuations": TICKET,
    "services": {**TICKET, "service": "B01"},
    "finishes": TICKET,
    "absences": TICKET,
    "returns": {**TICKET, "after": "absence"},
    "holds": {**TICKET, "reason": "Fetching papers"},
    "transfers": {**TICKET, "to_service": "B01"},
    "undo": TICKET,
    "resumptions": {},
    "breaks": {"at": "08:00", "minutes": "30"},
    "breaks/cancellations": {},
    "colleagues": {"kind": "risk"},
}
WITH_SOMEBODY: dict[str, dict[str, str]] = {
    "calls": {},
    "pauses": {"reason": "Lunch"},
    "resumptions": {},
    "closings": {},
    "undo": TICKET,
    "calls/{number}/repeats": TICKET,
    "servings": TICKET,
    "absences": TICKET,
    "continuations": TICKET,
    "holds": TICKET,
    "transfers": TICKET,
}


def refused(door: LocalApp, act: str, fields: dict[str, str]) -> None:
    before = door.hall
    path = f"/counter/{act.format(number='A001')}"
    answer = door.ask("thu", path, counter="1", **fields)
    assert answer.status_code == 409
    assert answer.json()["sentence"].endswith(".")
    assert door.hall is before


@pytest.mark.parametrize("act", WITH_NOBODY)
def test_it_does_nothing_with_nobody_at_the_counter(at_counter: LocalApp, act: str) -> None:
    refused(at_counter, act, WITH_NOBODY[act])


@pytest.mark.parametrize("act", WITH_SOMEBODY)
def test_it_does_nothing_that_a_customer_at_the_counter_forbids(
    at_counter: LocalApp, act: str
) -> None:
    assert served(at_counter) == "A001"
    refused(at_counter, act, WITH_SOMEBODY[act])


def test_it_tries_every_act_in_a_wrong_state() -> None:
    assert WITH_NOBODY.keys() | WITH_SOMEBODY.keys() == ACTS.keys()


@pytest.mark.parametrize("act", [act for act in ACTS if act not in ("openings", "returns")])
def test_it_does_nothing_at_a_counter_that_is_closed(door: LocalApp, act: str) -> None:
    before = door.hall
    answer = door.ask("thu", f"/counter/{act.format(number='A001')}", counter="1", number="A001")
    assert answer.json()["refusal"] == "CounterNotOpen"
    assert door.hall is before
