"""To be next for certain: whoever comes meanwhile, and whichever counter calls first."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from msgspec import structs

from lobby.queueing.calling.select import may_call, next_ticket
from lobby.queueing.calling.surely_next import is_surely_next
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext, Finish, Hold, OpenCounter, StartServing
from lobby.queueing.commands.ticket import ReturnFromHold, TakeTicket
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import CallingRule, Order, Priority
from lobby.queueing.refusals.refusal import Refusal
from tests.app.people import MORNING, plan

HALLS = 300
RULES = (
    CallingRule(Order.FIRST_COME),
    CallingRule(Order.STRICT),
    CallingRule(Order.RULE_A),
    CallingRule(Order.RULE_A, keeps_next=True),
)
SERVICES = ("A01", "A02", "A04", "B01", "F01")


def act(hall: Hall, command: Command, now: datetime) -> Hall:
    try:
        return fold(hall, decide(hall, command, now))
    except Refusal:
        return hall


def taking(chance: random.Random, hall: Hall) -> TakeTicket:
    priority = chance.choice((Priority.REGULAR, Priority.REGULAR, *Priority))
    return TakeTicket(chance.choice(SERVICES), "en", f"secret-{hall.version}", priority=priority)


def random_hall(seed: int) -> tuple[Hall, datetime]:
    """Up to three counters for anything, up to ten people, and some calls and holds."""
    chance, now = random.Random(seed), MORNING
    hall = Hall.empty(replace(plan(), calling=RULES[seed % len(RULES)]))
    for counter in range(1, chance.randint(2, 4)):
        served = tuple(chance.sample(SERVICES, chance.randint(1, 5)))
        hall = act(hall, OpenCounter(str(counter), f"teller-{counter}", served), now)
    for _ in range(chance.randint(1, 14)):
        now += timedelta(seconds=chance.randint(5, 300))
        hall = act(
            hall, chance.choice((taking(chance, hall), taking(chance, hall), CallNext("1"))), now
        )
        at_first = hall.counters["1"].ticket
        if at_first and chance.random() < 0.6:
            hall = act(hall, StartServing("1", at_first), now)
            end = Hold("1", at_first, "a form") if chance.random() < 0.3 else Finish("1", at_first)
            hall = act(hall, end, now)
    return hall, now


def told_next(hall: Hall) -> Iterator[str]:
    for ticket in hall.waiting_tickets():
        if is_surely_next(hall, ticket):
            yield ticket.number


def test_who_is_told_so_is_called_first_whoever_comes() -> None:
    told = 0
    for seed in range(HALLS):
        hall, now = random_hall(seed)
        for number in told_next(hall):
            told += 1
            chance, later = random.Random(seed), hall
            for ticket in hall.tickets.values():
                later = act(later, ReturnFromHold(ticket.number), now)
            for _ in range(6):
                now += timedelta(seconds=chance.randint(1, 900))
                later = act(later, taking(chance, later), now)
            for counter in later.counters.values():
                if counter.is_serving and may_call(later, counter, later.tickets[number]):
                    choice = next_ticket(later, counter, now)
                    assert choice is not None
                    assert choice.number == number, (seed, counter.id)
    assert told > 50


def test_nobody_is_told_so_by_rule_a_while_later_ones_may_pass() -> None:
    hall = Hall.empty(plan())
    for command in (OpenCounter("1", "thu", SERVICES), TakeTicket("F01", "en", "one")):
        hall = act(hall, command, MORNING)
    assert list(told_next(hall)) == []
    spent = structs.replace(hall.tickets["F001"], overtakes=3)
    hall = structs.replace(hall, tickets=hall.tickets.put(spent))
    assert list(told_next(hall)) == ["F001"], "who may be passed no more is next"


@pytest.mark.parametrize("commands", [(), (OpenCounter("1", "thu", ("B01",)),)])
def test_nobody_is_told_so_whom_no_counter_serves(commands: tuple[Command, ...]) -> None:
    hall = Hall.empty(replace(plan(), calling=CallingRule(Order.FIRST_COME)))
    for command in (*commands, TakeTicket("A01", "en", "one")):
        hall = act(hall, command, MORNING)
    assert list(told_next(hall)) == []
