"""Run a hall forward many times at once: when does each of those who wait get called?

All replicates step together: each step is one call at the earliest free counter of every
replicate, by the branch's own calling rule. Only the head of each line can be the next of its
line, so a step costs replicates times lines, whoever waits behind.
"""

import numpy as np

from lobby.forecast.calling_rule import LineHeads
from lobby.forecast.scene import Bools, Counters, Floats, Ints, Scene
from lobby.forecast.sentinels import FAR_S

UNFINISHED = 0.02
"""A run ends when no more of the replicates go on: those who still wait there count as called then,
which is too early, but of too few to move a quantile that is told."""

BLOCK = 32
"""Random numbers are drawn for so many steps at a time."""


def run(scene: Scene, rng: np.random.Generator) -> Floats:
    """Seconds from now until each is called, (replicates, N); infinite where it never happens."""
    if not scene.size:
        return np.empty((scene.replicates, 0))
    hall = Run(scene, rng)
    wanted = int(scene.people.wanted.sum())
    for step in range(scene.steps_max):
        if step >= wanted and (step - wanted) % 4 == 0 and hall.is_over():
            hall.close()
            break
        hall.step(step % BLOCK)
    return hall.starts_s[:, : scene.size]


class Run:
    """The moving parts of one run; arrays are (replicates, counters|groups|people)."""

    def __init__(self, scene: Scene, rng: np.random.Generator) -> None:
        self.scene, self.rng = scene, rng
        rows, size = scene.replicates, scene.size
        self.heads = LineHeads(scene, rng)
        self.rows = np.arange(rows)
        self.free_s = self._after_breaks_due(scene.counters)
        self.has_breaks = bool(np.isfinite(scene.counters.break_at_s).any())
        self.starts_s = np.full((rows, size + 1), np.inf)
        self.leaves_s = np.concatenate([scene.people.leaves_s, np.full((rows, 1), np.inf)], axis=1)
        self.wanted = np.flatnonzero(scene.people.wanted)
        self.job_at = np.empty((0, 0), dtype=np.int64)

    def _after_breaks_due(self, counters: Counters) -> Floats:
        """Whose first call would come after the beginning of a break has the break before it."""
        due = counters.free_s >= counters.break_at_s
        self.break_at_s = np.where(due, np.inf, counters.break_at_s)
        ends_s = np.where(due, counters.break_at_s, 0.0) + counters.break_s
        return np.where(due, np.maximum(counters.free_s, ends_s), counters.free_s)

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
        if number == 0:
            self._draw()
        counter = self.free_s.argmin(axis=1)
        now_s = np.minimum(self.free_s[self.rows, counter], FAR_S)
        pick = self.heads.choose(counter, now_s)
        called, group = pick.called, pick.group
        person = self.heads.head[self.rows, group]
        real = called & (self.leaves_s[self.rows, person] > now_s)
        self.record(person, group, called, now_s)
        free_s = now_s + real * self._taken_s(number, counter, group)
        if self.has_breaks:
            free_s = self._after_break(counter, free_s)
        self.free_s[self.rows, counter] = np.where(called, free_s, np.inf)
        self.heads.advance(pick, real)
        if not called.all():
            self.idle(np.flatnonzero(~called), counter, now_s)

    def record(self, person: Ints, group: Ints, called: Bools, now_s: Floats) -> None:
        """Who is called in each replicate, N for somebody to come; before the lines move on."""
        self.starts_s[self.rows, np.where(called, person, self.scene.size)] = now_s

    def idle(self, rows: Ints, counter: Ints, now_s: Floats) -> None:
        """Counters with nobody to call leave the run, and take those to come with them."""
        self.heads.absorb(rows, counter)

    def _draw(self) -> None:
        chances, rows = self.scene.chances, len(self.rows)
        self.job_at = self.rng.integers(chances.jobs_s.shape[1], size=(BLOCK, rows))
        width = len(chances.turnaround_s)
        self.between_s = chances.turnaround_s[self.rng.integers(width, size=(BLOCK, rows))]
        self.absent = self.rng.random((BLOCK, rows)) < chances.absent

    def _taken_s(self, number: int, counter: Ints, group: Ints) -> Floats:
        """How long a counter is taken by a call: a job and what lies between, or nobody comes."""
        scene = self.scene
        job_s = scene.chances.jobs_s[scene.groups.pool[group], self.job_at[number]]
        taken_s = job_s * scene.counters.speed[counter] + self.between_s[number]
        return np.where(self.absent[number], scene.chances.absence_s, taken_s)

    def _after_break(self, counter: Ints, free_s: Floats) -> Floats:
        starts_s = self.break_at_s[self.rows, counter]
        due = free_s >= starts_s
        self.break_at_s[self.rows[due], counter[due]] = np.inf
        ends_s = np.where(due, starts_s, 0.0) + self.scene.counters.break_s[counter]
        return np.where(due, np.maximum(free_s, ends_s), free_s)
