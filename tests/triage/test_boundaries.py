"""Each boundary of the decision table: what decides at it, and what just above or below it."""

from dataclasses import replace
from typing import Any

import pytest

from lobby.machines import MachineState
from lobby.triage.advice import Channel, ChoiceKind, Reason
from lobby.triage.catalogue import PREMIUM_POOL, Credential, Strength
from lobby.triage.request import AmountBand, Preference
from lobby.triage.rules import RULES
from lobby.triage.situation import Dial
from tests.triage.branch import BUSY, DEMO_BRANCH, HARBOUR, MACHINE, advised, kinds

VIET_NAM = replace(BUSY, profile="VN")
NEW: dict[str, Any] = {"biometric_enrolled": False}
HURRIED: dict[str, Any] = {"help": True, "urgent_today": True}
BACK: dict[str, Any] = {"amount": 5000, "returned_from_machine": True}


@pytest.mark.parametrize(
    ("service", "answers", "rule"),
    [
        # R02: from the large amount on, the amount itself included
        ("A04", {"amount": 49_999, **HURRIED}, "R11"),
        ("A04", {"amount": 50_000, **HURRIED}, "R02"),
        ("A01", {"amount": 49_900, **HURRIED}, "R11"),
        ("A01", {"amount": 50_000, **HURRIED}, "R02"),
        # ... and only where money leaves the bank: paying in as much is no risk
        ("A02", {"amount": 49_900, **HURRIED}, "R11"),
        ("A02", {"amount": 50_000, **HURRIED}, "R11"),
        *[("B06", {"amount": 50_000, **HURRIED}, "R11")],
        *[("B06", {"early_withdrawal": True, **HURRIED}, "R02")],
        # ... and only with both answers
        *[("A04", {"amount": 50_000, "help": True}, "R11")],
        *[("A04", {"amount": 50_000, "urgent_today": True}, "R24")],
        # R13: multiples of the note unit
        ("A01", {"amount": 100}, "R22"),
        ("A01", {"amount": 101}, "R13"),
        ("A01", {"amount": 199}, "R13"),
        *[("A02", {"amount": 101}, "R23")],
        # R14: two batches of a hundred notes
        ("A02", {"amount": 5000, "notes": 200}, "R23"),
        ("A02", {"amount": 5000, "notes": 201}, "R14"),
        # R15 and R16: the limits themselves belong to the machine
        *[("A01", {"amount": 20_000}, "R22"), ("A01", {"amount": 20_100}, "R15")],
        *[("A02", {"amount": 20_000}, "R23"), ("A02", {"amount": 20_001}, "R15")],
        *[("A04", {"amount": 50_000}, "R24"), ("A04", {"amount": 50_001}, "R16")],
        *[("A01", {"band": AmountBand(5000, 20_000)}, "R22")],
        *[("A01", {"band": AmountBand(20_000, None)}, "R15")],
        # R30: a deposit up to the limit of a transfer
        *[("B06", {"amount": 50_000}, "R30"), ("B06", {"amount": 50_001}, "R31")],
        # R32: from eight minutes on
        *[("A01", {"amount": 5000, "minutes_waited": 7.99}, "R31")],
        *[("A01", {"amount": 5000, "minutes_waited": 8.0}, "R32")],
        # R33: up to half an hour, the half hour included
        ("A01", {**BACK, "minutes_waited": 30.0}, "R33"),
        ("A01", {**BACK, "minutes_waited": 30.01}, "R31"),
    ],
)
def test_it_decides_at_the_boundary_and_just_beyond(
    service: str, answers: dict[str, Any], rule: str
) -> None:
    assert advised(service, **answers).rule == rule


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"amount": 10_000_000, **NEW}, "R24"),
        ({"amount": 10_000_001, **NEW}, "R17"),
        ({"amount": 10_000_001}, "R24"),
        # the day's limit: with what was sent before, the limit itself is still possible
        ({"amount": 9_000_000, "sent_today": 11_000_000, **NEW}, "R24"),
        ({"amount": 9_000_000, "sent_today": 11_000_001, **NEW}, "R17"),
        ({"amount": 9_000_000, "sent_today": 11_000_001}, "R24"),
    ],
)
def test_the_limits_of_viet_nam_are_possible_themselves(answers: dict[str, Any], rule: str) -> None:
    assert advised("A04", VIET_NAM, **answers).rule == rule


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"counter_free": True, "counter_wait_min": 0}, "R20"),
        ({"waiting": 0, "counter_wait_min": 1.0}, "R20"),
        ({"waiting": 0, "counter_wait_min": 1.01}, "R22"),
        ({"waiting": 1, "counter_wait_min": 1.0}, "R22"),
        ({"open_counters": 0, "waiting": 0, "counter_wait_min": 0}, "R22"),
    ],
)
def test_there_is_no_queue_up_to_a_minute_at_an_open_counter(
    changed: dict[str, Any], rule: str
) -> None:
    """3,000 at 2,500 an operation is two operations of 1.5 min; a counter takes four."""
    assert advised("A01", replace(BUSY, **changed), amount=3000).rule == rule


