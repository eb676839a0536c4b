"""What an advice carries along: ways, fees, papers, time, and where to go when nobody is here."""

from dataclasses import replace
from decimal import Decimal

from lobby.triage.advice import Channel, ChoiceKind, Modifier, Reason
from lobby.triage.advising import rule_set_version
from lobby.triage.catalogue import BranchKind, FeeChannel, Strength
from lobby.triage.request import LastAdviser, Preference
from lobby.triage.situation import Dial
from tests.triage.branch import BUSY, DEMO_BRANCH, HARBOUR, advised, kinds
from tests.triage.vectors import status


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
