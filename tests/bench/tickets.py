"""Durable tickets per second over HTTP with 1, 8 and 64 kiosks, with few and with many already
waiting and eight counters serving, beside raw SQLite commits in the same run. Whoever took a
ticket leaves again between two windows, so the line keeps its length but for one window.
In the JSON, by number waiting and then by kiosks ("1", "8", "64"):
`ratio` is tickets to raw one-row commits per second, `tickets_per_s`, `cpu_us_per_ticket` the
processor time of event loop and writer, `loop_us_per_ticket` of the loop alone, `forecast_cpu` the
processors that the forecast used meanwhile; `kept` by kiosks is the ratio at the longest line to
that at the shortest; `raw_commits_per_s` is over the whole run."""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.app.process import COUNTERS, Server, prepare
from tests.bench.commits import RawCommits
from tests.bench.figures import report
from tests.bench.full_hall import fill
from tests.bench.kiosks import CompiledKiosks, Kiosks, PythonKiosks, compiled
from tests.bench.processes import NO_TIME, ThreadTimes, thread_times

KIOSKS = (1, 8, 64)
ROUNDS, LEAST_TICKETS = 8, 128
"""A window: so many tickets of each kiosk, and no fewer in all."""

RAW_S = 0.1
"""How long raw commits run before each window."""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each part lasts")
    parser.add_argument(
        "--waiting", type=_numbers, default=(10,), help="how many wait (default: 10), as 10,1000"
    )
    parser.add_argument("--kiosks", type=_numbers, default=KIOSKS, help="default: 1,8,64")
    parser.add_argument(
        "--client", choices=("python", "c"), default="python", help="c needs a C compiler"
    )
    parser.add_argument(
        "--counters", type=int, default=COUNTERS, help="how many serve (default: all eight)"
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


async def run(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        folder = Path(name)
        program = compiled(folder) if arguments.client == "c" else None
        parts: list[Part] = []
        for waiting in arguments.waiting:
            for kiosks in arguments.kiosks:
                part = Part(folder, waiting, kiosks, program)
                await part.measure(arguments.seconds, arguments.counters)
                parts.append(part)
    title = f"Durable tickets, client in {arguments.client}"
    report(title, {"client": arguments.client, **figures(parts)}, arguments.json)


@dataclass(slots=True)
class Part:
    """One number of kiosks before one length of the line."""

    folder: Path
    waiting: int
    kiosks: int
    program: Path | None
    raw_count: int = 0
    raw_s: float = 0.0
    counted: int = 0
    seconds: float = 0.0
    taken: int = 0
    wall_s: float = 0.0
    used: ThreadTimes = NO_TIME

    @property
    def name(self) -> str:
        return f"{self.waiting}-{self.kiosks}"

    @property
    def per_s(self) -> float:
        return self.counted / self.seconds

    @property
    def ratio(self) -> float:
        return self.per_s / (self.raw_count / self.raw_s)

    async def measure(self, seconds: float, counters: int) -> None:
        database = self.folder / f"lobby-{self.name}.db"
        badges = prepare(database)
        await fill(database, self.waiting, counters)
        raw = RawCommits(self.folder / f"raw-{self.name}.db")
        with Server(database) as server:
            kiosks = await self._open(server.port, badges.kiosk)
            await kiosks.take(self._window())
            await kiosks.leave()
            while self.seconds < seconds:
                raw.run(RAW_S)
                await self._take(server, kiosks)
                await kiosks.leave()
            await kiosks.close()
        self.raw_count, self.raw_s = raw.count, raw.seconds
        raw.close()

    async def _open(self, port: int, cookie: str) -> Kiosks:
        if self.program is None:
            return await PythonKiosks.open(port, self.kiosks, cookie)
        return await CompiledKiosks.open(self.program, port, self.kiosks, cookie)

    def _window(self) -> int:
        return max(LEAST_TICKETS, ROUNDS * self.kiosks)

    async def _take(self, server: Server, kiosks: Kiosks) -> None:
        assert server.process is not None
        before = thread_times(server.process.pid)
        taken = await kiosks.take(self._window())
        self.used += thread_times(server.process.pid) - before
        self.counted += taken.counted
        self.seconds += taken.seconds
        self.taken += self._window()
        self.wall_s += taken.seconds * self._window() / taken.counted


def figures(parts: list[Part]) -> dict[str, Any]:
    def each(figure: Any) -> dict[str, dict[str, float]]:
        table: dict[str, dict[str, float]] = {}
        for part in parts:
            table.setdefault(str(part.waiting), {})[str(part.kiosks)] = figure(part)
        return table

    ratio = each(lambda part: part.ratio)
    lines = [str(waiting) for waiting in sorted({part.waiting for part in parts})]
    return {
        "raw_commits_per_s": sum(p.raw_count for p in parts) / sum(p.raw_s for p in parts),
        "tickets_per_s": each(lambda part: part.per_s),
        "ratio": ratio,
        "kept": {k: ratio[lines[-1]][k] / ratio[lines[0]][k] for k in ratio[lines[0]]},
        "cpu_us_per_ticket": each(lambda part: part.used.ticket_s / part.taken * 1e6),
        "loop_us_per_ticket": each(lambda part: part.used.loop_s / part.taken * 1e6),
        "forecast_cpu": each(lambda part: part.used.others_s / part.wall_s),
    }
