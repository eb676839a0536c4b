"""One customer of a simulated day: arrival, service, patience, and times."""

from dataclasses import dataclass

from lobby.queueing.model.priority import Priority


@dataclass(frozen=True, slots=True)
class Interruption:
    """Something is missing once `after_share` of the job is done; the customer is back later."""

    after_share: float
    away_s: float


@dataclass(frozen=True, slots=True)
class Onward:
    """When the job is done the customer goes on to another service."""

    service: str
    job_s: float


@dataclass(frozen=True, slots=True)
class Customer:
    """Moments are seconds since the branch's midnight.

    `job_s` is the work of a teller of ordinary speed, `walk_s` the way to the counter, `tidy_s`
    what the teller needs afterwards. After `patience_s` of waiting the customer leaves: some
    silently, and are then called in vain. Who does not come when called may still be back
    `returns_after_s` later.
    """

    arrives_s: float
    service: str
    priority: Priority
    job_s: float
    walk_s: float = 0.0
    tidy_s: float = 0.0
    patience_s: float = float("inf")
    leaves_silently: bool = False
    comes: bool = True
    returns_after_s: float | None = None
    booked_s: float | None = None
    interruption: Interruption | None = None
    onward: Onward | None = None

    @property
    def promised_from_s(self) -> float:
        """An appointment's clock does not start before its time."""
        return max(self.arrives_s, self.booked_s or 0.0)
