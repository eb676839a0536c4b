"""Replay a recorded log online and score wait estimates: ours against rules of thumb."""

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from lobby.forecast.calibration import MIDDLE
from tests.bench.figures import report
from tests.bench.waits_log import read_days
from tests.bench.waits_replay import Replay, Scored

OTHERS = ("naive", "naive_all", "les", "hol", "ma10", "zms")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--log", type=Path, action="append", required=True)
    parser.add_argument("--score-from", type=date.fromisoformat, default=date.min)
    parser.add_argument("--until", type=date.fromisoformat, default=date.max)
    parser.add_argument("--replicates", type=int, default=60)


async def run(arguments: argparse.Namespace) -> None:
    began = time.perf_counter()
    replay = Replay(arguments.replicates)
    for day, calls in read_days(arguments.log):
        if day <= arguments.until:
            replay.day(day, calls, arguments.score_from)
    rows = figures(replay.scored)
    rows["seconds"] = round(time.perf_counter() - began, 1)
    report("waits: seconds from joining to service", rows, arguments.json)


def figures(scored: Sequence[Scored]) -> dict[str, Any]:
    """Errors of the middle in seconds; shares of callers inside P10 to P90, and later than P90."""
    waits_s = np.array([each.wait_s for each in scored])
    errors = {"lobby": np.array([each.told.corrected_s[MIDDLE] for each in scored]) - waits_s}
    for name in OTHERS:
        errors[name] = np.array([each.others_s[name] for each in scored]) - waits_s
    low_s = np.array([each.told.corrected_s[0] for each in scored])
    high_s = np.array([each.told.corrected_s[-1] for each in scored])
    inside = (low_s <= waits_s) & (waits_s <= high_s)
    months = np.array([each.day.strftime("%Y-%m") for each in scored])
    late = waits_s > np.array([each.pessimistic_s for each in scored])
    return {
        "n": len(scored),
        "mae_s": _each(errors, lambda error: float(np.abs(error).mean())),
        "rmse_s": _each(errors, lambda error: float(np.sqrt((error**2).mean()))),
        "coverage": {
            str(month): float(inside[months == month].mean()) for month in sorted(set(months))
        },
        "late_share": float((waits_s > high_s).mean()),
        "late_share_by_month": {
            str(month): float((waits_s > high_s)[months == month].mean())
            for month in sorted(set(months))
        },
        "zms_late_share": float(late.mean()),
    }


def _each(errors: Mapping[str, Any], measure: Callable[[Any], float]) -> dict[str, float]:
    return {name: round(measure(error), 2) for name, error in errors.items()}
