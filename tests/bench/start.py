"""From the start of the process to its first answer; its memory then, and with 100 displays."""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from tests.bench.figures import report
from tests.bench.wire import open_screen
from tests.serving import Server, prepare

DISPLAYS = 100


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=5, help="starts to take the median of")


async def run(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        database = Path(folder) / "lobby.db"
        badges = prepare(database)
        firsts = [_first_answer_s(database) for _ in range(arguments.runs)]
        with Server(database) as server:
            alone = server.memory_mb()
            screens = [
                await open_screen(server.port, "/display/live", badges.display, _ignore)
                for _ in range(DISPLAYS)
            ]
            await asyncio.sleep(3)
            crowded = server.memory_mb()
            for screen in screens:
                screen.transport.close()
    rows = {
        "first_answer_s": statistics.median(firsts),
        "memory_mb": alone,
        "memory_100_displays_mb": crowded,
    }
    report("Start", rows, arguments.json)


def _first_answer_s(database: Path) -> float:
    server = Server(database)
    began = time.perf_counter()
    server.launch()
    try:
        server.wait()
        return time.perf_counter() - began
    finally:
        server.stop()


def _ignore(_message: bytes) -> None:
    """The screen hears it, which is all that is wanted."""
