"""Why a ticket was called, as tellers and customers read it."""

from dataclasses import replace

import pytest
from msgspec import structs

from lobby.queueing.commands.counter import CallChosen
from lobby.queueing.model.choice import Choice, Rule, Score
from lobby.queueing.model.plan import CounterPlan
from lobby.queueing.model.priority import Order
from lobby.screens.call_reasons import (
    order_in_words,
    reason_for_customer,
    reason_for_teller,
)
from tests.app.people import plan
from tests.queueing.shift import Shift

PROMISED = Score(waited_min=17.4, head_start_min=0, within_min=20, quickness=1.0, overtakes=2)


def test_it_says_what_was_promised_and_how_often_the_ticket_was_passed() -> None:
    choice = Choice("A012", Rule.PROMISE, 17.4 * 60, score=PROMISED)
    assert (
        reason_for_teller(choice, "en") == "A012: promised 20 min, has waited 17 min; passed twice"
    )
    assert reason_for_teller(choice, "zh") == "A012：承诺 20 分钟，已等 17 分钟；已被越过两次"
    assert (
        reason_for_teller(choice, "vi")
        == "A012: cam kết 20 phút, đã chờ 17 phút; đã bị vượt hai lần"
    )


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice("A1", Rule.FIRST_COME, 300), "A1: first come, first called; has waited 5 min"),
        (Choice("A1", Rule.NEXT, 300), "A1: was shown as next, has waited 5 min"),
        (Choice("A1", Rule.RESERVED, 300), "A1: was sent to this counter, has waited 5 min"),
        (
            Choice("A1", Rule.BUDGET, 300, score=structs.replace(PROMISED, overtakes=3)),
            "A1: cannot be passed again, has waited 5 min; passed 3 times",
        ),
        (
            Choice("A1", Rule.CHOSEN, 300, ("A2", "A3"), "Needs help", (1, 1)),
            "A1: chosen by hand (Needs help), has waited 5 min; goes before 2 who came earlier",
        ),
    ],
)
def test_each_rule_has_its_own_words(choice: Choice, words: str) -> None:
    assert reason_for_teller(choice, "en") == words
    assert reason_for_teller(choice, "zh").startswith("A1：")


def test_the_waiting_read_their_promise_and_who_went_first() -> None:
    shift = Shift(order=Order.RULE_A)
    shift.open()
    first, second = shift.take(), shift.take()
    shift.wait(minutes=6)
    shift.act(CallChosen("1", second, "Needs help"))
    ticket = shift.ticket(first)
    assert reason_for_customer(shift.hall, ticket, shift.now, "en") == (
        "We promise to call you within 20 min. "
        "One person who came after you was called first; at most 3 can be."
    )
    assert "3" in order_in_words(shift.hall, "vi")
    assert order_in_words(Shift().hall, "en") == "We call in the order in which you came."


def test_it_says_in_what_order_a_branch_calls() -> None:
    """Never that all are called as they came, where some are not."""
    assert order_in_words(Shift(order=Order.STRICT).hall, "en").startswith("We call by groups:")
    counters = {"1": CounterPlan("1", "1"), "2": CounterPlan("2", "2", premium=True)}
    beside = Shift(replace(plan(), counters=counters), order=Order.FIRST_COME)
    assert order_in_words(beside.hall, "en").endswith(
        "premium customers have a counter of their own."
    )
