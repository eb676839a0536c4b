"""`lobby simulate`: two calling rules on the same simulated days of a branch."""

import json
from argparse import Namespace
from datetime import time
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from lobby.catalogue.reading import DEMO, BranchFile, CatalogueError, read_branch_file
from lobby.console.errors import CommandError, one_sentence
from lobby.console.simulate_rules import two_sides
from lobby.console.simulate_table import Comparison
from lobby.queueing.model.priority import CallingRule
from lobby.simulation.parameters import World
from lobby.simulation.play import run_day
from lobby.simulation.record import DayRecord

RETAIL = "retail"
"""The line of the opening hours that simulated customers keep to."""


def run(options: Namespace) -> int:
    with one_sentence(CatalogueError):
        set_up = read_branch_file(DEMO if options.branch == "demo" else Path(options.branch))
    plan = set_up.plan
    if not (plan.services and plan.counters):
        raise CommandError(f"{options.branch} has no services with a line, or no counters.")
    ours, theirs = two_sides(plan, options)
    world = world_of(set_up, options.load)
    with Progress(console=Console(stderr=True), disable=options.json) as progress:
        both = (
            _days(world, ours.rule, options, progress),
            _days(world, theirs.rule, options, progress),
        )
    comparison = Comparison((ours, theirs), both, plan.calling)
    if options.json:
        print(json.dumps(comparison.plain()))
    else:
        days = "a simulated day" if options.days == 1 else f"{options.days} simulated days"
        Console().print(comparison.table(f"{plan.name('en')}, {days}"))
    return 0


def world_of(set_up: BranchFile, load: float) -> World:
    """Open at the branch's own hours where its file has any."""
    hours = set_up.catalogue.hours.get(RETAIL)
    spans = next(filter(None, hours.days), ()) if hours else ()
    if not spans:
        return World(set_up.plan, load=load)
    opens_s, closes_s = _seconds(spans[0].opens), _seconds(spans[-1].closes)
    return World(set_up.plan, load=load, opens_s=opens_s, closes_s=closes_s)


def _seconds(at: time) -> float:
    return 3600.0 * at.hour + 60.0 * at.minute + at.second


def _days(
    world: World, rule: CallingRule, options: Namespace, progress: Progress
) -> list[DayRecord]:
    task = progress.add_task("Simulating", total=options.days)
    records = []
    for ordinal in range(options.days):
        records.append(run_day(world, options.seed, ordinal, rule))
        progress.advance(task)
    return records