@pytest.mark.parametrize(
    ("counter_wait_min", "first_time", "rule"),
    [(8.0, False, "R22"), (7.99, False, "R21"), (17.0, True, "R22"), (16.99, True, "R21")],
)
def test_a_machine_that_takes_just_as_long_is_still_offered(
    counter_wait_min: float, first_time: bool, rule: str
) -> None:
    """20,000 at 2,500 an operation: eight of them, 12 min; somebody new takes 21."""
    now = replace(BUSY, counter_wait_min=counter_wait_min, per_operation_limit=2500)
    assert advised("A01", now, amount=20_000, first_time=first_time).rule == rule


@pytest.mark.parametrize(
    ("answers", "changed", "reasons"),
    [
        ({"leaves_in_min": 18}, {}, ()),
        ({"leaves_in_min": 17.9}, {}, (Reason.DEADLINE,)),
        ({}, {"minutes_to_closing": 18}, ()),
        ({}, {"minutes_to_closing": 17.9}, (Reason.CLOSING,)),
        ({"documents_ready": False}, {}, (Reason.MISSING_DOCUMENT,)),
        ({"documents_ready": True}, {}, ()),
    ],
)
def test_a_reason_is_added_only_where_it_is_one(
    answers: dict[str, Any], changed: dict[str, Any], reasons: tuple[Reason, ...]
) -> None:
    assert advised("A07", replace(BUSY, **changed), **answers).reasons[1:] == reasons


def test_an_inheritance_stays_with_the_advisers_also_for_a_premium_customer() -> None:
    """The pool of premium counters serves what any counter can; these jobs it cannot."""
    own_pool = PREMIUM_POOL
    assert advised("A01", amount=30_000, premium=True).pool == own_pool
    for service in DEMO_BRANCH.services.values():
        if service.job in {"corporate", "loan", "wealth", "inheritance"}:
            assert advised(service.code, premium=True).pool == service.pool != own_pool


def test_no_reason_contradicts_another() -> None:
    """A service that is not offered here is not also one for which no counter is open."""
    nobody = replace(BUSY, open_counters=0)
    assert Reason.NO_COUNTER in advised("A07", nobody).reasons
    assert Reason.NOT_HERE not in advised("A07", nobody).reasons
    for code, service in DEMO_BRANCH.services.items():
        for kind in set(type(nobody.branch_kind)) - set(service.branches):
            away = advised(code, replace(nobody, branch_kind=kind))
            assert {Reason.NOT_HERE, Reason.NO_COUNTER} & set(away.reasons) <= {Reason.NOT_HERE}


def test_it_promises_no_counter_where_there_is_none() -> None:
    """After a talk with a colleague the ticket waits for a counter only where one will open."""
    risky: dict[str, Any] = {"amount": 50_000, **HURRIED}
    assert advised("A04", **risky).then_counter
    nobody = replace(BUSY, open_counters=0)
    assert not advised("A04", nobody, **risky).then_counter
    assert advised("A04", replace(nobody, opens_later=True), **risky).then_counter
    assert ChoiceKind.COUNTER not in kinds(advised("A01", nobody, amount=5000))


def test_a_lost_card_comes_before_any_class_that_a_person_declares() -> None:
    for code, service in DEMO_BRANCH.services.items():
        if service.job == "loss":
            for priority in DEMO_BRANCH.priorities:
                advice = advised(code, priority=priority, help=True, premium=True)
                assert (advice.rule, advice.priority) == ("R03", "URGENT")


def test_a_machine_has_no_gain_over_a_counter_that_does_not_exist() -> None:
    assert advised("A01", amount=5000).gain is not None
    nobody = replace(BUSY, open_counters=0)
    advice = advised("A01", nobody, amount=5000)
    assert advice.channel is Channel.SELF_SERVICE
    assert advice.gain is None


@pytest.mark.parametrize("credential", list(Credential))
def test_a_passbook_needs_a_machine_that_reads_it(credential: Credential) -> None:
    without = replace(BUSY, machines=(replace(MACHINE, state=MachineState.UP),))
    rule = advised("A05", without, credential=credential).rule
    assert rule == ("R25" if credential in {Credential.CARD, Credential.PASSBOOK} else "R18")


@pytest.mark.parametrize(
    ("dial", "strength"),
    [
        (Dial.INFORM, Strength.NONE),
        (Dial.OFFER, Strength.OFFER),
        (Dial.SUGGEST, Strength.SUGGEST),
    ],
)
def test_the_dial_caps_and_never_raises(dial: Dial, strength: Strength) -> None:
    assert advised("A01", replace(BUSY, dial=dial), amount=5000).strength == strength
    offered = advised("A06", replace(BUSY, dial=dial)).strength
    assert offered == min(strength, Strength.OFFER, key=list(Strength).index)


def test_a_wish_is_asked_before_what_is_not_offered_here() -> None:
    groups = [rule.id for rule in RULES]
    assert groups.index("R05") < groups.index("R07") < groups.index("R12") < groups.index("R20")
    away = replace(BUSY, other_branch=HARBOUR)
    assert advised("A01", away, amount=5000, preference=Preference.COUNTER).rule == "R05"
