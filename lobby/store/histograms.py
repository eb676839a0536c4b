"""How durations lie, counted in fixed log-spaced bins, so that days and branches add up.

A percentile read from the bins is the geometric middle of its bin: at most `ERROR_SHARE` (2.2 %)
from the true one, and below the shortest edge at most `SHORTEST_S / 2`. Sums and means are not
read from here; they are kept exactly.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

SHORTEST_S = 15.0
"""Up to here all waits are alike to whoever waits: one bin."""

PER_DOUBLING = 16
DOUBLINGS = 11
"""Up to 8.5 hours: longer than any branch is open. What lasts longer is in the last bin."""

BINS = 2 + PER_DOUBLING * DOUBLINGS
ERROR_SHARE = 2 ** (1 / (2 * PER_DOUBLING)) - 1
LONGEST_S: float = SHORTEST_S * 2**DOUBLINGS

ENTRY = np.dtype([("bin", "u1"), ("count", "<u4")])
"""As it is kept: the bins that hold something, each with its count."""

Counts = NDArray[np.int64]
"""One count for each bin."""


def bin_of(duration_s: float) -> int:
    if duration_s < SHORTEST_S:
        return 0
    return min(BINS - 1, 1 + math.floor(math.log2(duration_s / SHORTEST_S) * PER_DOUBLING))


def told_s(bin_: int) -> float:
    """What a duration in this bin is told as."""
    if bin_ == 0:
        return SHORTEST_S / 2
    if bin_ == BINS - 1:
        return LONGEST_S
    return float(SHORTEST_S * math.exp2((bin_ - 0.5) / PER_DOUBLING))


def packed(durations_s: Iterable[float]) -> bytes:
    counts = sorted(Counter(map(bin_of, durations_s)).items())
    return np.array(counts, dtype=ENTRY).tobytes() if counts else b""


def nothing() -> Counts:
    return np.zeros(BINS, dtype=np.int64)


def unpacked(texts: Sequence[bytes], groups: Sequence[int] | None = None, of: int = 1) -> Counts:
    """Those of each of the `of` groups added up, one row for each; all one group by default."""
    entries = np.frombuffer(b"".join(texts), dtype=ENTRY)
    lengths = [len(text) // ENTRY.itemsize for text in texts]
    rows = np.repeat(np.asarray(groups if groups is not None else [0] * len(texts)), lengths)
    places = rows.astype(np.int64) * BINS + entries["bin"]
    sums = np.bincount(places, weights=entries["count"], minlength=of * BINS)
    return sums.astype(np.int64).reshape(of, BINS)  # exact: a float counts up to 2**53


def median_s(counts: Counts) -> float | None:
    """Of an even count the mean of the middle two, as of durations that are known one by one."""
    of = int(counts.sum())
    if not of:
        return None
    middle = {(of + 1) // 2, of // 2 + 1}
    return sum(_at(counts, rank) for rank in middle) / len(middle)


def p90_s(counts: Counts) -> float | None:
    """By the nearest rank."""
    of = int(counts.sum())
    return _at(counts, -(-9 * of // 10)) if of else None


def _at(counts: Counts, rank: int) -> float:
    """The duration at this place in ascending order, counted from one."""
    return told_s(int(np.searchsorted(np.cumsum(counts), rank)))
