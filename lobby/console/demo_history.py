"""The days that the demo's branch has behind it, written before it opens, with a bar that tells how
far they are."""

from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from lobby.catalogue.reading import BranchFile
from lobby.console.database import write
from lobby.console.demo_setup import Demo
from lobby.demo.history import days_of_past
from lobby.demo.history_day import past_day
from lobby.demo.hours import OPENS, at
from lobby.demo.scenario import seats_of
from lobby.reports.rollup import roll_up
from lobby.store.past_rows import keep_past_day


def write_history(
    database: Path, set_up: BranchFile, demo: Demo, *, before: date, days: int, seed: int
) -> int:
    """The `days` before `before`, and how many of them the branch was open on."""
    plan, catalogue = set_up.plan, set_up.catalogue
    seats = seats_of(plan, demo.people.tellers)
    past = list(days_of_past(plan, catalogue, before, days))
    now = at(plan, before, OPENS)

    def fill(connection: Any) -> int:
        with Progress(console=Console(stderr=True), transient=True) as progress:
            for each in progress.track(past, description="Days of the past"):
                keep_past_day(connection, past_day(each, catalogue, seats, seed))
                roll_up(connection, plan, each.day, now)
        return len(past)

    return write(database, fill)
