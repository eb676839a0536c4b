"""Random acts on the pure core against a model of its own: how many promises are broken."""

import argparse
import time
from collections import Counter
from typing import Any

from tests.bench.figures import report
from tests.bench.invariants_play import Round, Step, replayed, shrunk


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--steps", type=int, default=100_000, help="acts (default: 100,000)")
    parser.add_argument("--seed", type=int, default=1, help="of the first branch (default: 1)")


async def run(arguments: argparse.Namespace) -> None:
    rows = found(arguments.steps, arguments.seed)
    report("What customers are promised, against a model of its own", rows, arguments.json)


def found(steps: int, first_seed: int) -> dict[str, Any]:
    """Branch after branch until so many acts were tried; each has a seed of its own."""
    totals: Counter[str] = Counter()
    orders: Counter[str] = Counter()
    by_rule: Counter[str] = Counter()
    first: Round | None = None
    began_s = time.process_time()
    seed = first_seed
    while totals["steps"] < steps:
        branch = Round(seed)
        branch.play()
        totals.update(
            steps=len(branch.steps),
            commands_accepted=branch.game.accepted,
            refused=branch.game.refused,
            events=len(branch.game.log),
            days=branch.game.watch.days,
            branches=1,
            broken=branch.broken is not None,
        )
        orders[branch.world.plan.calling.order.value] += 1
        if branch.broken is not None:
            by_rule[branch.broken.rule] += 1
            first = first or branch
        seed += 1
    cpu_s = time.process_time() - began_s
    return {
        **totals,
        "orders": dict(orders),
        "broken_by_rule": dict(by_rule),
        "cpu_s": round(cpu_s, 1),
        "steps_per_cpu_s": round(totals["steps"] / cpu_s),
        "counterexample": counterexample(first) if first else None,
    }


def counterexample(branch: Round) -> dict[str, Any]:
    """The first that was found, as short as it can be made."""
    assert branch.broken is not None
    steps = shrunk(branch.world, branch.steps, branch.broken.rule)
    again = replayed(branch.world, steps)
    return {
        "seed": branch.world.seed,
        "rule": branch.broken.rule,
        "order": branch.world.plan.calling.order.value,
        "words": again.words if again else branch.broken.words,
        "commands": [_said(step) for step in steps],
    }


def _said(step: Step) -> str:
    who = " (day task)" if step.by_day_task else ""
    return f"{step.now:%Y-%m-%d %H:%M:%S} {step.command!r}{who}"
