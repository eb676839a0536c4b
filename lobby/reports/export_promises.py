"""Promises in the export: to whom they were kept, and the stretch in which they were not."""

from typing import Any

from lobby.reports.export_machines import instant, rate
from lobby.reports.promises import BrokenStretch, Group, Promises


def promise_figures(promises: Promises | None) -> dict[str, Any]:
    """None too where a report was made without them."""
    if promises is None:
        return {"within_promise": None, "promises": [], "broken_promises": None}
    return {
        "within_promise": rate(promises.kept),
        "promises": [_group(group) for group in promises.groups],
        "broken_promises": _broken(promises.broken) if promises.broken else None,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        group.kind.value: group.key,
        "promise_min": group.promise_min,
        "within_promise": rate(group.kept),
        "wait_median_s": group.waits.median_s,
        "wait_p90_s": group.waits.p90_s,
    }


def _broken(broken: BrokenStretch) -> dict[str, Any]:
    return {
        "start": instant(broken.start),
        "end": instant(broken.end),
        "beyond_promise": rate(broken.beyond),
        "largest": _group(broken.largest),
    }
