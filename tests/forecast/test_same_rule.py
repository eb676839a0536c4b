"""The simulation calls whom the branch's own rule calls, on any hall."""

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobby.forecast.calling_rule import LineHeads
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.random_numbers import draw
from lobby.forecast.reading import scene_of
from lobby.queueing.calling.select import next_ticket
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext, Finish, OpenCounter, StartServing
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import CounterPlan, Plan
from lobby.queueing.model.priority import CallingRule, Order, Priority
from tests.app.people import MORNING, plan
from tests.queueing.search import search

SERVICES = ("A01", "A02", "A04", "B01", "F01")
PEOPLE = 14
CALLS = 10


def branch(chance: random.Random, order: Order) -> Plan:
    rule = CallingRule(
        order=order,
        overtakes_max=chance.choice((1, 2, 3)),
        keeps_next=chance.random() < 0.5,
        premium_needs_counters=chance.choice((1, 9)),
    )
    counters = {name: CounterPlan(name, name, premium=chance.random() < 0.25) for name in "1234"}
    return replace(plan(), calling=rule, counters=counters)


class Afternoon:
    """A hall that a run of chance has filled, and the same hall as a scene."""

    def __init__(self, seed: int, order: Order) -> None:
        self.chance = random.Random(seed)
        self.now = MORNING
        self.hall = Hall.empty(branch(self.chance, order))
        for counter in "1234":
            services = tuple(self.chance.sample(SERVICES, self.chance.randint(1, 5)))
            self.act(OpenCounter(counter, f"teller-{counter}", services))
        for number in range(PEOPLE):
            self.come(number)

    def act(self, command: Command) -> None:
        self.hall = fold(self.hall, decide(self.hall, command, self.now))

    def come(self, number: int) -> None:
        self.now += timedelta(seconds=self.chance.randint(0, 240))
        priority = self.chance.choice(list(Priority))
        booked = self.now + timedelta(minutes=self.chance.randint(-10, 20))
        self.act(
            TakeTicket(
                self.chance.choice(SERVICES),
                "en",
                f"secret-{number}",
                priority=priority,
                booked_at=booked if priority is Priority.APPOINTMENT else None,
            )
        )
        if self.chance.random() < 0.3:
            self.call(self.chance.choice("1234"))

    def call(self, counter: str) -> str | None:
        choice = next_ticket(self.hall, self.hall.counters[counter], self.now)
        if choice is None:
            return None
        self.act(CallNext(counter))
        self.act(StartServing(counter, choice.number))
        self.act(Finish(counter, choice.number))
        return choice.number


def vectorised_calls(afternoon: Afternoon, calls: list[tuple[str, float]]) -> list[str | None]:
    """Whom the simulation calls at these counters, so many seconds from now."""
    rng = np.random.default_rng(1)
    knowledge = Knowledge.of(afternoon.hall.plan)
    reading = scene_of(afternoon.hall, afternoon.now, knowledge, rng, 1)
    heads = LineHeads(reading.scene, draw(reading.scene, rng))
    open_counters = [each for each in afternoon.hall.counters.values() if each.is_open]
    by_skills = sorted(open_counters, key=lambda each: len(each.services))
    seats = {each.id: seat for seat, each in enumerate(by_skills)}
    found: list[str | None] = []
    for counter, at_s in calls:
        seat, now_s = np.array([seats[counter]]), np.array([at_s])
        found.append(None)
        while found[-1] is None:
            line = heads.choose(seat, now_s)
            person = heads.slot(line)
            real = person < len(reading.tickets)
            if person[0] > reading.scene.size:
                break
            heads.advance(seat, now_s, line, person, real)
            found[-1] = reading.tickets[int(person[0])] if real[0] else None
    return found


@pytest.mark.parametrize("order", list(Order))
@search(examples=60)
@given(seed=st.integers(0, 10**9))
def test_it_calls_whom_the_branch_would_call(order: Order, seed: int) -> None:
    afternoon = Afternoon(seed, order)
    started = afternoon.now
    calls: list[tuple[str, float]] = []
    at_s = 0.0
    for _ in range(CALLS):
        at_s += afternoon.chance.choice((0, 1, 30, 300))
        calls.append((afternoon.chance.choice("1234"), at_s))
    simulated = vectorised_calls(afternoon, calls)
    real: list[str | None] = []
    for counter, call_s in calls:
        afternoon.now = started + timedelta(seconds=call_s)
        real.append(afternoon.call(counter))
    assert simulated == real
