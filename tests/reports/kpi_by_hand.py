"""A day's figures computed once more, straight from their definitions, on the lines of a file.

Slow and plain on purpose, in exact fractions: it shares nothing with what it is compared with.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

Line = Mapping[str, Any]


def by_definition(day: Mapping[str, Any]) -> dict[str, Any]:
    tickets: Sequence[Line] = day["tickets"]
    target = Fraction(day["target_min"])
    served = [each for each in tickets if "started" in each]
    waits = [Fraction(each["started"]) - Fraction(each["issued"]) for each in served]
    times = [Fraction(each["finished"]) - Fraction(each["started"]) for each in served]
    lost = [each for each in tickets if "no_show" in each or "cancelled" in each]
    late = [each for each in lost if _gone(each) - Fraction(each["issued"]) > target]
    called = [each for each in tickets if each.get("calls")]
    missed = [each for each in tickets if "no_show" in each]
    accepted_any = [each for each in tickets if "accepted" in each]
    diverted = [each for each in accepted_any if "returned" not in each]
    return {
        "wait_mean_min": _mean(waits),
        "wait_median_min": _median(waits),
        "wait_p90_min": _p90(waits),
        "within_target": _share(
            len([wait for wait in waits if wait <= target]), len(served) + len(late)
        ),
        "no_show_rate": _share(len(missed), len(called)),
        "abandonment_rate": _share(len(lost), len(tickets) - len(diverted)),
        "service_mean_min": _mean(times),
        "service_median_min": _median(times),
        "service_p90_min": _p90(times),
        "utilisation": _utilisation(day["counters"], served),
        **_way_to_machine(tickets),
    }


def _gone(line: Line) -> Fraction:
    return Fraction(line["no_show"] if "no_show" in line else line["cancelled"])


def _way_to_machine(tickets: Sequence[Line]) -> dict[str, Any]:
    eligible = [each for each in tickets if each.get("eligible")]
    offered = [each for each in eligible if "offered" in each]
    accepted = [each for each in offered if "accepted" in each]
    declined = [each for each in offered if "declined" in each]
    completed = [each for each in accepted if "self_completed" in each]
    returned = [each for each in accepted if "returned" in each]
    return {
        "eligible": len(eligible),
        "offered": len(offered),
        "accepted": len(accepted),
        "declined": len(declined),
        "completed": len(completed),
        "returned": len(returned),
        "unconfirmed": len(accepted) - len(completed) - len(returned),
        "offer_rate": _share(len(offered), len(eligible)),
        "acceptance_rate": _share(len(accepted), len(offered)),
        "completion_rate": _share(len(completed), len(accepted)),
        "diversion_rate": _share(len(completed), len(eligible)),
        "return_rate": _share(len(returned), len(accepted)),
    }


def _utilisation(counters: Sequence[Line], served: Sequence[Line]) -> dict[str, float | None]:
    shares: dict[str, float | None] = {}
    busy_all = at_work_all = Fraction(0)
    for counter in counters:
        busy = Fraction(0)
        for each in served:
            if each["counter"] == counter["name"]:
                busy += Fraction(each["finished"]) - Fraction(each["started"])
        at_work = Fraction(counter["signed_in_min"]) - Fraction(counter.get("breaks_min", 0))
        shares[counter["name"]] = _share(busy, at_work)
        busy_all += busy
        at_work_all += at_work
    return {**shares, "all": _share(busy_all, at_work_all)}


def _share(part: Fraction | int, whole: Fraction | int) -> float | None:
    return float(Fraction(part) / Fraction(whole)) if whole else None


def _mean(values: Sequence[Fraction]) -> float | None:
    return float(sum(values, Fraction(0)) / len(values)) if values else None


def _median(values: Sequence[Fraction]) -> float | None:
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return float(ordered[middle])
    return float((ordered[middle - 1] + ordered[middle]) / 2)


def _p90(values: Sequence[Fraction]) -> float | None:
    """Nearest rank: the value at place ceil(0.9 n) in ascending order, counted from one."""
    if not values:
        return None
    return float(sorted(values)[ceil(Fraction(9, 10) * len(values)) - 1])
