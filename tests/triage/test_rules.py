"""The corners of single rules: both sides of each limit, and what an advice carries along."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.triage.advice import Advice, Channel, ChoiceKind, Modifier, Reason
from lobby.triage.advising import advise, rule_set_version
from lobby.triage.catalogue import BranchKind, Credential, FeeChannel, Strength
from lobby.triage.errors import TriageError, UnknownAnswerError
from lobby.triage.machine import MachineState
from lobby.triage.profile import Limit, LimitName
from lobby.triage.request import AmountBand, LastAdviser, Preference, Request
from lobby.triage.rules import PROTECTION, RULES, rule_ids
from lobby.triage.situation import Dial, OtherBranch, Situation
from tests.triage.vectors import status

DEMO_BRANCH = read_catalogue(DEMO)
MACHINE = status(passbooks=True)
BUSY = Situation(open_counters=3, waiting=5, counter_wait_min=18, machines=(MACHINE,))
HARBOUR = OtherBranch("harbour", {"en": "Harbour", "zh": "港口", "vi": "Cảng"}, 12)


def advised(service: str, situation: Situation = BUSY, **answers: Any) -> Advice:
    return advise(DEMO_BRANCH, Request(service, **answers), situation)


def kinds(advice: Advice) -> list[ChoiceKind]:
    return [choice.kind for choice in advice.choices]


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


def test_it_names_the_machine_with_the_shortest_queue() -> None:
    first, second = status(queue_min=6), status(number=2, queue_min=3)
    advice = advised("A01", replace(BUSY, machines=(first, second)), amount=5000)
    assert advice.machine is second
    assert advice.gain is not None and advice.gain.minutes == 22 - 6


def test_who_needs_more_time_gets_it_in_the_figures() -> None:
    assert advised("A01", amount=5000).choices[0].minutes == 3
    assert advised("A01", amount=5000, large_print=True).choices[0].minutes == 5.25


def test_a_machine_brings_three_ways_and_the_phone_where_it_can() -> None:
    cash, transfer = advised("A01", amount=5000), advised("A04", amount=5000)
    ways = [ChoiceKind.MACHINE, ChoiceKind.COUNTER, ChoiceKind.MACHINE_WITH_HELP]
    assert kinds(cash) == ways
    assert kinds(transfer) == [*ways, ChoiceKind.PHONE]
    alone = replace(BUSY, lobby_manager_free=False)
    assert ChoiceKind.MACHINE_WITH_HELP not in kinds(advised("A01", alone, amount=5000))


def test_it_says_what_each_way_costs_and_marks_the_cheapest() -> None:
    advice = advised("A04", amount=5000)
    assert {line.channel: line.amount for line in advice.fees} == {
        FeeChannel.COUNTER: Decimal(10),
        FeeChannel.MACHINE: Decimal(5),
        FeeChannel.PHONE: Decimal(0),
    }
    assert [line.channel for line in advice.fees if line.is_cheapest] == [FeeChannel.PHONE]
    assert advice.gain is not None and advice.gain.fee == Decimal(5)
    assert all(line.source and line.valid_from for line in advice.fees)


def test_in_viet_nam_fees_are_in_dong() -> None:
    advice = advised("A04", replace(BUSY, profile="VN"), amount=5_000_000)
    assert {line.currency for line in advice.fees} == {"VND"}
    assert advice.fees[0].amount == Decimal(22_000)


def test_the_dial_turns_a_suggestion_into_an_offer_and_an_offer_into_a_notice() -> None:
    offered = advised("A01", replace(BUSY, dial=Dial.OFFER), amount=5000)
    assert (offered.channel, offered.strength) == (Channel.SELF_SERVICE, Strength.OFFER)
    told = advised("B01", replace(BUSY, dial=Dial.INFORM))
    assert (told.channel, told.notice, kinds(told)) == (
        Channel.COUNTER,
        True,
        [ChoiceKind.COUNTER],
    )


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


def test_what_is_not_offered_here_leads_to_another_branch_or_a_booking() -> None:
    spoke = replace(BUSY, branch_kind=BranchKind.SPOKE)
    advice = advised("F01", replace(spoke, other_branch=HARBOUR))
    assert (advice.rule, advice.channel) == ("R07", Channel.OTHER_BRANCH)
    assert kinds(advice) == [ChoiceKind.OTHER_BRANCH, ChoiceKind.BOOKING, ChoiceKind.COLLEAGUE]
    assert advice.choices[0].branch is HARBOUR
    assert advised("F01", spoke).channel is Channel.BOOKING
    wished = advised("F01", spoke, preference=Preference.COUNTER)
    assert (wished.channel, wished.reasons[1]) == (Channel.LOBBY_FIRST, Reason.NOT_HERE)


def test_a_counter_that_opens_later_is_a_counter() -> None:
    early = replace(BUSY, open_counters=0, opens_later=True)
    assert advised("A01", early, preference=Preference.COUNTER).channel is Channel.COUNTER
    never = replace(early, opens_later=False)
    advice = advised("A01", never, preference=Preference.COUNTER)
    assert (advice.rule, advice.channel) == ("R05", Channel.LOBBY_FIRST)
    assert Reason.NO_COUNTER in advice.reasons
    assert kinds(advice) == [ChoiceKind.COLLEAGUE, ChoiceKind.BOOKING]


def test_a_missing_document_is_said_at_once_and_the_place_is_kept() -> None:
    advice = advised("B01", documents_ready=False)
    assert Modifier.DOCUMENT in advice.modifiers
    assert (advice.keeps_place_min, advice.tells_lobby) == (30, True)
    assert advised("B01").keeps_place_min == 0


def test_identity_is_named_where_the_amount_may_ask_for_it() -> None:
    assert len(advised("A01", amount=49_900).documents) == 1
    assert len(advised("A01", amount=50_000).documents) == 2
    assert len(advised("A01", coins=True).documents) == 2


def test_a_deadline_nearer_than_the_wait_brings_a_booking() -> None:
    advice = advised("F01", leaves_in_min=10)
    assert Reason.DEADLINE in advice.reasons and ChoiceKind.BOOKING in kinds(advice)
    assert Reason.DEADLINE not in advised("F01", leaves_in_min=18).reasons
    closing = advised("F01", replace(BUSY, minutes_to_closing=5, other_branch=HARBOUR))
    assert Reason.CLOSING in closing.reasons and ChoiceKind.OTHER_BRANCH in kinds(closing)


def test_the_same_adviser_stands_first_with_the_own_wait() -> None:
    situation = replace(BUSY, same_adviser_wait_min=15, counter_wait_min=5)
    advice = advised("W01", situation, last_adviser=LastAdviser.BUSY)
    assert [choice.minutes for choice in advice.choices] == [15, 5]
    assert kinds(advised("L01")) == [ChoiceKind.FIRST_FREE]


def test_each_advice_names_the_version_of_its_rules() -> None:
    assert advised("A01").rule_set_version == rule_set_version(DEMO_BRANCH) == "demo-2026.1/1"


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
