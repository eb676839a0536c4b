"""What whoever takes a number now is told: their service's range, with those who came since it was
worked out. Kiosk, slip, displays, counters and the customer's own page all read it here."""

from collections.abc import Mapping

from lobby.forecast.estimate import Estimate, Why
from lobby.forecast.wait_range import WaitRange, announced, is_longer
from lobby.queueing.model import overview
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import UNKNOWN_MIN


def newcomer_wait(
    hall: Hall, service: str, told: WaitRange, estimate: Estimate, unseen: Mapping[str, int]
) -> tuple[WaitRange, Estimate]:
    """`told` is the service's range and `estimate` what it was made of; `unseen` are those, by
    service, of whom neither knows."""
    estimate = _behind(hall, service, estimate, unseen)
    fresh = announced(estimate.p25_s, estimate.p90_s)
    return (fresh if fresh and is_longer(told, fresh) else told), estimate


def _behind(hall: Hall, service: str, estimate: Estimate, unseen: Mapping[str, int]) -> Estimate:
    """With each of these more for the open counters to serve before: only those count who are
    served by one of the same counters, each with the length of their own job. Rather too many than
    too few: a range that turns out too long falls as time goes by, one too short would jump."""
    rivals = {
        code: count for code, count in unseen.items() if count and _shares(hall, code, service)
    }
    if not rivals:
        return estimate
    minutes = hall.plan.typical_min
    work_min = sum(count * minutes.get(code, UNKNOWN_MIN) for code, count in rivals.items())
    more_s = work_min * 60 / max(1, estimate.counters)
    p10_s, p25_s, p50_s, p75_s, p90_s = (value + more_s for value in estimate.quantiles_s)
    pool = hall.pool(service)
    ahead = estimate.ahead + sum(n for code, n in rivals.items() if hall.pool(code) == pool)
    why = estimate.why
    why = Why(why.cause, ahead, why.counters, why.mean_job_min, why.counter, why.at)
    naive_s = estimate.naive_s + more_s
    return Estimate(p10_s, p25_s, p50_s, p75_s, p90_s, ahead, estimate.counters, why, naive_s)


def _shares(hall: Hall, service: str, other: str) -> bool:
    """Whether a counter that serves now serves both; those of one pool always share."""
    serving, nobody = overview.counters_by_service(hall), frozenset[str]()
    is_one_pool = hall.pool(service) == hall.pool(other)
    return is_one_pool or bool(serving.get(service, nobody) & serving.get(other, nobody))
