"""From a teller's POST to the last of 50 displays, beside a bare broadcast of the same bytes."""

import argparse
import asyncio
import multiprocessing
import secrets
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from websockets.asyncio.server import ServerConnection, broadcast, serve

from tests.bench.figures import percentile, report
from tests.bench.wire import Connection, open_screen, post
from tests.serving import Badges, Server, free_port, prepare

DISPLAYS = 50


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--calls", type=int, default=300, help="calls to measure")


async def run(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        database = Path(folder) / "lobby.db"
        badges = prepare(database)
        with Server(database) as server:
            times_ms, frame = await lobby_times_ms(server.port, badges, arguments.calls)
    bare_ms = await bare_times_ms(frame, arguments.calls)
    rows = {
        "p50_ms": percentile(times_ms, 0.5),
        "p99_ms": percentile(times_ms, 0.99),
        "bare_p50_ms": percentile(bare_ms, 0.5),
        "bare_p99_ms": percentile(bare_ms, 0.99),
    }
    report(f"POST to the last of {DISPLAYS} displays ({len(frame)} bytes)", rows, arguments.json)


class Audience:
    """Notes when the last of all screens has heard what it waits for."""

    def __init__(self) -> None:
        self._heard: set[int] = set()
        self._wanted: Callable[[bytes], bool] = lambda _message: False
        self._all = asyncio.Event()
        self.last = b""

    def listener(self, number: int) -> Callable[[bytes], None]:
        return lambda message: self._note(number, message)

    def want(self, wanted: Callable[[bytes], bool]) -> None:
        self._wanted = wanted
        self._heard.clear()
        self._all.clear()

    async def complete(self) -> float:
        await asyncio.wait_for(self._all.wait(), 20)
        return time.perf_counter()

    def _note(self, number: int, message: bytes) -> None:
        if self._wanted(message):
            self.last = message
            self._heard.add(number)
            if len(self._heard) == DISPLAYS:
                self._all.set()


async def lobby_times_ms(port: int, badges: Badges, calls: int) -> tuple[list[float], bytes]:
    audience = Audience()
    screens = [
        await open_screen(port, "/display/live", badges.display, audience.listener(number))
        for number in range(DISPLAYS)
    ]
    desk = await Connection.open(port)
    teller = badges.tellers[0]
    for _ in range(calls):
        await _act(desk, "/kiosk/tickets", badges.kiosk, service="A01", language="zh")
    await _act(desk, "/counter/openings", teller, counter="1", service="A01")
    times_ms = []
    for turn in range(1, calls + 1):
        number = f"A{turn:03d}"
        audience.want(lambda message, number=number: _shows(message, number))  # type: ignore[misc]
        began = time.perf_counter()
        await _act(desk, "/counter/calls", teller, counter="1")
        times_ms.append((await audience.complete() - began) * 1_000)
        await _act(desk, "/counter/servings", teller, counter="1", number=number)
        await _act(desk, "/counter/finishes", teller, counter="1", number=number)
        await asyncio.sleep(0.02)
    for screen in screens:
        screen.transport.close()
    return times_ms, audience.last


def _shows(message: bytes, number: str) -> bool:
    """The picture with this call on it: regions, not the announcement beside them."""
    shown = f'data-ticket=\\"{number}\\"'
    return message.startswith(b'{"frame":"regions"') and shown.encode() in message


async def _act(desk: Connection, path: str, cookie: str, **fields: str) -> None:
    status, body = await desk.send(post(path, fields, secrets.token_hex(8), cookie))
    if status >= 300:
        raise RuntimeError(f"{path} {status}: {body.decode()}")


async def bare_times_ms(frame: bytes, calls: int) -> list[float]:
    """The same bytes to as many sockets by a server that does nothing else."""
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(
        target=bare_server, args=(port, frame.decode()), daemon=True
    )
    process.start()
    try:
        return await _ask_bare_server(port, calls)
    finally:
        process.terminate()
        process.join()


async def _ask_bare_server(port: int, calls: int) -> list[float]:
    audience = Audience()
    await _until_it_listens(port)
    screens = [
        await open_screen(port, "/", "", audience.listener(number)) for number in range(DISPLAYS)
    ]
    _, asking = await asyncio.open_connection("127.0.0.1", port + 1)
    times_ms = []
    for _ in range(calls):
        audience.want(lambda message: message.startswith(b'{"frame":"regions"'))
        began = time.perf_counter()
        asking.write(b"\n")
        times_ms.append((await audience.complete() - began) * 1_000)
        await asyncio.sleep(0.02)
    for screen in screens:
        screen.transport.close()
    return times_ms


async def _until_it_listens(port: int) -> None:
    for _ in range(500):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port + 1)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise RuntimeError("the bare server does not start")


def bare_server(port: int, frame: str) -> None:
    """Runs in a process of its own: a line on the second port broadcasts the frame."""
    asyncio.run(_serve_bare(port, frame))


async def _serve_bare(port: int, frame: str) -> None:
    sockets: set[ServerConnection] = set()

    async def stay(socket: ServerConnection) -> None:
        sockets.add(socket)
        await socket.wait_closed()
        sockets.discard(socket)

    async def ask(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        while await reader.readline():
            broadcast(sockets, frame)

    async with serve(stay, "127.0.0.1", port, compression=None):
        await (await asyncio.start_server(ask, "127.0.0.1", port + 1)).serve_forever()
