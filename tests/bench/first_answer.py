"""How long a start takes, beside what no start can do without: loading the program."""

import os
import statistics
import sys
import time
from dataclasses import dataclass

from tests.app.process import Server
from tests.bench.processes import thread_times

IMPORT = "import lobby.console.serve, os; os._exit(0)"


@dataclass(frozen=True, slots=True)
class Took:
    """`wall_s` by the clock, `cpu_s` of all processors: steadier where a machine is shared."""

    wall_s: float
    cpu_s: float


def first_answer(server: Server) -> Took:
    """From the start of the process to its first answer; the server runs on."""
    began = time.perf_counter()
    server.launch()
    server.wait()
    wall_s = time.perf_counter() - began
    assert server.process is not None
    return Took(wall_s, thread_times(server.process.pid).all_s)


def bare_import() -> Took:
    """From the start of a process until all that `lobby serve` loads is loaded."""
    began = time.perf_counter()
    process_id = os.posix_spawn(sys.executable, [sys.executable, "-c", IMPORT], os.environ)
    _, status, used = os.wait4(process_id, 0)
    assert status == 0, "the program can be loaded"
    return Took(time.perf_counter() - began, used.ru_utime + used.ru_stime)


def medians(starts: list[Took], imports: list[Took]) -> dict[str, float]:
    first, bare = (statistics.median(took.wall_s for took in each) for each in (starts, imports))
    return {
        "import_s": bare,
        "first_answer_s": first,
        "ratio": first / bare,
        "import_cpu_s": statistics.median(took.cpu_s for took in imports),
        "first_answer_cpu_s": statistics.median(took.cpu_s for took in starts),
    }
