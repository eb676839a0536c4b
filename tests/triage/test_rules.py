"""The corners of single rules: which decides on both sides of each limit."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lobby.machines import MachineState
from lobby.triage.advice import Channel, ChoiceKind
from lobby.triage.advising import advise
from lobby.triage.catalogue import Credential, Strength
from lobby.triage.errors import TriageError, UnknownAnswerError
from lobby.triage.profile import Limit, LimitName
from lobby.triage.request import AmountBand, Preference, Request
from lobby.triage.rules import PROTECTION, RULES, rule_ids
from lobby.triage.situation import Situation
from tests.triage.branch import BUSY, DEMO_BRANCH, MACHINE, advised, kinds
from tests.triage.vectors import status


def test_every_rule_is_listed_once_for_the_report() -> None:
    assert rule_ids() == tuple(f"R{number:02}" for number in range(1, 34))


def test_protection_is_a_group_of_its_own_and_comes_first() -> None:
    assert RULES[: len(PROTECTION)] == PROTECTION
    assert {rule.id for rule in PROTECTION} == {"R01", "R02"}


@pytest.mark.parametrize(
    ("service", "amount", "rule"),
    [
        *[("A01", 19_900, "R22"), ("A01", 20_000, "R22"), ("A01", 20_100, "R15")],
        *[("A02", 20_000, "R23"), ("A02", 20_100, "R15")],
        *[("A04", 49_999, "R24"), ("A04", 50_000, "R24"), ("A04", 50_001, "R16")],
        *[("B06", 50_000, "R30"), ("B06", 50_001, "R31"), ("B06", None, "R31")],
    ],
)
def test_limits_belong_to_what_is_possible(service: str, amount: int | None, rule: str) -> None:
    assert advised(service, amount=amount).rule == rule


@pytest.mark.parametrize(
    ("service", "answers", "rule", "channel"),
    [
        ("A03", {}, "R12", Channel.COUNTER),
        ("A05", {}, "R25", Channel.SELF_SERVICE),
        ("A06", {}, "R26", Channel.SELF_SERVICE),
        ("A06", {"credential": Credential.CASH}, "R18", Channel.COUNTER),
        ("A07", {}, "R31", Channel.COUNTER),
        ("A07", {"preference": Preference.MACHINE}, "R06", Channel.SELF_SERVICE),
        ("A08", {}, "R15", Channel.COUNTER),
        ("A08", {"help": True, "urgent_today": True}, "R02", Channel.LOBBY_FIRST),
        ("B01", {}, "R28", Channel.ASSISTED_SELF),
        ("B01", {"own_id": False}, "R31", Channel.COUNTER),
        ("B01", {"adult": False}, "R31", Channel.COUNTER),
        ("B01", {"preference": Preference.MACHINE}, "R06", Channel.ASSISTED_SELF),
        ("B03", {}, "R31", Channel.COUNTER),
        ("B03", {"old_pin_known": True}, "R27", Channel.SELF_SERVICE),
        ("B04", {}, "R29", Channel.ASSISTED_SELF),
        ("B06", {"early_withdrawal": True}, "R31", Channel.COUNTER),
        ("B06", {"early_withdrawal": True, "asked_by_phone": True}, "R01", Channel.LOBBY_FIRST),
        ("C01", {"premium": True}, "R09", Channel.COUNTER),
        ("F01", {}, "R31", Channel.COUNTER),
        ("H02", {}, "R31", Channel.LOBBY_FIRST),
        ("H04", {"preference": Preference.COUNTER}, "R05", Channel.LOBBY_FIRST),
        ("A06", {"preference": Preference.PHONE}, "R06", Channel.DIGITAL),
    ],
)
def test_each_service_has_its_way(
    service: str, answers: dict[str, Any], rule: str, channel: Channel
) -> None:
    advice = advised(service, **answers)
    assert (advice.rule, advice.channel) == (rule, channel)


@pytest.mark.parametrize(
    ("service", "answers", "rule"),
    [
        ("A01", {"amount": 5000, "coins": True}, "R12"),
        ("A01", {"amount": 2503}, "R13"),
        ("A02", {"amount": 15_000, "notes": 201}, "R14"),
        ("A02", {"amount": 5000, "notes_unfit": True}, "R14"),
        ("A01", {"amount": 20_100}, "R15"),
        ("A04", {"amount": 100_000_001}, "R16"),
        ("A04", {"amount": 10_000_001, "biometric_enrolled": False}, "R17"),
        ("A01", {"amount": 5000, "credential": Credential.ID}, "R18"),
        ("A05", {"credential": Credential.PASSBOOK, "passbook_readable": False}, "R18"),
    ],
)
def test_a_wish_for_the_machine_ends_where_the_machine_does(
    service: str, answers: dict[str, Any], rule: str
) -> None:
    country = "VN" if service == "A04" else "CN"
    wished = {**answers, "preference": Preference.MACHINE}
    advice = advised(service, replace(BUSY, profile=country), **wished)
    assert (advice.rule, advice.channel) == (rule, Channel.COUNTER)


def test_a_band_counts_as_its_upper_end() -> None:
    assert advised("A01", band=AmountBand(5000, 20_000)).rule == "R22"
    assert advised("A01", band=AmountBand(20_000, 50_000)).rule == "R15"
    assert advised("A04", band=AmountBand(50_000, None)).rule == "R16"


def test_haste_and_help_with_much_money_meet_a_colleague_first() -> None:
    hurried: dict[str, Any] = {"help": True, "urgent_today": True}
    assert advised("A04", amount=49_999, **hurried).rule == "R11"
    advice = advised("A04", amount=50_000, **hurried)
    assert (advice.rule, advice.channel, advice.then_counter) == ("R02", Channel.LOBBY_FIRST, True)
    assert kinds(advice) == [ChoiceKind.COLLEAGUE, ChoiceKind.COUNTER]


def test_chip_id_is_asked_for_by_amount_and_by_day_in_viet_nam_only() -> None:
    viet_nam = replace(BUSY, profile="VN")
    new: dict[str, Any] = {"biometric_enrolled": False}
    assert advised("A04", viet_nam, amount=10_000_000, **new).rule == "R24"
    assert advised("A04", viet_nam, amount=10_000_001, **new).rule == "R17"
    day: dict[str, Any] = {"amount": 9_000_000, "sent_today": 12_000_000}
    assert advised("A04", viet_nam, **day, **new).rule == "R17"
    assert advised("A04", viet_nam, **day).rule == "R24"
    assert advised("A04", amount=50_000, **new).rule == "R24"


def test_a_limit_holds_from_its_day_on() -> None:
    china = DEMO_BRANCH.profiles["CN"]
    higher = Limit(LimitName.CASH, 30_000, date(2027, 1, 1), "A later notice")
    china = replace(china, limits=(*china.limits, higher))
    later = replace(DEMO_BRANCH, profiles={**DEMO_BRANCH.profiles, "CN": china})
    request = Request("A01", amount=30_000)
    slow = replace(BUSY, counter_wait_min=40)
    before = advise(later, request, replace(slow, day=date(2026, 12, 31)))
    after = advise(later, request, replace(slow, day=date(2027, 1, 1)))
    assert (before.rule, before.over_limit) == ("R15", 20_000)
    assert after.rule == "R22"
    assert 30_000 not in later.profile_named(day=date(2026, 12, 31)).cash_bands()
    assert 30_000 in later.profile_named(day=date(2027, 1, 1)).cash_bands()


@pytest.mark.parametrize(
    ("machines", "rule"),
    [
        ((replace(MACHINE, state=MachineState.DOWN),), "R19"),
        ((replace(MACHINE, state=MachineState.OUT_OF_NOTES),), "R19"),
        ((replace(MACHINE, state=MachineState.DOWN), status(number=2)), "R22"),
        ((), "R31"),
    ],
)
def test_a_machine_is_named_only_where_one_works(machines: tuple[Any, ...], rule: str) -> None:
    assert advised("A01", replace(BUSY, machines=machines), amount=5000).rule == rule


def test_without_notes_a_machine_still_takes_money_in() -> None:
    empty = replace(BUSY, machines=(replace(MACHINE, state=MachineState.OUT_OF_NOTES),))
    assert advised("A02", empty, amount=5000).rule == "R23"


def test_a_ticket_in_line_is_offered_a_machine_once_by_a_colleague() -> None:
    waiting: dict[str, Any] = {"amount": 5000, "minutes_waited": 8}
    advice = advised("A01", **waiting)
    assert (advice.rule, advice.strength) == ("R32", Strength.OFFER)
    assert advised("B01", minutes_waited=9).channel is Channel.ASSISTED_SELF
    assert advised("A01", amount=5000, minutes_waited=7.9).rule == "R31"
    assert advised("A01", **waiting, offered_before=True).rule == "R31"
    assert advised("A01", replace(BUSY, lobby_manager_free=False), **waiting).rule == "R31"


def test_who_comes_back_keeps_the_place_even_when_the_machines_are_down() -> None:
    down = replace(BUSY, machines=(replace(MACHINE, state=MachineState.DOWN),))
    back: dict[str, Any] = {"amount": 5000, "returned_from_machine": True}
    advice = advised("A01", down, **back, minutes_waited=30)
    assert (advice.rule, advice.keeps_issue_time, advice.tells_lobby) == ("R33", True, True)
    late = advised("A01", down, **back, minutes_waited=31)
    assert (late.rule, late.keeps_issue_time) == ("R19", True)


@pytest.mark.parametrize(
    ("request_", "situation"),
    [
        (Request("Z99"), BUSY),
        (Request("A01"), replace(BUSY, profile="XX")),
        (Request("A01", amount=0), BUSY),
        (Request("A01", amount=-5), BUSY),
        (Request("A01", priority="KING"), BUSY),
    ],
)
def test_it_refuses_what_the_catalogue_does_not_know(
    request_: Request, situation: Situation
) -> None:
    with pytest.raises(TriageError):
        advise(DEMO_BRANCH, request_, situation)


def test_an_impossible_amount_names_itself() -> None:
    with pytest.raises(UnknownAnswerError, match="amount"):
        advised("A01", amount=0)
