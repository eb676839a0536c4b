"""From the start of the process to its first answer with the log of years in the database, beside
the time in which the program itself is loaded, in turns. In the JSON: `first_answer_s`, `import_s`
(medians) and their `ratio`, both also as processor time (`..._cpu_s`); `tickets`, `events` and
`database_mb` say what lay there, `memory_mb` what the process holds at its first answer."""

import argparse
import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from lobby.store.migrate import migrate
from tests.app.process import Server
from tests.bench.figures import report
from tests.bench.first_answer import bare_import, first_answer, medians
from tests.bench.many_days import fill_days

LEARNS_WITHIN_S = 120.0
"""The first start of all learns from the days before; every later one knows what was learned."""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tickets", type=int, default=1_200_000, help="default: 1,200,000")
    parser.add_argument("--runs", type=int, default=7, help="starts to take the median of")
    parser.add_argument(
        "--database", type=Path, help="filled where it is not there yet, and kept for another time"
    )


async def run(arguments: argparse.Namespace) -> None:
    await asyncio.to_thread(_run, arguments)


def _run(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        database = arguments.database or Path(folder) / "lobby.db"
        filled = fill_days(database, arguments.tickets)
        migrate(database)
        _learn(database)
        starts, imports, memory = [], [], 0.0
        for _ in range(arguments.runs):
            imports.append(bare_import())
            server = Server(database)
            starts.append(first_answer(server))
            memory = server.memory_mb()
            server.stop()
    rows = {
        "tickets": filled.tickets,
        "events": filled.events,
        "database_mb": filled.megabytes,
        **medians(starts, imports),
        "memory_mb": memory,
    }
    report("Restart", rows, arguments.json)


def _learn(database: Path) -> None:
    """A first start, until what it learned from the days before is stored."""
    with Server(database):
        deadline = time.monotonic() + LEARNS_WITHIN_S
        while not _has_learned(database) and time.monotonic() < deadline:
            time.sleep(0.2)


def _has_learned(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM learned").fetchone()
    return bool(count)
