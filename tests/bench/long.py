"""Weeks of the demo as fast as they can be written down: does anything grow that should not?
After two days and at the end the house is measured at rest, in the middle of a morning. In the
JSON, each as `start` and `end`: `memory_mb`, `ticket_p50_ms` and `ticket_p99_ms` of a ticket taken
over HTTP, `ticket_cpu_us` of event loop and writer, `page_p50_ms` of the display's page, and
`report_ms` of the report of the day before; `bytes_per_ticket` is what the database grew between
the two by each ticket; `memory_growth` and `ticket_cpu_growth` are end to start (1.0: flat)."""

import argparse
import asyncio
import secrets
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lobby.catalogue.reading import DEMO, read_plan
from lobby.store.devices import DeviceKind
from lobby.store.engine import writing_engine
from lobby.store.people import open_session, staff_with_password
from lobby.web.credentials import hash_of, new_token
from tests.app.ports import free_port
from tests.app.process import device
from tests.bench.figures import percentile, report
from tests.bench.processes import resident_mb, thread_times
from tests.bench.wire import Connection, get, post

WARM_DAYS = 2
"""Before the first measurement, so that caches, the forecast and its memory are there."""

TICKETS = 150
PAGES = 30
RESTS_S = 3.0
"""Until the forecast has caught up with days that passed in seconds."""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=int, default=30, help="working days (default: 30)")


async def run(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        house = House(Path(folder) / "lobby.db", free_port())
        try:
            house.wait()
            house.pair()
            house.live(WARM_DAYS)
            start = await house.measure()
            began_s = house.live(max(1, arguments.days - WARM_DAYS))
            end = await house.measure()
        finally:
            house.stop()
    tickets = end.tickets - start.tickets
    names = ("memory_mb", "ticket_p50_ms", "ticket_p99_ms", "ticket_cpu_us", "page_p50_ms")
    rows: dict[str, Any] = {
        name: {"start": getattr(start, name), "end": getattr(end, name)}
        for name in (*names, "report_ms")
    }
    rows |= {
        "days": arguments.days,
        "tickets": tickets,
        "days_per_s": max(1, arguments.days - WARM_DAYS) / began_s,
        "bytes_per_ticket": (end.database_bytes - start.database_bytes) / tickets,
        "memory_growth": end.memory_mb / start.memory_mb,
        "ticket_cpu_growth": end.ticket_cpu_us / start.ticket_cpu_us,
    }
    report(f"{arguments.days} days", rows, arguments.json)


@dataclass(frozen=True, slots=True)
class Measured:
    memory_mb: float
    tickets: int
    database_bytes: int
    ticket_p50_ms: float
    ticket_p99_ms: float
    ticket_cpu_us: float
    page_p50_ms: float
    report_ms: float


class House:
    """`long_house` in a process of its own, and what it takes to ask it over HTTP."""

    def __init__(self, database: Path, port: int) -> None:
        self._database, self._port = database, port
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.long_house", str(database), str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> None:
        self._answer()

    def pair(self) -> None:
        """A kiosk, a display and the branch head, each with a cookie of their own. The demo's
        clock is not the wall's: sessions go by the wall's."""
        plan, now = read_plan(DEMO), datetime.now(UTC)
        engine = writing_engine(self._database)
        with engine.begin() as connection:
            self._kiosk = device(connection, plan, DeviceKind.KIOSK)
            self._display = device(connection, plan, DeviceKind.DISPLAY)
            found, token = staff_with_password(connection, "head"), new_token()
            assert found is not None, "the demo has a branch head"
            open_session(connection, hash_of(token), found[0].id, now, now + timedelta(days=365))
            self._head = f"lobby-session={token}"
        engine.dispose()

    def live(self, days: int) -> float:
        """Seconds that it took."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"days {days}\n")
        self._process.stdin.flush()
        return float(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline():
            if line.strip():
                return line
        raise RuntimeError("the house has ended: see what it said above")

    async def measure(self) -> Measured:
        await asyncio.sleep(RESTS_S)
        connection = await Connection.open(self._port)
        with closing(sqlite3.connect(self._database)) as database:
            (tickets,) = database.execute("SELECT count(*) FROM visits").fetchone()
            query = "SELECT DISTINCT business_day FROM visits ORDER BY 1 DESC LIMIT 2"
            yesterday = database.execute(query).fetchall()[-1][0]
            (pages,) = database.execute("PRAGMA page_count").fetchone()
            (page_bytes,) = database.execute("PRAGMA page_size").fetchone()
        before = thread_times(self._process.pid)
        took_ms = [await self._take(connection) for _ in range(TICKETS)]
        used = thread_times(self._process.pid) - before
        page_ms = [await self._look(connection, "/display", self._display) for _ in range(PAGES)]
        day = f"/reports/days/{yesterday}"
        report_ms = [await self._look(connection, day, self._head) for _ in range(3)]
        connection.close()
        return Measured(
            memory_mb=resident_mb(self._process.pid),
            tickets=tickets,
            database_bytes=pages * page_bytes,
            ticket_p50_ms=statistics.median(took_ms),
            ticket_p99_ms=percentile(took_ms, 0.99),
            ticket_cpu_us=used.ticket_s / TICKETS * 1e6,
            page_p50_ms=statistics.median(page_ms),
            report_ms=statistics.median(report_ms),
        )

    async def _take(self, connection: Connection) -> float:
        fields = {"service": "A01", "language": "vi"}
        request = post("/kiosk/tickets", fields, secrets.token_hex(8), self._kiosk)
        return await _timed(connection, request, 201)

    async def _look(self, connection: Connection, path: str, cookie: str) -> float:
        return await _timed(connection, get(path, cookie), 200)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)


async def _timed(connection: Connection, request: bytes, expected: int) -> float:
    """Milliseconds until the whole answer is there."""
    began = time.perf_counter()
    status, body = await connection.send(request)
    if status != expected:
        raise RuntimeError(f"{status}: {body.decode()[:500]}")
    return (time.perf_counter() - began) * 1e3
