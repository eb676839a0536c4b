"""Plays a simulated day by a calling rule: the same people and jobs, another order."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import CallingRule
from lobby.simulation.branch import SimulatedBranch, Watch
from lobby.simulation.customers import Customers
from lobby.simulation.day import Day
from lobby.simulation.parameters import World
from lobby.simulation.record import DayRecord
from lobby.simulation.sampling import draw_day
from lobby.simulation.tellers import Teller


def run_day(
    world: World, seed: int, ordinal: int, rule: CallingRule, watch: Watch | None = None
) -> DayRecord:
    """The world's day of this number, as it goes by this rule."""
    return play_day(world.plan, draw_day(world, seed, ordinal), rule, watch)


def play_day(plan: Plan, day: Day, rule: CallingRule, watch: Watch | None = None) -> DayRecord:
    policy = replace(
        plan.counter_policy, auto_call=False
    )  # an idle teller here looks up by themselves
    branch = SimulatedBranch(replace(plan, calling=rule, counter_policy=policy), day, watch)
    guests = Customers(branch, day.customers)
    for index, seat in enumerate(sorted(day.seats, key=lambda seat: len(seat.services))):
        Teller(branch, guests, seat, _picks(day, index))
    branch.agenda.play()
    return DayRecord(day.date, guests.visits)


def _picks(day: Day, index: int) -> Iterator[float]:
    chance = np.random.default_rng([day.date.toordinal(), index])
    while True:
        yield float(chance.random())
