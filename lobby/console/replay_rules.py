"""`lobby replay LOG --rule`: a recorded day called anew by two rules, without a house."""

import json
from argparse import Namespace

from rich.console import Console

from lobby.console.errors import CommandError, one_sentence
from lobby.console.simulate_rules import two_sides
from lobby.console.simulate_table import Comparison
from lobby.replay.recall import day_of, plan_of_day
from lobby.replay.recording import RecordingError, read_day
from lobby.replay.script import script_of
from lobby.simulation.play import play_day


def check(options: Namespace) -> None:
    """Raises `CommandError` where only half of a comparison is asked for."""
    if options.rule is None and (options.against or options.overtakes_max is not None):
        raise CommandError("--against and --overtakes-max go with --rule.")
    if options.rule is not None and options.speed is not None:
        raise CommandError("--speed is the pace of a replay; a day by --rule has none.")


def run(options: Namespace) -> int:
    with one_sentence(RecordingError):
        script = script_of(read_day(options.log, options.date, options.first))
        plan = plan_of_day(script)
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
