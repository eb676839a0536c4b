"""A roster tried out: the expected day played some times by the branch's own calling rule.

The same people come on each of the days for every roster, so that a difference is the roster's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from lobby.planning.past import HALF_HOUR_S, HALF_HOURS, Counts
from lobby.planning.roster import Crew, Roster, seats
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority
from lobby.simulation.customer import Customer
from lobby.simulation.day import Day
from lobby.simulation.parameters import World
from lobby.simulation.play import play_day
from lobby.simulation.record import Visit
from lobby.simulation.sampling import lognormal

DAYS = 4
"""Days played for one answer: the mean of so many moves by a point or two with other chances."""

DAY_SPREAD = 0.12
"""By so much a whole day is busier or quieter than any calendar tells."""

JOBS_MIN = 20
"""With fewer lengths known, a service takes the minutes that are set for it, more or less."""

PEOPLE_MAX = 3000
"""On one day of one branch; beyond, no counters of a branch would help."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Who is expected on `day`: `arrivals` by half hour, `kinds` with their weights, lengths of
    services in seconds."""

    day: date
    arrivals: Counts
    kinds: Mapping[tuple[str, Priority], int]
    jobs_s: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Means of the days played: `people` who came in each half hour and were served, or left after
    the promised time; `kept` of them served within it; the longest wait of a day in seconds."""

    people: Counts
    kept: Counts
    longest_s: float

    def late(self, start: int = 0, end: int = HALF_HOURS) -> float:
        return sum(self.people[start:end]) - sum(self.kept[start:end])

    def share(self, start: int = 0, end: int = HALF_HOURS) -> float:
        """1 where nobody is expected."""
        people = sum(self.people[start:end])
        return sum(self.kept[start:end]) / people if people else 1.0


@dataclass(frozen=True, slots=True)
class Stage:
    """The people of each day, drawn once."""

    plan: Plan
    crew: Crew
    crowds: tuple[Day, ...]

    def play(self, roster: Roster) -> Outcome:
        staffed = seats(self.plan, self.crew, roster)
        people, kept = np.zeros(HALF_HOURS), np.zeros(HALF_HOURS)
        longest_s: list[float] = []
        for day in self.crowds:
            visits = play_day(self.plan, replace(day, seats=staffed), self.plan.calling).visits
            for visit in visits:
                is_kept = visit.in_promise(self.plan.calling)
                if is_kept is not None:
                    people[_half_hour(visit)] += 1
                    kept[_half_hour(visit)] += is_kept
            longest_s.append(max((visit.wait_s or 0.0 for visit in visits), default=0.0))
        count = len(self.crowds)
        return Outcome(
            tuple((people / count).tolist()),
            tuple((kept / count).tolist()),
            float(np.mean(longest_s)),
        )


def stage(plan: Plan, crew: Crew, demand: Demand, days: int = DAYS) -> Stage:
    crowds = (_crowd(plan, demand, np.random.default_rng([each, 1])) for each in range(days))
    return Stage(plan, crew, tuple(Day(demand.day, crowd, ()) for crowd in crowds))


def _half_hour(visit: Visit) -> int:
    return min(HALF_HOURS - 1, int(visit.customer.arrives_s // HALF_HOUR_S))


def _crowd(plan: Plan, demand: Demand, chance: np.random.Generator) -> tuple[Customer, ...]:
    """Poisson in each half hour, on a day that is busier or quieter as a whole."""
    factor = lognormal(chance, 1.0, DAY_SPREAD**2)
    arrivals_s: list[float] = []
    for index, expected in enumerate(demand.arrivals):
        start_s = index * HALF_HOUR_S
        count = chance.poisson(expected * factor)
        arrivals_s += chance.uniform(start_s, start_s + HALF_HOUR_S, count).tolist()
    kinds = [kind for kind in demand.kinds if kind[0] in plan.services]
    if not kinds:
        return ()
    weights = np.array([demand.kinds[kind] for kind in kinds], dtype=float)
    picks = chance.choice(len(kinds), size=len(arrivals_s), p=weights / weights.sum())
    return tuple(
        _customer(plan, at_s, kinds[pick], demand.jobs_s, chance)
        for at_s, pick in zip(sorted(arrivals_s[:PEOPLE_MAX]), picks, strict=False)
    )


def _customer(
    plan: Plan,
    arrives_s: float,
    kind: tuple[str, Priority],
    jobs_s: Mapping[str, Sequence[float]],
    chance: np.random.Generator,
) -> Customer:
    """What the past does not tell, of ways and of patience, is as in the simulated world."""
    service, priority = kind
    world = World(plan)
    return Customer(
        arrives_s=arrives_s,
        service=service,
        priority=priority,
        job_s=_job_s(plan, service, jobs_s.get(service, ()), world, chance),
        walk_s=lognormal(chance, world.walk_mean_s, 0.5),
        tidy_s=lognormal(chance, world.tidy_mean_s, 0.5),
        patience_s=float(chance.exponential(world.patience_mean_s)),
        leaves_silently=bool(chance.random() < world.silent_share),
        comes=bool(chance.random() >= world.no_show_share),
    )


def _job_s(
    plan: Plan,
    service: str,
    known_s: Sequence[float],
    world: World,
    chance: np.random.Generator,
) -> float:
    if len(known_s) >= JOBS_MIN:
        return float(known_s[int(chance.integers(len(known_s)))])
    return lognormal(chance, plan.services[service].minutes * 60, world.job_scv)
