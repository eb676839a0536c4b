"""The random numbers of one forward simulation, all drawn before it begins.

Either engine reads the same numbers at the same place, so both come to the same starts.
"""

from dataclasses import dataclass

import numpy as np

from lobby.forecast.draws import evenly
from lobby.forecast.scene import Floats, Ints, Scene

STEPS_MORE = 32
"""Rows beyond five for every four people: most runs are shorter; a longer one begins again at the
first row, long after what was drawn there has been forgotten."""

EVEN_STEPS = 24
"""Calls whose lengths are drawn evenly; a wait for more is a sum that chance evens out."""

GAPS = 32
"""Gaps between arrivals that are drawn for each line of those to come, before they repeat."""


@dataclass(frozen=True, slots=True)
class RandomNumbers:
    """Rows are steps of a replicate: the `k`-th call it makes. `job_at` (steps, replicates) is the
    column of `Chances.jobs_s`, `comes` 1.0 or 0.0 where nobody comes to the call, `besides_s` what
    the call takes beside the job. `gaps` (gaps, lines to come, replicates) are standard
    exponentials."""

    job_at: Ints
    comes: Floats
    besides_s: Floats
    gaps: Floats


def draw(scene: Scene, rng: np.random.Generator) -> RandomNumbers:
    """For every replicate of a scene. What is drawn for a step does not hang on how many people
    there are, so that one more customer changes no chance of those before."""
    chances, replicates = scene.chances, scene.replicates
    steps = scene.size + scene.size // 4 + STEPS_MORE
    of_jobs, of_turnarounds, of_coming, of_gaps = rng.spawn(4)
    width = chances.jobs_s.shape[1]
    turnarounds = of_turnarounds.integers(len(chances.turnaround_s), size=(steps, replicates))
    comes = of_coming.random((steps, replicates)) >= chances.absent
    lines_to_come = int((scene.groups.rate > 0).sum())
    return RandomNumbers(
        job_at=_jobs(of_jobs, steps, replicates, width),
        comes=comes.astype(np.float64),
        besides_s=np.where(comes, chances.turnaround_s[turnarounds], chances.absence_s),
        gaps=of_gaps.standard_exponential((GAPS, lines_to_come, replicates)),
    )


def _jobs(rng: np.random.Generator, steps: int, replicates: int, width: int) -> Ints:
    """Of the first calls every length comes equally often: short waits hang on few of them."""
    first = (evenly(rng, min(steps, EVEN_STEPS), replicates) * width).astype(np.int64)
    later = rng.integers(width, size=(max(0, steps - EVEN_STEPS), replicates))
    return np.concatenate((first, later))
