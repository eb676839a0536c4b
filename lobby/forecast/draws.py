"""Drawing from what was seen: equally likely values, and what is left of something begun."""

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist

import numpy as np

from lobby.forecast.scene import Floats

POOL = 256
"""Equally likely values that stand for one distribution."""

PSEUDO = 30
"""Draws from configuration that stand beside what was seen."""

SCV = 0.7
"""Squared coefficient of variation of a job that nobody has measured."""

FEW = 3
"""Fewer seen values above an age than this say nothing about what is left."""


def evenly(rng: np.random.Generator, rows: int, columns: int) -> Floats:
    """Uniform numbers in [0, 1), (rows, columns): each row has one in every part of 1 / columns, in
    an order of its own. Quantiles of what is drawn by them are steadier than of independent ones
    (Latin hypercube: McKay, Beckman, Conover 1979)."""
    order = rng.permuted(np.tile(np.arange(columns, dtype=np.float64), (rows, 1)), axis=1)
    return (order + rng.random((rows, 1))) / columns


def lognormal(mean: float, count: int = PSEUDO, scv: float = SCV) -> list[float]:
    """`count` equally likely values of a log-normal with this mean: sigma^2 = ln(1 + SCV)."""
    sigma = math.sqrt(math.log1p(scv))
    middle = math.log(max(mean, 1e-6)) - sigma * sigma / 2
    normal = NormalDist()
    return [
        math.exp(middle + sigma * normal.inv_cdf((step + 0.5) / count)) for step in range(count)
    ]


def pool(values: Iterable[float], size: int = POOL) -> Floats:
    """`size` equally likely values with the same distribution, ascending."""
    ordered = np.sort(np.fromiter(values, dtype=np.float64))
    return np.quantile(ordered, (np.arange(size) + 0.5) / size)


def remaining(ordered: Floats, age: float, uniforms: Floats, least: float = 30.0) -> Floats:
    """What is left of something of this age, one for each uniform number in [0, 1).

    `ordered` are total lengths, ascending: one of those above the age is drawn, between
    neighbours on a line; where too few were that long, an exponential rest with mean
    0.4 age + `least` (half a minute).
    """
    low = int(np.searchsorted(ordered, age, side="right"))
    above = len(ordered) - low
    if above < FEW:
        return -np.log1p(-uniforms) * (0.4 * age + least)
    at = low + uniforms * above
    whole = at.astype(np.int64)
    upper = np.minimum(whole + 1, len(ordered) - 1)
    total = ordered[whole] + (at - whole) * (ordered[upper] - ordered[whole])
    return np.maximum(total - age, 0.0)


def mixed(pools: Sequence[Floats], weights: Sequence[float], size: int = POOL) -> Floats:
    """Equally likely values of several distributions in the shares of these weights."""
    if len(pools) == 1:
        return pools[0]
    whole = sum(weights) or 1.0
    parts = [
        each[np.linspace(0, len(each) - 1, max(1, round(size * weight / whole))).astype(np.int64)]
        for each, weight in zip(pools, weights, strict=True)
    ]
    return np.resize(np.concatenate(parts), size)
