"""What people are told of a wait: a range in steps of five minutes that does not flicker.

The low end is the P25 rounded down, the high end the P90 rounded up: nine of ten people are
called before the high end. Being called later than told weighs more than waiting (Webb, Yu,
Bretthauer: each minute beyond the announced time makes people leave), so the high end is kept.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

STEP_MIN = 5
"""Finer would promise what nobody knows."""

OVER_MIN = 60
"""Above this only "over an hour" is honest."""


@dataclass(frozen=True, slots=True)
class WaitRange:
    """Minutes, in steps of five. `high_min` None means over an hour."""

    low_min: int
    high_min: int | None

    @property
    def is_short(self) -> bool:
        """To be said as "the next few minutes"."""
        return self.high_min is not None and self.high_min <= STEP_MIN


def announced(p25_s: float, p90_s: float) -> WaitRange | None:
    """The range for these quantiles in seconds; None where nobody knows when it ends."""
    if not math.isfinite(p25_s):
        return None
    low_min = math.floor(max(0.0, p25_s) / 60 / STEP_MIN) * STEP_MIN
    if low_min >= OVER_MIN or p90_s > OVER_MIN * 60:
        return WaitRange(min(low_min, OVER_MIN), None)
    high_min = math.ceil(p90_s / 60 / STEP_MIN) * STEP_MIN
    return WaitRange(low_min, max(high_min, low_min + STEP_MIN))


def renewed(previous: WaitRange | None, fresh: WaitRange | None) -> WaitRange | None:
    """The range to show now: a change of the high end by one step is not worth a word."""
    if previous is None or fresh is None or previous == fresh:
        return fresh
    if previous.high_min is None or fresh.high_min is None:
        near = (previous.high_min or OVER_MIN + STEP_MIN) - (fresh.high_min or OVER_MIN + STEP_MIN)
        return previous if abs(near) <= STEP_MIN else fresh
    return fresh if abs(fresh.high_min - previous.high_min) > STEP_MIN else previous


def is_longer(old: WaitRange | None, new: WaitRange | None) -> bool:
    """Whether the new one ends later; one that nobody can say ends last of all."""
    if old is None or old.high_min is None:
        return old is not None and new is None
    return new is None or new.high_min is None or new.high_min > old.high_min


def spanning(ranges: Iterable[WaitRange]) -> WaitRange | None:
    """The shortest range that holds each of these; None of none."""
    known = list(ranges)
    if not known:
        return None
    ends = [each.high_min for each in known if each.high_min is not None]
    high_min = max(ends) if len(ends) == len(known) else None
    return WaitRange(min(each.low_min for each in known), high_min)
