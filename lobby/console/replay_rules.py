"""`lobby replay LOG --rule`: a recorded day called anew by two rules, without a house."""

import json
from argparse import Namespace
from dataclasses import replace
from datetime import date
from pathlib import Path

from rich.console import Console

from lobby.catalogue.reading import DEMO, BranchFile, CatalogueError, read_branch_file
from lobby.console.database import branches_of, read, settings_of_environment
from lobby.console.errors import CommandError, one_sentence
from lobby.console.simulate_rules import two_sides
from lobby.console.simulate_table import Comparison
from lobby.queueing.model.plan import Plan
from lobby.replay.recall import day_of, plan_of_day
from lobby.replay.recording import RecordingError, read_day
from lobby.replay.script import script_of
from lobby.simulation.play import play_day
from lobby.store.day_plans import day_plan


def check(options: Namespace) -> None:
    """Raises `CommandError` where only half of a comparison is asked for."""
    if options.rule is None and (options.against or options.overtakes_max is not None):
        raise CommandError("--against and --overtakes-max go with --rule.")
    if options.rule is None and options.branch is not None:
        raise CommandError("--branch goes with --rule.")
    if options.rule is not None and options.speed is not None:
        raise CommandError("--speed is the pace of a replay; a day by --rule has none.")


def _branch(name: str | None, day: date) -> Plan | None:
    """The branch whose rules hold, as it was on that day: by its file, or by its id in the
    database. Raises `CommandError`."""
    if name is None:
        return None
    if name == "demo" or Path(name).suffix == ".toml":
        with one_sentence(CatalogueError):
            return _on_day(read_branch_file(DEMO if name == "demo" else Path(name)), day)
    database = settings_of_environment().database
    known = {plan.id: plan for plan in branches_of(database)}
    if name not in known:
        raise CommandError(f"There is no branch {name} in the database: {', '.join(known)}.")
    return read(database, lambda connection: day_plan(connection, known[name], day)).plan


def _on_day(set_up: BranchFile, day: date) -> Plan:
    begun = [since for since in set_up.rules if since <= day]
    if not begun:
        return set_up.plan
    return replace(set_up.plan, calling=set_up.rules[max(begun)].calling)


def run(options: Namespace) -> int:
    with one_sentence(RecordingError):
        script = script_of(read_day(options.log, options.date, options.first))
        plan = plan_of_day(script, _branch(options.branch, options.date))
    if not script.seats:
        raise CommandError(f"Nobody was served on {options.date}: there is nobody to call.")
    ours, theirs = two_sides(plan, options)
    day = day_of(script, options.date)
    both = ([play_day(plan, day, ours.rule)], [play_day(plan, day, theirs.rule)])
    comparison = Comparison((ours, theirs), both, plan.calling)
    if options.json:
        print(json.dumps({"date": options.date.isoformat(), **comparison.plain()}))
    else:
        Console().print(comparison.table(f"{options.date}, called anew"))
    return 0
