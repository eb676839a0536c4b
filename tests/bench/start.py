"""From the start of the process to its first answer, beside the time in which the program itself
is loaded; its memory then, when it has settled, and with 100 displays. In the JSON:
`first_answer_s`, `import_s` (medians) and their `ratio`, both also as processor time
(`..._cpu_s`); `memory_mb` at the first answer, `memory_settled_mb` after a hundred tickets and the
first forecasts, `memory_100_displays_mb`."""

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.app.process import Server, prepare
from tests.bench.figures import report
from tests.bench.first_answer import bare_import, first_answer, medians
from tests.bench.kiosks import PythonKiosks
from tests.bench.wire import open_screen

DISPLAYS = 100
TICKETS = 100
SETTLES_S = 5.0
"""By then the forecast has been loaded and has made its boards."""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=5, help="starts to take the median of")


async def run(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        database = Path(folder) / "lobby.db"
        badges = prepare(database)
        starts, imports = [], []
        for _ in range(arguments.runs):
            imports.append(bare_import())
            server = Server(database)
            starts.append(first_answer(server))
            server.stop()
        with Server(database) as server:
            alone = server.memory_mb()
            kiosks = await PythonKiosks.open(server.port, 1, badges.kiosk)
            await kiosks.take(TICKETS)
            await asyncio.sleep(SETTLES_S)
            settled = server.memory_mb()
            screens = [
                await open_screen(server.port, "/display/live", badges.display, _ignore)
                for _ in range(DISPLAYS)
            ]
            await asyncio.sleep(3)
            crowded = server.memory_mb()
            for screen in screens:
                screen.transport.close()
            await kiosks.close()
    rows = {
        **medians(starts, imports),
        "memory_mb": alone,
        "memory_settled_mb": settled,
        "memory_100_displays_mb": crowded,
    }
    report("Start", rows, arguments.json)


def _ignore(_message: bytes) -> None:
    """The screen hears it, which is all that is wanted."""
