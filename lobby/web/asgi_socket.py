"""A live socket over plain ASGI: where the server is not our own, as behind a test client."""

import asyncio

import anyio
from starlette.websockets import WebSocket, WebSocketDisconnect

from lobby.live.frames import Batch
from lobby.live.session import Session


class AsgiSocket:
    """Two tasks carry what our own server does without any: one sends, one listens."""

    def __init__(self, websocket: WebSocket) -> None:
        self.is_ready = True
        self._websocket = websocket
        self._to_send: tuple[bytes, ...] = ()
        self._closing: tuple[int, str] | None = None
        self._filled = asyncio.Event()

    def begin(self, session: Session) -> None:
        self._session = session

    def write(self, batch: Batch) -> None:
        self._to_send += batch.texts
        self.is_ready = False
        self._filled.set()

    def end(self, last: Batch, code: int, reason: str) -> None:
        self._closing = code, reason
        self.write(last)

    def abort(self) -> None:
        self.end(Batch.of(), 1011, "")

    async def carry(self) -> None:
        """Until either end leaves."""
        async with anyio.create_task_group() as group:
            group.start_soon(self._send_on)
            await self._listen()
            group.cancel_scope.cancel()

    async def _send_on(self) -> None:
        try:
            while self._closing is None or self._to_send:
                await self._filled.wait()
                self._filled.clear()
                texts, self._to_send = self._to_send, ()
                for text in texts:
                    await self._websocket.send_text(text.decode())
                if self._closing is None:
                    self.is_ready = True
                    self._session.resumed()
            await self._websocket.close(*self._closing)
        except (WebSocketDisconnect, RuntimeError):
            return  # it is the listener that hears of the end

    async def _listen(self) -> None:
        while (await self._websocket.receive())["type"] != "websocket.disconnect":
            self._session.heard()
