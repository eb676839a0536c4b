"""What rules of thumb would have told: the estimates that ours is held against."""

from lobby.forecast.heuristics import QueueSituation, RecentWaits

OTHERS = ("naive", "naive_all", "les", "hol", "ma10", "zms")


def others_s(at: QueueSituation, recent: RecentWaits) -> tuple[dict[str, float], float]:
    """Rules of thumb with learned means, in seconds; of the pair of ZMS the middle, and beside
    them its pessimistic end."""
    slot_s = at.mean_job_s / at.counters
    pessimistic_s = slot_s * (at.everybody + 1)
    optimistic_s = 0.8 * slot_s * max(at.everybody - at.counters, 0)
    last_s = recent.last_s(at.service)
    return {
        "naive": at.same * slot_s,
        "naive_all": at.everybody * at.mean_all_s / at.counters,
        "les": last_s,
        "hol": at.oldest_s or last_s,
        "ma10": recent.ten_s(),
        "zms": (pessimistic_s + optimistic_s) / 2,
    }, pessimistic_s
