"""The estimate of one wait, and the snapshot of all of them at one moment."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ForecastError(Exception):
    """No forecast could be made: fall back to people ahead, and say so in the log."""


class Cause(StrEnum):
    """The main thing that a wait hangs on."""

    FREE = "free"
    AHEAD = "ahead"
    BREAK = "break"
    PAUSED = "paused"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Why:
    """`ahead` people share `counters` open counters with a mean job of `mean_job_min` minutes (of
    the ticket's own service where nobody is ahead);
    `counter` is the one that goes on a break or is paused, `at` when that begins or ends."""

    cause: Cause
    ahead: int = 0
    counters: int = 0
    mean_job_min: float = 0.0
    counter: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """Quantiles of the seconds until called, all infinite where no counter serves the ticket.
    `naive_s` is people ahead times the mean job over open counters: kept to compare with."""

    p10_s: float
    p25_s: float
    p50_s: float
    p75_s: float
    p90_s: float
    ahead: int
    counters: int
    why: Why
    naive_s: float = math.inf

    @property
    def is_known(self) -> bool:
        return math.isfinite(self.p50_s)

    @property
    def quantiles_s(self) -> tuple[float, float, float, float, float]:
        return (self.p10_s, self.p25_s, self.p50_s, self.p75_s, self.p90_s)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All estimates of one hall at one moment: for each waiting ticket by number, and for each
    service what "a ticket taken now" would wait."""

    version: int
    at: datetime
    tickets: Mapping[str, Estimate]
    services: Mapping[str, Estimate]
