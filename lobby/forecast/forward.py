"""Run a hall forward many times at once: when does each of those who wait get called?

In compiled code where there is any, else here: the same calls from the same random numbers, there
one replicate after the other, here all together. Each step is one call at the earliest free counter
of every replicate, by the branch's own calling rule. Only the head of each line can be the next of
its line, so a step costs replicates times lines, whoever waits behind.
"""

import numpy as np

from lobby.forecast.calling_rule import LineHeads
from lobby.forecast.kernel import library
from lobby.forecast.kernel import run as run_compiled
from lobby.forecast.random_numbers import RandomNumbers, draw
from lobby.forecast.scene import Bools, Counters, Floats, Ints, Scene
from lobby.forecast.sentinels import FAR_S

UNFINISHED = 0.02
"""A run ends when no more of the replicates go on: those who still wait there count as called then,
which is too early, but of too few to move a quantile that is told."""

OVER_EVERY, OVER_OFTEN = 4, 25
"""A run looks whether it is over after so many steps, in a crowd after a 25th of its people."""


def run(scene: Scene, rng: np.random.Generator) -> Floats:
    """Seconds from now until each is called, (replicates, N); infinite where it never happens."""
    if not scene.size:
        return np.empty((scene.replicates, 0))
    numbers, found = draw(scene, rng), library()
    return _in_numpy(scene, numbers) if found is None else run_compiled(found, scene, numbers)[0]


def _in_numpy(scene: Scene, numbers: RandomNumbers) -> Floats:
    hall = Run(scene, numbers)
    wanted = int(scene.people.wanted.sum())
    every = max(OVER_EVERY, wanted // OVER_OFTEN)
    for step in range(scene.steps_max):
        if not hall.counters_left:
            break
        if step >= wanted and (step - wanted) % every == 0 and hall.is_over():
            hall.close()
            break
        hall.step(step)
    return hall.starts_s[:, : scene.size]


class Run:
    """The moving parts of one run; arrays are (replicates, counters|lines|people)."""

    def __init__(self, scene: Scene, numbers: RandomNumbers) -> None:
        self.scene, self.numbers = scene, numbers
        self.heads = LineHeads(scene, numbers)
        rows, width = scene.replicates, self.heads.width
        self.rows = np.arange(rows)
        self._counters(scene.counters)
        self.starts_s = np.full((rows, width), np.inf)
        self.leaves_s = np.full((rows, width), -np.inf)
        self.leaves_s[:, : scene.size] = scene.people.leaves_s
        self.leaves_s[:, scene.size] = np.inf  # who is yet to come stays; nobody is never there
        self.wanted = np.flatnonzero(scene.people.wanted)
        self._flat_starts_s = self.starts_s.reshape(-1)
        self._flat_leaves_s = self.leaves_s.reshape(-1)
        width = scene.chances.jobs_s.shape[1]
        self.job_from = np.append(scene.groups.pool, 0) * width
        self.jobs_s = scene.chances.jobs_s.reshape(-1)

    def _counters(self, counters: Counters) -> None:
        """Whose first call would come after the beginning of a break has the break before it. The
        last counter is nobody's: its turn comes when all others are done."""
        due = counters.free_s >= counters.break_at_s
        ends_s = np.where(due, counters.break_at_s, 0.0) + counters.break_s
        free_s = np.where(due, np.maximum(counters.free_s, ends_s), counters.free_s)
        last = ((0, 0), (0, 1))
        self.free_s = np.pad(free_s, last, constant_values=FAR_S)
        break_at_s = np.where(due, np.inf, counters.break_at_s)
        self.break_at_s = np.pad(break_at_s, last, constant_values=np.inf)
        self.break_s = np.append(counters.break_s, 0.0)
        self.speed = np.append(counters.speed, 1.0)
        self.has_breaks = bool(np.isfinite(self.break_at_s).any())
        self.counters_left = int((free_s < FAR_S).sum())
        self.row_counters = self.rows * self.free_s.shape[1]
        self._flat_free_s = self.free_s.reshape(-1)

    def is_over(self) -> bool:
        """Almost nobody is left to be called, or almost no counter to call."""
        waits = np.isinf(self.starts_s[:, self.wanted]).any(axis=1)
        goes_on = waits & (self.free_s.min(axis=1) < FAR_S)
        return int(goes_on.sum()) <= UNFINISHED * len(goes_on)

    def close(self) -> None:
        """Call those who still wait."""
        now_s = self.free_s.min(axis=1)
        waits = np.isinf(self.starts_s) & (now_s < FAR_S)[:, None]
        np.copyto(self.starts_s, now_s[:, None], where=waits)

    def step(self, number: int) -> None:
        """One call in every replicate, or one counter less where it has nobody to call."""
        counter = self.free_s.argmin(axis=1)
        at_counter = self.row_counters + counter
        now_s = self._flat_free_s.take(at_counter)
        line = self.heads.choose(counter, now_s)
        slot = self.heads.slot(line)
        person = slot - self.heads.row_slots
        real = self._flat_leaves_s.take(slot) > now_s
        self.record(slot, line, now_s)
        free_s = self._taken_s(number % len(self.numbers.job_at), counter, line)
        free_s *= real
        free_s += now_s
        if self.has_breaks:
            free_s = self._after_break(at_counter, counter, free_s, person <= self.scene.size)
        self._flat_free_s[at_counter] = free_s
        self.heads.advance(counter, now_s, line, person, real)
        idle = (person > self.scene.size).nonzero()[0]
        if idle.size:
            self.idle(idle, counter, now_s)

    def record(self, slot: Ints, line: Ints, now_s: Floats) -> None:
        """Who is called in each replicate, before the lines move on."""
        self._flat_starts_s[slot] = now_s

    def idle(self, rows: Ints, counter: Ints, now_s: Floats) -> None:
        """Counters with nobody to call leave the run, and take those to come with them."""
        done = counter[rows]
        self.free_s[rows, done] = np.inf
        self.free_s[:, -1] = FAR_S
        self.counters_left -= int((done < self.free_s.shape[1] - 1).sum())
        self.heads.absorb(rows, counter)

    def _taken_s(self, row: int, counter: Ints, line: Ints) -> Floats:
        """How long a counter is taken by a call: a job and what lies between, or nobody comes."""
        numbers = self.numbers
        taken_s: Floats = self.jobs_s.take(self.job_from.take(line) + numbers.job_at[row])
        taken_s *= self.speed.take(counter)
        taken_s *= numbers.comes[row]
        taken_s += numbers.besides_s[row]
        return taken_s

    def _after_break(
        self, at_counter: Ints, counter: Ints, free_s: Floats, called: Bools
    ) -> Floats:
        """A break whose beginning has come follows the call."""
        starts_s = self.break_at_s.reshape(-1).take(at_counter)
        due = (free_s >= starts_s) & called
        self.break_at_s.reshape(-1)[at_counter[due]] = np.inf
        ends_s = np.where(due, starts_s, 0.0) + self.break_s[counter]
        return np.where(due, np.maximum(free_s, ends_s), free_s)
