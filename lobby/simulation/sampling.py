"""Draws a simulated day from the parameters: the same seed makes the same day."""

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from lobby.queueing.model.priority import Priority
from lobby.simulation import demand
from lobby.simulation.customer import Customer, Interruption, Onward
from lobby.simulation.day import Day, working_day
from lobby.simulation.parameters import BIN_S, MINUTE_S, World
from lobby.simulation.staffing import Break, Seat, skills

CREW, CROWD, SHIFTS = range(3)
"""Each part of a day has a stream of chance of its own, so that one does not move the other."""

LUNCH_FROM_S = 11.5 * 3600
LUNCHES_OVER_S = 2 * 3600.0
SPREAD_OF_SHORT_TIMES = 0.5
LONG_JOB_MIN = 8.0
"""Appointments are made for what takes at least so long."""

T = TypeVar("T")


def draw_day(world: World, seed: int, ordinal: int) -> Day:
    day = working_day(ordinal)
    seats = draw_seats(world, seed, ordinal)
    chance = _stream(seed, CROWD, ordinal)
    crowd = _Crowd(world, chance)
    arrivals_s = _arrivals_s(world, chance, day.weekday())
    return Day(day, tuple(crowd.customer(at_s) for at_s in arrivals_s), seats)


def draw_seats(world: World, seed: int, ordinal: int) -> tuple[Seat, ...]:
    """The same tellers every day; their breaks and, where paces err, their paces are the day's."""
    own = _stream(seed, CREW, 0)
    today = _stream(seed, SHIFTS, ordinal)
    skilled = skills(world.plan, demand.work(world))
    paces = _paces(world, own, len(skilled))
    return tuple(
        Seat(
            counter=counter,
            teller=f"teller-{index + 1}",
            services=services,
            from_s=world.opens_s,
            until_s=world.closes_s,
            pace=paces[index] * (1 + world.pace_error * today.choice((-1.0, 1.0))),
            breaks=_breaks(world, today, index, len(skilled)),
            by_hand_share=world.by_hand_share,
        )
        for index, (counter, services) in enumerate(skilled.items())
    )


def _stream(seed: int, part: int, ordinal: int) -> np.random.Generator:
    return np.random.default_rng([seed, part, ordinal])


def _paces(world: World, chance: np.random.Generator, count: int) -> list[float]:
    """One on the average of the tellers."""
    drawn = np.exp(chance.normal(0.0, world.pace_spread, count))
    return [float(pace) for pace in drawn / drawn.mean()]


def _breaks(world: World, chance: np.random.Generator, index: int, count: int) -> tuple[Break, ...]:
    """Lunches one after the other over two hours; pauses whenever."""
    lunch_at_s = LUNCH_FROM_S + index * LUNCHES_OVER_S / count
    lunch = Break(lunch_at_s, world.lunch_s, is_planned=True)
    starts_s = chance.uniform(world.opens_s, world.closes_s, chance.poisson(world.pauses_a_day))
    lengths_s = chance.exponential(world.pause_mean_s, len(starts_s))
    pauses = [
        Break(float(at), float(length)) for at, length in zip(starts_s, lengths_s, strict=True)
    ]
    return tuple(sorted((lunch, *pauses), key=lambda one: one.at_s))


def _arrivals_s(world: World, chance: np.random.Generator, weekday: int) -> list[float]:
    """Poisson in each quarter of an hour, on a day that is busier or quieter as a whole."""
    factor = lognormal(chance, 1.0, world.day_spread**2)
    arrivals_s: list[float] = []
    for index, expected in enumerate(demand.arrivals_by_bin(world, weekday)):
        start_s = world.opens_s + index * BIN_S
        count = chance.poisson(expected * factor)
        arrivals_s += [float(at) for at in chance.uniform(start_s, start_s + BIN_S, count)]
    return sorted(arrivals_s)


class _Crowd:
    """Draws one customer after the other."""

    def __init__(self, world: World, chance: np.random.Generator) -> None:
        self._world, self._chance = world, chance
        shares = demand.shares(world)
        self._services, self._weights = list(shares), list(shares.values())

    def customer(self, arrives_s: float) -> Customer:
        world, chance = self._world, self._chance
        service = self._pick(self._services, self._weights)
        priority = self._priority(service)
        comes = bool(chance.random() >= world.no_show_share)
        return Customer(
            arrives_s=arrives_s,
            service=service,
            priority=priority,
            job_s=self._job_s(service),
            walk_s=self._short_s(world.walk_mean_s),
            tidy_s=self._short_s(world.tidy_mean_s),
            patience_s=float(chance.exponential(world.patience_mean_s)),
            leaves_silently=bool(chance.random() < world.silent_share),
            comes=comes,
            returns_after_s=self._back_s(comes=comes),
            booked_s=self._booked_s(priority, arrives_s),
            interruption=self._interruption(),
            onward=self._onward(service),
        )

    def _priority(self, service: str) -> Priority:
        """Appointments are for long jobs: whoever would have one for a short job is regular."""
        classes = self._world.classes
        priority = self._pick(list(classes), list(classes.values()))
        is_short = self._world.plan.services[service].minutes < LONG_JOB_MIN
        return Priority.REGULAR if is_short and priority is Priority.APPOINTMENT else priority

    def _booked_s(self, priority: Priority, arrives_s: float) -> float | None:
        early_s = float(
            self._chance.normal(self._world.appointment_early_s, self._world.appointment_spread_s)
        )
        if priority is not Priority.APPOINTMENT:
            return None
        return max(self._world.opens_s, arrives_s + early_s)

    def _back_s(self, *, comes: bool) -> float | None:
        back = self._chance.random() < self._world.back_share
        after_s = float(self._chance.exponential(self._world.back_mean_s))
        return after_s if back and not comes else None

    def _interruption(self) -> Interruption | None:
        happens = self._chance.random() < self._world.interrupted_share
        after_share = float(self._chance.uniform(0.2, 0.8))
        away_s = float(self._chance.exponential(self._world.interrupted_mean_s))
        return Interruption(after_share, away_s) if happens else None

    def _onward(self, service: str) -> Onward | None:
        happens = self._chance.random() < self._world.onward_share
        other = self._pick(self._services, self._weights)
        job_s = self._job_s(other)
        return Onward(other, job_s) if happens and other != service else None

    def _job_s(self, service: str) -> float:
        mean_s = self._world.plan.services[service].minutes * MINUTE_S
        return lognormal(self._chance, mean_s, self._world.job_scv)

    def _short_s(self, mean_s: float) -> float:
        return lognormal(self._chance, mean_s, SPREAD_OF_SHORT_TIMES)

    def _pick(self, things: Sequence[T], weights: Sequence[float]) -> T:
        total = sum(weights)
        mark, index = self._chance.random() * total, 0
        while index < len(things) - 1 and mark >= weights[index]:
            mark -= weights[index]
            index += 1
        return things[index]


def lognormal(chance: np.random.Generator, mean: float, scv: float) -> float:
    """By its mean and squared coefficient of variation."""
    variance = math.log1p(scv)
    return float(chance.lognormal(math.log(mean) - variance / 2, math.sqrt(variance)))
