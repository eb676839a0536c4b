"""Thousands of idle, trickling, unreading strangers before a server with few descriptors, while a
teller works. In the JSON: `strangers`, `descriptors`, `teller_asked`, `teller_refused` (no answer,
or 429 or 5xx), `teller_p99_ms`, `ready_asked`, `ready_refused`, and `open_after_s`: how many
strangers still hold a line so many seconds (`waited_s`) after the last one came, and
`untaken_after_s`: how many bytes the system then still keeps for them."""

import argparse
import asyncio
import http.client
import json
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.app.process import Badges, Server, prepare
from tests.bench.figures import percentile, report

DESCRIPTORS = 600
WAIT_S = 16.0
"""Longer than any deadline of the server: ten seconds for a request or an answer, and a little."""

FEW_DESCRIPTORS = (
    "import resource, runpy, sys; n = int(sys.argv.pop(1)); "
    "resource.setrlimit(resource.RLIMIT_NOFILE, (n, n)); "
    "runpy.run_module('lobby', run_name='__main__', alter_sys=True)"
)
PAUSE_S = 0.05


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--strangers", type=int, default=2_000)
    parser.add_argument("--over-s", type=float, default=8.0, help="in which time they come")
    parser.add_argument("--descriptors", type=int, default=DESCRIPTORS)


async def run(arguments: argparse.Namespace) -> None:
    figures = await asyncio.to_thread(
        flood, arguments.strangers, arguments.over_s, arguments.descriptors
    )
    report("A flood of strangers while a teller works", figures, arguments.json)


@dataclass(slots=True)
class Asked:
    """What one of those who work met."""

    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def note(self, began_s: float, status: int | str) -> None:
        self.seconds.append(time.perf_counter() - began_s)
        if isinstance(status, str) or status == 429 or status >= 500:
            self.refused.append(str(status))


def flood(
    strangers: int,
    over_s: float = 8.0,
    descriptors: int = DESCRIPTORS,
    wait_s: float = WAIT_S,
    program: Sequence[str] = ("-c", FEW_DESCRIPTORS),
) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "lobby.db"
        badges = prepare(database)
        command = (*program, str(descriptors), "serve")
        with Server(database, program=command) as server:
            over = threading.Event()
            jobs = _jobs(server.port, badges)
            threads = [
                threading.Thread(target=_work, args=(server.port, job, over)) for job in jobs
            ]
            for thread in threads:
                thread.start()
            crowd = asyncio.run(_strangers(server.port, strangers, over_s, wait_s))
            over.set()
            for thread in threads:
                thread.join()
    teller = [job.asked for job in jobs if not job.is_watching]
    ready = [job.asked for job in jobs if job.is_watching]
    seconds = [each for asked in teller for each in asked.seconds]
    return {
        "strangers": strangers,
        "descriptors": descriptors,
        "teller_asked": len(seconds),
        "teller_refused": sum(len(asked.refused) for asked in teller),
        "teller_p99_ms": percentile(seconds, 0.99) * 1000,
        "ready_asked": sum(len(asked.seconds) for asked in ready),
        "ready_refused": sum(len(asked.refused) for asked in ready),
        "waited_s": wait_s,
        **crowd,
    }


@dataclass(slots=True)
class Job:
    """Something that is asked again and again, on one line or on a new one each time."""

    method: str
    path: str
    cookie: str
    fields: dict[str, str]
    keeps_line: bool
    is_watching: bool = False
    asked: Asked = field(default_factory=Asked)


def _jobs(port: int, badges: Badges) -> list[Job]:
    teller, kiosk = badges.tellers[0], badges.kiosk
    opening = Job(
        "POST", "/counter/openings", teller, {"counter": "1", "service": "A01"}, keeps_line=False
    )
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    _ask(line, opening)
    line.close()
    return [
        Job("POST", "/kiosk/tickets", kiosk, {"service": "A01", "language": "vi"}, keeps_line=True),
        Job("POST", "/counter/calls", teller, {"counter": "1"}, keeps_line=True),
        Job("GET", "/counter", teller, {}, keeps_line=False),
        Job("GET", "/readyz", "", {}, keeps_line=False, is_watching=True),
    ]


def _work(port: int, job: Job, over: threading.Event) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    while not over.wait(PAUSE_S):
        began_s = time.perf_counter()
        try:
            job.asked.note(began_s, _ask(line, job))
        except (OSError, http.client.HTTPException) as error:
            job.asked.note(began_s, repr(error))
            line.close()
        if not job.keeps_line:
            line.close()
    line.close()


def _ask(line: http.client.HTTPConnection, job: Job) -> int:
    headers = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}
    if job.cookie:
        headers["Cookie"] = job.cookie
    body = None
    if job.method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode({**job.fields, "key": secrets.token_hex(8)})
    line.request(job.method, job.path, body, headers)
    answer = line.getresponse()
    answer.read()
    return answer.status


async def _strangers(port: int, count: int, over_s: float, wait_s: float) -> dict[str, Any]:
    command = ("-m", "tests.bench.flood_strangers", str(port), str(count), str(over_s), str(wait_s))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    counted: dict[str, Any] = json.loads(output)
    return counted
