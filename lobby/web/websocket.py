"""The server's end of a websocket, hardened where uvicorn waits for a client that never answers."""

import asyncio
from typing import Any

import uvicorn
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame

from lobby.live.hub import Hub

# Closing a transport waits until its buffer is empty, for ever where the client has stopped
# reading. This long after its own close a connection is cut.
LINGER_S = 2.0

OPTIONS: dict[str, Any] = {
    "ws_max_size": 4096,
    "ws_ping_interval": 10.0,
    "ws_ping_timeout": 10.0,
    "ws_per_message_deflate": False,
}


class LiveSocket(WebSocketsSansIOProtocol):
    """Never outlives its conversation by more than a moment, whatever the client does."""

    _cut: asyncio.TimerHandle | None = None

    async def run_asgi(self) -> None:
        await super().run_asgi()
        self._cut_soon()

    def shutdown(self) -> None:
        super().shutdown()
        self._cut_soon()

    def keepalive_timeout(self) -> None:
        """A client that answers no ping reads no close frame either."""
        super().keepalive_timeout()
        self.transport.abort()

    def handle_cont(self, event: Frame) -> None:
        """Empty fragments cost memory and no bytes. No page of ours sends a fragment at all."""
        if self.close_sent:
            return
        self.conn.fail(CloseCode.POLICY_VIOLATION, "no fragments")
        self.handle_parser_exception()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._cut is not None:
            self._cut.cancel()
        super().connection_lost(exc)

    def _cut_soon(self) -> None:
        if self._cut is None and not self.disconnected:
            self._cut = self.loop.call_later(LINGER_S, self.transport.abort)


class StarletteSocket:
    """A WebSocket as a conversation wants it."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    async def send(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})

    async def close(self, code: int, reason: str) -> None:
        await self._send({"type": "websocket.close", "code": code, "reason": reason})

    async def hear(self) -> None:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise ConnectionError(message.get("reason") or "the page has gone")

    async def _send(self, message: dict[str, Any]) -> None:
        """A server that has closed the socket by itself answers with a RuntimeError."""
        try:
            await self._websocket.send(message)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise ConnectionError(str(error)) from error


class LiveServer(uvicorn.Server):
    """Says goodbye on every live socket first: uvicorn closes all connections before it tells
    the application that it is stopping."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        await self._hub.close()
        await super().shutdown(sockets)
