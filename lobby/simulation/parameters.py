"""Parameters of simulated days: arrivals, services, customers, tellers.

These figures are frozen: calling rules and wait estimates are compared in this world, and it is
not changed to suit either.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority

MINUTE_S = 60.0
BIN_S = 15 * MINUTE_S

WEEKDAYS = (1.14, 1.00, 0.93, 0.93, 1.00)
"""Arrivals from Monday to Friday, 1 being an ordinary day."""

PROFILE = (
    *(0.80, 0.95, 1.05, 1.15, 1.20, 1.25, 1.25, 1.20, 1.15, 1.10, 1.05, 1.00),
    *(0.90, 0.80, 0.75, 0.75, 0.80, 0.90, 1.00, 1.10, 1.15, 1.20, 1.15, 1.10),
    *(1.05, 1.00, 0.95, 0.90, 0.85, 0.80, 0.70, 0.60, 0.45, 0.30),
)
"""Arrivals in each quarter of an hour from half past eight to five."""

CLASSES: Mapping[Priority, float] = {
    Priority.REGULAR: 0.73,
    Priority.ASSISTANCE: 0.15,
    Priority.PREMIUM: 0.07,
    Priority.APPOINTMENT: 0.05,
}


@dataclass(frozen=True, slots=True)
class World:
    """`load` is the share of the counters' time that the day's work is expected to fill.

    Lengths of jobs are lognormal about the service's minutes with the squared coefficient of
    variation `job_scv`; services with fewer minutes are asked for more often, by the power
    `short_jobs`. Shares are of all customers.
    """

    plan: Plan
    load: float = 0.85
    opens_s: float = 8.5 * 3600
    closes_s: float = 17 * 3600
    weekdays: tuple[float, ...] = WEEKDAYS
    profile: tuple[float, ...] = PROFILE
    day_spread: float = 0.20
    classes: Mapping[Priority, float] = field(default_factory=lambda: CLASSES)
    short_jobs: float = 1.3
    job_scv: float = 0.6
    walk_mean_s: float = 15.0
    tidy_mean_s: float = 25.0
    patience_mean_s: float = 150 * MINUTE_S
    silent_share: float = 0.5
    no_show_share: float = 0.02
    back_share: float = 0.3
    back_mean_s: float = 3 * MINUTE_S
    interrupted_share: float = 0.02
    interrupted_mean_s: float = 5 * MINUTE_S
    onward_share: float = 0.02
    pace_spread: float = 0.10
    lunch_s: float = 40 * MINUTE_S
    pauses_a_day: float = 3.0
    pause_mean_s: float = 6 * MINUTE_S
    appointment_early_s: float = 5 * MINUTE_S
    appointment_spread_s: float = 5 * MINUTE_S
    by_hand_share: float = 0.0
    pace_error: float = 0.0
    """Every teller is by this much faster or slower than usual, drawn anew each day."""

    @property
    def open_s(self) -> float:
        return self.closes_s - self.opens_s
