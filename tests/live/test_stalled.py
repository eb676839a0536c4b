"""One display stops reading: twenty others miss nothing, and the server does not grow.

The same check is run against the loop that everybody writes first, and has to catch it.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import connect

from tests.app.server import Running, wait_until
from tests.live.raw import silent_client
from tests.live.stage import HURRIED, Stage, on_stage, running

HEALTHY = 20
CHANGES = 400
PICTURE_BYTES = 8_000
PATIENCE_S = 20.0
MOST_GROWTH_BYTES = 12_000_000


@dataclass
class Heard:
    """What one healthy display has heard."""

    versions: list[int] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    at_the_end: bool = False


def test_it_lets_a_stalled_display_hinder_nobody() -> None:
    stage = Stage(HURRIED, filling=PICTURE_BYTES)
    with on_stage(stage) as services, silent_client(services) as silent:
        wait_until(lambda: stage.hub.tally.sockets_open[0] == 1, 5)
        nobody_is_hindered(services, lambda: stage.move_on(calls=1))
        wait_until(lambda: stage.hub.tally.slow_sockets_cut == 1, 5)
        wait_until(lambda: not services.server.server_state.connections, 5)
        assert was_cut(silent)
    assert stage.hub.tally.sockets_open[0] == 0


def test_it_would_catch_the_loop_that_waits_for_each_socket() -> None:
    naive = Naive()
    app = Starlette(routes=[WebSocketRoute("/live", naive.live)])
    hub = Stage().hub
    with running(app, hub) as services, silent_client(services):
        wait_until(lambda: naive.sockets, 5)
        with pytest.raises(AssertionError, match=r"display \d+ stands still"):
            nobody_is_hindered(services, naive.move_on, patience_s=3)


class Naive:
    """Sends to one socket after another, as most examples do."""

    def __init__(self) -> None:
        self.sockets: list[WebSocket] = []
        self.version = 0
        self._changes: asyncio.Queue[int] = asyncio.Queue()

    def move_on(self) -> None:
        self.version += 1
        self._changes.put_nowait(self.version)

    async def live(self, websocket: WebSocket) -> None:
        await websocket.accept()
        self.sockets.append(websocket)
        if len(self.sockets) > 1:
            await websocket.receive()
            return
        try:
            while True:
                await self._tell_everyone(await self._changes.get())
        except WebSocketDisconnect:
            return

    async def _tell_everyone(self, version: int) -> None:
        picture = {"number": f"<b>{version}</b>{'x' * PICTURE_BYTES}"}
        for frame in (
            {"frame": "regions", "version": version, "regions": picture},
            {"frame": "call", "id": f"demo-{version}-0"},
        ):
            for socket in self.sockets:
                await socket.send_text(json.dumps(frame))


def nobody_is_hindered(
    services: Running, move_on: Callable[[], object], patience_s: float = PATIENCE_S
) -> None:
    before = memory_bytes()
    displays = asyncio.run(watch(services, move_on, patience_s))
    growth = memory_bytes() - before
    for number, heard in enumerate(displays):
        assert heard.at_the_end, f"display {number} stands still at {heard.versions[-1:]}"
        assert heard.calls == [f"demo-{version}-0" for version in range(1, CHANGES + 1)]
        assert all(earlier <= later for earlier, later in pairwise(heard.versions))
    assert growth < MOST_GROWTH_BYTES, f"{growth / 1e6:.1f} MB more"


async def watch(services: Running, move_on: Callable[[], object], patience_s: float) -> list[Heard]:
    """Twenty displays look on while the branch changes faster than any branch does."""
    displays = [Heard() for _ in range(HEALTHY)]
    tasks = [asyncio.create_task(look_at(services, heard)) for heard in displays]
    await asyncio.sleep(0.5)
    for _ in range(CHANGES):
        await asyncio.to_thread(services.soon, move_on)
        await asyncio.sleep(0.004)
    _, late = await asyncio.wait(tasks, timeout=patience_s)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return displays


async def look_at(services: Running, heard: Heard) -> None:
    address = f"ws://127.0.0.1:{services.port}/live"
    async with connect(address, compression=None, close_timeout=1) as client:
        while not heard.at_the_end:
            note(json.loads(await client.recv()), heard)


def note(frame: dict[str, Any], heard: Heard) -> None:
    if frame["frame"] == "regions":
        heard.versions.append(frame["version"])
    if frame["frame"] == "call":
        heard.calls.append(frame["id"])
    seen = heard.versions[-1:] == [CHANGES] and len(heard.calls) >= CHANGES
    heard.at_the_end = heard.at_the_end or seen


def was_cut(silent: Any) -> bool:
    """Read what still lay in the wires: after it comes the end."""
    give_up_at_s = time.monotonic() + 5
    try:
        while time.monotonic() < give_up_at_s:
            if not silent.recv(65_536):
                return True
    except ConnectionResetError:
        return True
    return False


def memory_bytes() -> int:
    resident_pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return resident_pages * 4096
