"""Calling rules on the same simulated days: first come, strict classes, and rule A."""

import argparse
from dataclasses import asdict, replace
from typing import Any

from lobby.catalogue.reading import DEMO, read_plan
from lobby.queueing.model.priority import CallingRule, Order
from lobby.simulation.parameters import World
from lobby.simulation.play import run_day
from lobby.simulation.record import DayRecord
from lobby.simulation.scoring import Figures, differences, figures
from tests.bench.figures import report

COMPARED_WITH = Order.FIRST_COME


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=int, default=120, help="working days (default: 120)")
    parser.add_argument("--load", type=float, default=0.85, help="default: 0.85")
    parser.add_argument("--seed", type=int, default=1, help="another number is other days")


async def run(arguments: argparse.Namespace) -> None:
    world = World(read_plan(DEMO), load=arguments.load)
    rule = world.plan.calling
    records = {
        order: _days(world, replace(rule, order=order), arguments.days, arguments.seed)
        for order in Order
    }
    first_come = records[COMPARED_WITH]
    rows = {
        "days": arguments.days,
        "load": arguments.load,
        "policies": {order.value: _rounded(figures(days, rule)) for order, days in records.items()},
        "paired": {
            f"{order.value}_minus_{COMPARED_WITH.value}": {
                name: asdict(difference) if difference else None
                for name, difference in differences(days, first_come, rule).items()
            }
            for order, days in records.items()
            if order is not COMPARED_WITH
        },
    }
    report("Calling rules on the same days", rows, arguments.json)


def _days(world: World, rule: CallingRule, days: int, seed: int) -> list[DayRecord]:
    return [run_day(world, seed, ordinal, rule) for ordinal in range(days)]


def _rounded(found: Figures) -> dict[str, Any]:
    return asdict(found)
