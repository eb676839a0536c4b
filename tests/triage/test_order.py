"""Whatever is asked wherever: protection, then the customer's wish, then what is possible."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, wraps

from hypothesis import given, settings

from lobby.machines import MachineState
from lobby.triage.advice import Advice, Channel, ChoiceKind
from lobby.triage.advising import CAPS, ORDER, advise
from lobby.triage.case import case_of
from lobby.triage.catalogue import Strength
from lobby.triage.conditions import (
    has_loose_change,
    has_too_many_notes,
    is_odd_amount,
    is_too_large_a_transfer,
    is_too_much_cash,
    lacks_credential,
    wants_chip_id,
)
from lobby.triage.request import Preference, Request
from lobby.triage.situation import Dial, Situation
from tests.triage.chance import CATALOGUE, REQUESTS, SITUATIONS

AT_MACHINE = {Channel.SELF_SERVICE, Channel.ASSISTED_SELF}
MACHINE_CHOICES = {ChoiceKind.MACHINE, ChoiceKind.MACHINE_WITH_HELP}


EXAMPLES = 600
"""Enough to come to every rule."""


@cache
def drawn() -> tuple[tuple[Request, Situation], ...]:
    """Drawn once for all tests of this file: to draw takes ten times as long as to look."""
    pairs: list[tuple[Request, Situation]] = []

    @settings(max_examples=EXAMPLES, database=None)
    @given(REQUESTS, SITUATIONS)
    def note(request: Request, situation: Situation) -> None:
        pairs.append((request, situation))

    note()
    return tuple(pairs)


def anything(test: Callable[[Request, Situation], None]) -> Callable[[], None]:
    """The test of all that was drawn. Where it fails, a small example is looked for."""

    @wraps(test)
    def test_of_all() -> None:
        try:
            for request, situation in drawn():
                test(request, situation)
        except Exception:
            settings(max_examples=EXAMPLES)(given(REQUESTS, SITUATIONS)(test))()
            raise

    del test_of_all.__wrapped__
    return test_of_all


def advised(request: Request, situation: Situation) -> Advice:
    return advise(CATALOGUE, request, situation)


@anything
def test_who_was_asked_by_phone_meets_a_colleague_whatever_else(
    request: Request, situation: Situation
) -> None:
    advice = advised(replace(request, asked_by_phone=True), situation)
    assert (advice.rule, advice.channel) == ("R01", Channel.LOBBY_FIRST)
    assert not {choice.kind for choice in advice.choices} & MACHINE_CHOICES


@anything
def test_a_transfer_to_a_stranger_meets_a_colleague_whatever_else(
    request: Request, situation: Situation
) -> None:
    advice = advised(replace(request, service="A04", receiver_known=False), situation)
    assert advice.channel is Channel.LOBBY_FIRST


@anything
def test_who_prefers_the_counter_is_never_sent_to_a_machine(
    request: Request, situation: Situation
) -> None:
    advice = advised(replace(request, preference=Preference.COUNTER), situation)
    assert advice.rule in {"R01", "R02", "R03", "R04", "R05", "R33"}
    assert advice.strength is Strength.NONE and not advice.notice
    assert not {choice.kind for choice in advice.choices} & MACHINE_CHOICES


@anything
def test_a_machine_that_cannot_do_it_is_never_advised(
    request: Request, situation: Situation
) -> None:
    advice = advised(request, situation)
    named = [choice.machine for choice in advice.choices if choice.kind in MACHINE_CHOICES]
    if advice.channel in AT_MACHINE:
        named.append(advice.machine)
    case = case_of(CATALOGUE, request, situation)
    for status in named:
        assert status is not None and status in situation.machines
        assert status.state is not MachineState.DOWN and status.can(case.functions)
        for obstacle in (
            *(has_loose_change, is_odd_amount, has_too_many_notes, is_too_much_cash),
            *(is_too_large_a_transfer, wants_chip_id, lacks_credential),
        ):
            assert not obstacle(case)


@anything
def test_nobody_is_diverted_without_a_queue(request: Request, situation: Situation) -> None:
    free = replace(situation, open_counters=2, counter_free=True)
    advice = advised(replace(request, preference=None), free)
    assert advice.strength is Strength.NONE and not advice.notice
    assert advice.channel not in AT_MACHINE


@anything
def test_nobody_is_diverted_to_a_slower_machine(request: Request, situation: Situation) -> None:
    advice = advised(request, situation)
    if advice.strength is not Strength.NONE:
        case = case_of(CATALOGUE, request, situation)
        assert case.machine_minutes <= case.counter_minutes


@anything
def test_who_declined_or_came_back_is_not_asked_again(
    request: Request, situation: Situation
) -> None:
    for again in (
        replace(request, offered_before=True, preference=None),
        replace(request, returned_from_machine=True, preference=None),
    ):
        advice = advised(again, situation)
        assert advice.strength is Strength.NONE and not advice.notice
    assert advice.keeps_issue_time


@anything
def test_there_is_always_a_person_among_the_choices(request: Request, situation: Situation) -> None:
    advice = advised(request, situation)
    kinds = [choice.kind for choice in advice.choices]
    assert advice.counter in advice.choices
    assert len(kinds) == len(set(kinds)) <= 6
    if not situation.has_counter:
        assert advice.channel not in {Channel.COUNTER, Channel.ADVISER}
        assert advice.counter.kind is ChoiceKind.COLLEAGUE


@anything
def test_without_counters_there_is_another_branch_or_another_day(
    request: Request, situation: Situation
) -> None:
    empty = replace(situation, open_counters=0, opens_later=False, takes_bookings=True)
    advice = advised(request, empty)
    if CATALOGUE.service(request.service).has_line:
        assert ChoiceKind.BOOKING in {choice.kind for choice in advice.choices}


@anything
def test_the_dial_is_never_exceeded(request: Request, situation: Situation) -> None:
    advice = advised(request, situation)
    assert ORDER.index(advice.strength) <= ORDER.index(CAPS[situation.dial])
    if situation.dial is Dial.INFORM and advice.channel in AT_MACHINE:
        assert advice.rule == "R06"


@anything
def test_the_same_input_gives_the_same_advice(request: Request, situation: Situation) -> None:
    turned = replace(situation, machines=situation.machines)
    assert advised(request, situation) == advised(replace(request), turned)


@anything
def test_the_cheapest_way_is_marked_and_no_other(request: Request, situation: Situation) -> None:
    advice = advised(request, situation)
    amounts = [line.amount for line in advice.fees]
    differ = len(set(amounts)) > 1
    for line in advice.fees:
        assert line.is_cheapest == (differ and line.amount == min(amounts))
    for choice in advice.choices:
        assert choice.fee is None or choice.fee in advice.fees


@anything
def test_it_says_why_a_ticket_does_not_count(request: Request, situation: Situation) -> None:
    advice = advised(request, situation)
    assert advice.eligible == (advice.exclusion is None)
    assert advice.reasons


@anything
def test_help_gives_time_and_tells_a_colleague(request: Request, situation: Situation) -> None:
    advice = advised(replace(request, help=True, priority=None), situation)
    assert advice.grace_s == 180
    assert advice.tells_lobby
    assert advice.priority in {"ASSIST", "URGENT"}
