"""What a branch's own past days tell its plan for a day to come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lobby.queueing.model.priority import Priority

HALF_HOURS = 48
HALF_HOUR_S = 1800.0

Counts = tuple[float, ...]
"""One figure for each half hour of a day on the branch's clock."""

NOTHING: Counts = (0.0,) * HALF_HOURS


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day on which people came: how many in each half hour, and the counters at work then, on
    average and without breaks."""

    day: date
    arrivals: Counts
    counters: Counts


@dataclass(frozen=True, slots=True)
class Past:
    """`days`, the oldest first. `kinds` counts what people came for, by service and class; `jobs_s`
    are lengths of services in seconds; `skills` what was served at each counter, the one that
    is open most first."""

    days: tuple[PastDay, ...]
    kinds: Mapping[tuple[str, Priority], int]
    jobs_s: Mapping[str, tuple[float, ...]]
    skills: Mapping[str, frozenset[str]]


def half_hour(hour: int, minute: int) -> int:
    return 2 * hour + minute // 30
