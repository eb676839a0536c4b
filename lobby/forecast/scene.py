"""Everything one forward simulation needs, in plain numbers: seconds from now, rows are replicates.

A scene can come from the live hall or from a recorded log: the simulation knows neither.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from lobby.queueing.model.priority import Order

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rules:
    """The calling rule as numbers; see `lobby.queueing.calling.select`."""

    order: Order
    overtakes_max: int
    keeps_next: bool


@dataclass(frozen=True, slots=True)
class People:
    """N people in the order of their places. `group` is the line each stands in, `following` the
    next one of that line (N after the last). `clock_s` is when the clock of the promise starts.
    `leaves_s` (replicates, N) is when each gives up waiting: infinite for those who stay, minus
    infinite for a probe ticket, who is told a wait and takes no counter's time."""

    group: Ints
    following: Ints
    clock_s: Floats
    overtakes: Ints
    is_next: Bools
    leaves_s: Floats
    wanted: Bools


@dataclass(frozen=True, slots=True)
class Groups:
    """G lines: people that the rule treats alike, so that only the head of each can be called.
    `first` is the index of the head (N where the line holds only arrivals to come), `pace` the
    quickness over the promise in 1/s, `full` the score of a promise used up, `rank` the class's in
    strict order, `rate` arrivals to come in 1/s (0 where none may), `pool` the row of
    `Chances.jobs_s`."""

    first: Ints
    pool: Ints
    head_start_s: Floats
    pace: Floats
    full: Floats
    rank: Floats
    rate: Floats
    is_premium: Bools
    is_assistance: Bools


@dataclass(frozen=True, slots=True)
class Counters:
    """C counters, those with the fewest skills first: of several that are idle the first calls.
    `free_s` (replicates, C) is when each can call; `break_at_s` infinite where none is planned."""

    free_s: Floats
    serves: Bools
    speed: Floats
    break_at_s: Floats
    break_s: Floats
    is_premium: Bools


@dataclass(frozen=True, slots=True)
class Chances:
    """What is drawn: rows of equally likely job lengths, times from the end of a job to the next
    call, and the share who do not come when called, which costs `absence_s`."""

    jobs_s: Floats
    turnaround_s: Floats
    absent: float
    absence_s: float


@dataclass(frozen=True, slots=True)
class Scene:
    """One hall at one moment. `steps_max` bounds the run whatever the numbers say."""

    rules: Rules
    people: People
    groups: Groups
    counters: Counters
    chances: Chances
    steps_max: int

    @property
    def size(self) -> int:
        return len(self.people.group)

    @property
    def replicates(self) -> int:
        return len(self.counters.free_s)
