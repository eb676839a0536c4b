"""From a teller's POST to the last of many displays, beside a bare application and broadcast."""

import argparse
import asyncio
import secrets
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.app.process import Badges, Server, prepare
from tests.bench.audience import Audience
from tests.bench.bare import bare_application, bare_broadcast, process, until_it_listens
from tests.bench.figures import percentile, report
from tests.bench.processes import cpu_s
from tests.bench.wire import Connection, post

BLOCK = 25
"""Lobby and the bare ones take turns by so many calls, so that all three meet the same noise."""

IDLE_S = 6.0
"""How long the displays are left alone to see what they cost when nothing happens."""

Turns = Callable[[int], Awaitable[list[float]]]


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--calls", type=int, default=200, help="calls to measure (default: 200)")
    parser.add_argument("--displays", default="100,1000", help="default: 100,1000")


async def run(arguments: argparse.Namespace) -> None:
    rows: dict[str, dict[str, float]] = {}
    for displays in arguments.displays.split(","):
        for name, value in (await measured(int(displays), arguments.calls)).items():
            rows.setdefault(name, {})[displays] = value
    report("POST of a call to the last of so many displays", rows, arguments.json)


async def measured(displays: int, calls: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder, ExitStack() as on:
        database = Path(folder) / "lobby.db"
        badges = prepare(database)
        hall = Hall(on.enter_context(Server(database)), badges)
        await hall.open(calls + 1)
        costs = await hall.crowd(displays)
        await hall.calls(1)
        frame = hall.audience.last.decode()
        port = on.enter_context(process(bare_broadcast, frame))
        broadcast = await bare_broadcast_of(port, displays)
        port = on.enter_context(process(bare_application, frame, f"{folder}/bare.db"))
        application = await bare_application_of(port, displays)
        await application(1)
        lobby_ms, bare_ms, broadcast_ms = await in_turns(calls, hall.calls, application, broadcast)
    return {
        **costs,
        "cpu_ms_per_call": 1_000 * hall.cpu_s / (calls + 1),
        "frame_bytes": len(frame),
        **_figures("", lobby_ms),
        **_figures("bare_", bare_ms),
        **_figures("bare_broadcast_", broadcast_ms),
        **_ratios("", lobby_ms, bare_ms),
        **_ratios("broadcast_", lobby_ms, broadcast_ms),
    }


async def in_turns(calls: int, *each: Turns) -> list[list[float]]:
    times_ms: list[list[float]] = [[] for _ in each]
    for done in range(0, calls, BLOCK):
        for turns, times in zip(each, times_ms, strict=True):
            await asyncio.sleep(0.3)
            times.extend(await turns(min(BLOCK, calls - done)))
    return times_ms


class Hall:
    """A branch with one teller at work and displays that look on."""

    def __init__(self, server: Server, badges: Badges) -> None:
        self.audience = Audience()
        self.cpu_s = 0.0
        self._server = server
        self._badges = badges
        self._turn = 0

    async def open(self, tickets: int) -> None:
        self._desk = await Connection.open(self._server.port)
        for _ in range(tickets):
            await self._act("/kiosk/tickets", self._badges.kiosk, service="A01", language="zh")
        teller = self._badges.tellers[0]
        await self._act("/counter/openings", teller, counter="1", service="A01")

    async def crowd(self, displays: int) -> dict[str, float]:
        """What they cost, in memory and when nothing happens. The first one is not counted: with
        it comes what the server learns once."""
        await self._join(1)
        await asyncio.sleep(1)
        before_mb = self._server.memory_mb()
        await self._join(displays - 1)
        await asyncio.sleep(1)
        began, began_s = cpu_s(self._server), time.perf_counter()
        await asyncio.sleep(IDLE_S)
        used, wall = cpu_s(self._server) - began, time.perf_counter() - began_s
        grown_kb = (self._server.memory_mb() - before_mb) * 1024
        return {
            "kb_per_display": grown_kb / max(1, displays - 1),
            "idle_cpu_percent": 100 * used / wall,
        }

    async def calls(self, count: int) -> list[float]:
        self._desk = await Connection.open(self._server.port)
        began = cpu_s(self._server)
        times_ms = [await self._call() for _ in range(count)]
        self.cpu_s += cpu_s(self._server) - began
        return times_ms

    async def _join(self, displays: int) -> None:
        cookies = [self._badges.display] * displays
        await self.audience.join(self._server.port, "/display/live", cookies)

    async def _call(self) -> float:
        self._turn += 1
        number, teller = f"A{self._turn:03d}", self._badges.tellers[0]
        await self.audience.quiet()
        self.audience.want(lambda message: _shows(message, number))
        began = time.perf_counter()
        await self._act("/counter/calls", teller, counter="1")
        taken_ms = (await self.audience.complete() - began) * 1_000
        await self._act("/counter/servings", teller, counter="1", number=number)
        await self._act("/counter/finishes", teller, counter="1", number=number)
        return taken_ms

    async def _act(self, path: str, cookie: str, **fields: str) -> None:
        status, body = await self._desk.send(post(path, fields, secrets.token_hex(8), cookie))
        if status >= 300:
            raise RuntimeError(f"{path} {status}: {body.decode()}")


def _shows(message: bytes, number: str) -> bool:
    """The picture with this call on it: regions, not the announcement beside them."""
    shown = f'data-ticket=\\"{number}\\"'
    return message.startswith(b'{"frame":"regions"') and shown.encode() in message


async def bare_broadcast_of(port: int, displays: int) -> Turns:
    await until_it_listens(port + 1)
    audience = Audience()
    await audience.join(port, "/", [""] * displays)
    _, asking = await asyncio.open_connection("127.0.0.1", port + 1)

    async def ask() -> None:
        asking.write(b"\n")

    return _turns(audience, ask)


async def bare_application_of(port: int, displays: int) -> Turns:
    await until_it_listens(port)
    audience = Audience()
    await audience.join(port, "/live", [""] * displays)
    desk = await Connection.open(port)

    async def ask() -> None:
        await desk.send(post("/calls", {"counter": "1"}, secrets.token_hex(8), ""))

    return _turns(audience, ask)


def _turns(audience: Audience, ask: Callable[[], Awaitable[Any]]) -> Turns:
    async def call() -> float:
        await audience.quiet()
        audience.want(lambda _message: True)
        began = time.perf_counter()
        await ask()
        return (await audience.complete() - began) * 1_000

    async def calls(count: int) -> list[float]:
        return [await call() for _ in range(count)]

    return calls


def _figures(name: str, times_ms: list[float]) -> dict[str, float]:
    return {
        f"{name}p50_ms": percentile(times_ms, 0.5),
        f"{name}p99_ms": percentile(times_ms, 0.99),
    }


def _ratios(name: str, times_ms: list[float], others_ms: list[float]) -> dict[str, float]:
    return {
        f"{name}ratio_p50": percentile(times_ms, 0.5) / percentile(others_ms, 0.5),
        f"{name}ratio_p99": percentile(times_ms, 0.99) / percentile(others_ms, 0.99),
    }
