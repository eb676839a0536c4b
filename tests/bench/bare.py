"""What a live screen is measured beside: servers that do as little as can be done.

The bare broadcast only sends the same bytes to as many sockets. The bare application is what a
call needs at least: a POST, a durable commit, the same bytes to all sockets. Each runs in a process
of its own, on the stack that Lobby stands on.
"""

import asyncio
import multiprocessing
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.server import ServerConnection, broadcast, serve

from tests.app.ports import free_port


@contextmanager
def process(target: Callable[..., Any], *arguments: Any) -> Iterator[int]:
    """A server with a port of its own until the end of the block."""
    port = free_port()
    started = multiprocessing.get_context("spawn").Process(
        target=target, args=(port, *arguments), daemon=True
    )
    started.start()
    try:
        yield port
    finally:
        started.terminate()
        started.join()


async def until_it_listens(port: int) -> None:
    for _ in range(1_000):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise RuntimeError("a bare server does not start")


def bare_broadcast(port: int, frame: str) -> None:
    """A line on the port after its own broadcasts the frame to all its websockets."""
    asyncio.run(_broadcast(port, frame))


async def _broadcast(port: int, frame: str) -> None:
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


def bare_application(port: int, frame: str, database: str) -> None:
    """`POST /calls` keeps one row for good, answers, and sends the frame to all its websockets."""
    app = BareApplication(frame, Path(database)).app()
    uvicorn.run(
        app,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_ping_interval=10.0,
        timeout_keep_alive=600,
        access_log=False,
        log_config=None,
    )


class BareApplication:
    """Commits in a thread, as whoever does not want to hold up the event loop would."""

    def __init__(self, frame: str, database: Path) -> None:
        self._frame = frame
        self._database = database
        self._sockets: dict[WebSocket, None] = {}
        self._thread = ThreadPoolExecutor(1)
        self._connection: sqlite3.Connection | None = None

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/calls", self.call, methods=["POST"]),
                WebSocketRoute("/live", self.live),
            ]
        )

    async def call(self, request: Request) -> Response:
        body = await request.body()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._commit, body)
        asyncio.get_running_loop().call_soon(self._tell_all)
        return Response(body, media_type="application/json")

    async def live(self, websocket: WebSocket) -> None:
        await websocket.accept()
        self._sockets[websocket] = None
        try:
            while True:
                await websocket.receive_text()
        except WebSocketDisconnect:
            self._sockets.pop(websocket, None)

    def _tell_all(self) -> None:
        self._telling = asyncio.ensure_future(self._tell())

    async def _tell(self) -> None:
        for socket in list(self._sockets):
            await socket.send_text(self._frame)

    def _commit(self, body: bytes) -> None:
        connection = self._connection or self._open()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO calls (body) VALUES (?)", (body,))
        connection.execute("COMMIT")

    def _open(self) -> sqlite3.Connection:
        """Durable as Lobby is: a commit is on the disk."""
        connection = sqlite3.connect(self._database, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE calls (id INTEGER PRIMARY KEY, body BLOB)")
        self._connection = connection
        return connection
