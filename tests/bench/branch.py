"""Wait estimates in the simulated branch: ours against rules of thumb, in minutes."""

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from lobby.catalogue.reading import DEMO, read_plan
from lobby.forecast.forecaster import Forecaster
from lobby.forecast.knowledge import Knowledge
from lobby.simulation.parameters import World
from lobby.simulation.play import run_day
from tests.bench.branch_watch import Onlooker, Scored
from tests.bench.figures import report
from tests.bench.heuristics import OTHERS

LEARNING_DAYS, TELLING_DAYS, COLD_DAYS = 20, 8, 3
"""Warm: so many days are learned from and not scored; in the last few of them tickets are told
their waits, so that corrections are learned as well. Cold: the first so many days are scored."""

BY_HAND_SHARE, PACE_ERROR = 0.15, 0.20
MIDDLE = 2


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=int, default=40, help="days that are scored (default: 40)")
    parser.add_argument("--load", type=float, default=0.85, help="default: 0.85")
    parser.add_argument("--seed", type=int, default=1, help="another number is other days")
    parser.add_argument(
        "--replicates", type=int, default=80, help="futures a snapshot (default: 80)"
    )
    parser.add_argument(
        "--misspecified",
        action="store_true",
        help="15 %% of calls by hand, and each teller 20 %% off the usual speed, anew each day",
    )
    parser.add_argument(
        "--cold",
        action="store_true",
        help="nothing is learned before; every three days a branch begins anew",
    )


async def run(arguments: argparse.Namespace) -> None:
    began = time.perf_counter()
    usual = World(read_plan(DEMO), load=arguments.load)
    odd = replace(usual, by_hand_share=BY_HAND_SHARE, pace_error=PACE_ERROR)
    scored_in = odd if arguments.misspecified else usual
    if arguments.cold:
        whole, rest = divmod(arguments.days, COLD_DAYS)
        lengths = [COLD_DAYS] * whole + [rest] * (rest > 0)
        seeds = range(arguments.seed, arguments.seed + len(lengths))
        seen = [
            _cold(scored_in, _onlooker(arguments, scored_in), seed, days)
            for seed, days in zip(seeds, lengths, strict=True)
        ]
    else:
        seen = [_warm(usual, scored_in, _onlooker(arguments, usual), arguments)]
    scored = [each for onlooker in seen for each in onlooker.scored]
    rows = figures(scored)
    rows["unknown"] = sum(onlooker.unknown for onlooker in seen)
    rows["seconds"] = round(time.perf_counter() - began, 1)
    report("branch: minutes from the ticket to the call", rows, arguments.json)


def _onlooker(arguments: argparse.Namespace, world: World) -> Onlooker:
    """To whom the branch is known from its configuration alone."""
    knowledge = Knowledge.of(world.plan)
    return Onlooker(Forecaster(knowledge, replicates=arguments.replicates))


def _warm(
    usual: World, scored_in: World, onlooker: Onlooker, arguments: argparse.Namespace
) -> Onlooker:
    """The learned days are usual ones: what is odd comes as a surprise."""
    for ordinal in range(LEARNING_DAYS + arguments.days):
        onlooker.is_scoring = ordinal >= LEARNING_DAYS
        onlooker.is_telling = ordinal >= LEARNING_DAYS - TELLING_DAYS
        world = scored_in if onlooker.is_scoring else usual
        run_day(world, arguments.seed, ordinal, world.plan.calling, onlooker)
    return onlooker


def _cold(world: World, onlooker: Onlooker, seed: int, days: int) -> Onlooker:
    onlooker.is_scoring = True
    for ordinal in range(days):
        run_day(world, seed, ordinal, world.plan.calling, onlooker)
    return onlooker


def figures(scored: Sequence[Scored]) -> dict[str, Any]:
    """Errors of the middle in minutes; shares inside P10 to P90, and called later than P90."""
    waits = np.array([each.wait_s for each in scored]) / 60
    told = np.array([each.told.quantiles_s for each in scored]) / 60
    errors = {"lobby": told[:, MIDDLE] - waits}
    for name in OTHERS:
        errors[name] = np.array([each.told.others_s[name] for each in scored]) / 60 - waits
    mae = _each(errors, lambda error: float(np.abs(error).mean()))
    best = min(mae[name] for name in ("naive", "naive_all", "les", "hol", "ma10"))
    over = [each.told.upper_s is not None and each.wait_s > each.told.upper_s for each in scored]
    pessimistic = np.array([each.told.pessimistic_s for each in scored]) / 60
    return {
        "n": len(scored),
        "mae_min": mae,
        "rmse_min": _each(errors, lambda error: float(np.sqrt((error**2).mean()))),
        "coverage": float(((told[:, 0] <= waits) & (waits <= told[:, -1])).mean()),
        "late_share": float((waits > told[:, -1]).mean()),
        "late_share_announced": float(np.mean(over)),
        "zms_late_share": float((waits > pessimistic).mean()),
        "mae_to_best": mae["lobby"] / best,
        "by_class": _by(scored, lambda each: each.told.priority),
        "by_waiting": _by(scored, lambda each: f"{each.told.everybody // 5 * 5:02d}+"),
    }


def _by(scored: Sequence[Scored], key: Callable[[Scored], str]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Scored]] = {}
    for each in scored:
        groups.setdefault(key(each), []).append(each)
    return {name: _short(groups[name]) for name in sorted(groups)}


def _short(scored: Sequence[Scored]) -> dict[str, float]:
    waits = np.array([each.wait_s for each in scored]) / 60
    told = np.array([each.told.quantiles_s for each in scored]) / 60
    return {
        "n": len(scored),
        "mae_min": round(float(np.abs(told[:, MIDDLE] - waits).mean()), 2),
        "bias_min": round(float((told[:, MIDDLE] - waits).mean()), 2),
        "coverage": round(float(((told[:, 0] <= waits) & (waits <= told[:, -1])).mean()), 3),
        "late_share": round(float((waits > told[:, -1]).mean()), 3),
    }


def _each(errors: Mapping[str, Any], measure: Callable[[Any], float]) -> dict[str, float]:
    return {name: round(measure(error), 3) for name, error in errors.items()}
