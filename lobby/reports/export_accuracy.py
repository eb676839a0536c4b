"""The accuracy of waits and the order of calls in the report's JSON."""

from typing import Any

from lobby.reports.accuracy import Accuracy, AccuracyLine
from lobby.reports.export_machines import rate
from lobby.reports.fairness import Fairness


def accuracy_figures(accuracy: Accuracy | None) -> dict[str, Any] | None:
    if accuracy is None:
        return None
    return {
        **_line(accuracy.all),
        "untold": accuracy.untold,
        "hours": [{"hour": hour, **_line(line)} for hour, line in accuracy.hours],
        "services": [{"service": code, **_line(line)} for code, line in accuracy.services],
    }


def _line(line: AccuracyLine) -> dict[str, Any]:
    return {
        "told_and_served": line.count,
        "inside": rate(line.inside),
        "late": rate(line.late),
        "median_error_s": line.error_s,
        "naive_median_error_s": line.naive_error_s,
        "naive_late": rate(line.naive_late),
    }


def order_figures(fairness: Fairness | None) -> dict[str, Any] | None:
    if fairness is None:
        return None
    return {
        "passed": rate(fairness.passed),
        "overtakes_max": fairness.overtakes_max,
        "budget": fairness.budget,
        "by_hand": rate(fairness.by_hand),
        "by_hand_reasons": dict(fairness.reasons),
        "classes": [
            {
                "priority": line.priority.value,
                "promise_min": line.promise_min,
                "tickets": line.tickets,
                "wait_median_s": line.waits.median_s,
                "wait_p90_s": line.waits.p90_s,
                "within_promise": rate(line.within),
                "overtakes_max": line.overtakes_max,
            }
            for line in fairness.classes
        ],
    }
