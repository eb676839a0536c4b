"""Reports of a month, a year and all branches over a filled year, beside a full scan of visits."""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from lobby.queueing.model.plan import Plan
from lobby.reports.branch_table import Seen, branches_report
from lobby.reports.figures import Figures
from lobby.reports.rollup import read_past_day
from lobby.reports.sheet_xlsx import write_workbook
from lobby.reports.span_report import span_report
from lobby.reports.span_sheets import span_sheets
from lobby.reports.spans import Span, SpanKind, span_of
from lobby.store.engine import reading_engine, writing_engine
from lobby.store.rollups import added, days_rolled_up
from tests.app.database import new_database
from tests.app.people import MORNING
from tests.bench.figures import percentile, report
from tests.bench.reports_fill import Year, fill, plans

ROUNDS = 20
LAST = (MORNING - timedelta(days=2)).date()


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--visits", type=int, default=20_000, help="of all branches in a year")
    parser.add_argument("--branches", type=int, default=2)


async def run(arguments: argparse.Namespace) -> None:
    year = Year(LAST, arguments.visits, arguments.branches)
    with tempfile.TemporaryDirectory() as folder:
        database = new_database(Path(folder) / "lobby.db")
        engine = writing_engine(database)
        with engine.begin() as connection:
            visits = fill(connection, year, MORNING)
        engine.dispose()
        reader = reading_engine(database)
        with reader.connect() as connection:
            rows = {"visits": visits, **_measured(connection, plans(year), Path(folder))}
        reader.dispose()
    report(f"Reports of {visits} visits at {arguments.branches} branches", rows, arguments.json)


def _measured(connection: Connection, branches: list[Plan], folder: Path) -> dict[str, Any]:
    month, twelve = span_of(SpanKind.MONTH, LAST), span_of(SpanKind.YEAR, LAST)
    plan, ids = branches[0], [branch.id for branch in branches]
    seen = [Seen(branch) for branch in branches]
    book = folder / "month.xlsx"
    work: dict[str, Callable[[], object]] = {
        "branch_month": lambda: span_report(connection, plan, month, MORNING),
        "branch_year": lambda: span_report(connection, plan, twelve, MORNING),
        "branches_month": lambda: branches_report(connection, seen, month, MORNING.date()),
        "branches_year": lambda: branches_report(connection, seen, twelve, MORNING.date()),
        "all_year": lambda: [
            added(days.values())
            for days in days_rolled_up(connection, ids, twelve.first, twelve.last).values()
        ],
        "xlsx_month": lambda: _workbook(connection, plan, month, book),
    }
    times = {name: _times_ms(each) for name, each in work.items()}
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "p50_ms": {name: percentile(own, 0.5) for name, own in times.items()},
        "p95_ms": {name: percentile(own, 0.95) for name, own in times.items()},
        "full_scan_ms": {
            name: _times_ms(lambda own=own, span=span: _scan(connection, own, span), 1)[0]  # type: ignore[misc]
            for name, own, span in (
                ("branch_month", [plan], month),
                ("branch_year", [plan], twelve),
                ("branches_month", branches, month),
            )
        },
        "export_peak_mb": peak_mb,
    }


def _workbook(connection: Connection, plan: Plan, span: Span, path: Path) -> None:
    figures = Figures("en", plan)
    write_workbook(
        path, span_sheets(span_report(connection, plan, span, MORNING), figures), figures
    )


def _scan(connection: Connection, branches: list[Plan], span: Span) -> None:
    for plan in branches:
        for day in span.days:
            read_past_day(connection, plan, day, MORNING)


def _times_ms(work: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    taken = []
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken
