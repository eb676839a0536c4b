"""The random numbers of one forward simulation, all drawn before it begins.

Either engine reads the same numbers at the same place, so both come to the same starts.
"""

from dataclasses import dataclass

import numpy as np

from lobby.forecast.scene import Floats, Ints, Scene

STEPS_MORE = 32
"""Rows beyond five for every four people: most runs are shorter; a longer one begins again at the
first row, long after what was drawn there has been forgotten."""

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
    """For every replicate of a scene."""
    chances, replicates = scene.chances, scene.replicates
    shape = (scene.size + scene.size // 4 + STEPS_MORE, replicates)
    turnarounds = rng.integers(len(chances.turnaround_s), size=shape)
    comes = rng.random(shape) >= chances.absent
    lines_to_come = int((scene.groups.rate > 0).sum())
    return RandomNumbers(
        job_at=rng.integers(chances.jobs_s.shape[1], size=shape),
        comes=comes.astype(np.float64),
        besides_s=np.where(comes, chances.turnaround_s[turnarounds], chances.absence_s),
        gaps=rng.standard_exponential((GAPS, lines_to_come, replicates)),
    )
