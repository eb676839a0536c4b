"""The server's end of a websocket, hardened where uvicorn waits for a client that never answers.

Once a live session has begun, nothing of the request is kept and no task waits for the client:
the hub writes what it has made for all sockets, and this protocol tells the session what happens.
"""

import asyncio
from contextlib import ExitStack
from typing import Any

import uvicorn
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

from lobby.live.frames import Batch
from lobby.live.hub import Hub
from lobby.live.session import Session
from lobby.web.bare_answers import house_headers
from lobby.web.connections import CONNECTION, Connection, Connections, Standing

EXTENSION = "lobby.live"
"""Under this name a websocket's scope holds the protocol itself, for who begins a session."""

# Closing a transport waits until its buffer is empty, for ever where the client has stopped
# reading. This long after its own close a connection is cut.
LINGER_S = 2.0

# How long somebody who was sent away may take to hear it.
LAST_WORD_S = 1.0

OPTIONS: dict[str, Any] = {
    "ws_max_size": 4096,
    "ws_ping_interval": 10.0,
    "ws_ping_timeout": 10.0,
    "ws_per_message_deflate": False,
}


class Handshake(ServerProtocol):
    def reject(self, status: Any, text: str) -> Response:
        """A refusal is an answer like any other, also where it is only that no socket opens."""
        response = super().reject(status, text)
        response.headers.update(house_headers())
        return response


class LiveSocket(WebSocketsSansIOProtocol):
    """Never outlives its conversation by more than a moment, whatever the client does."""

    _session: Session | None = None
    _held: ExitStack | None = None
    _cut: asyncio.TimerHandle | None = None
    _connections: Connections | None = None
    _connection: Connection | None = None

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.conn = Handshake(max_size=self.config.ws_max_size, logger=self.logger)

    def take_over(self, connections: Connections, connection: Connection) -> None:
        """The place of the request that asked for this socket."""
        self._connections, self._connection = connections, connection
        connection.go = self.abort
        if hasattr(self, "scope"):
            self.scope[CONNECTION] = connection  # type: ignore[literal-required]

    def begin(self, session: Session) -> None:
        """Accepted, and the session's from now on: as long as the client has not taken all that
        was written, the socket is not ready."""
        self._session = session
        self.transport.set_write_buffer_limits(high=0)
        if self._connections is not None and self._connection is not None:
            self._connections.is_known(self._connection, Standing.CUSTOMER)

    def until_left(self, held: ExitStack | None) -> None:
        """Hold this, if anything, until the client has gone; it may have gone already."""
        self._held = held
        if self.disconnected and self._session is not None:
            self._session.left()
            if held is not None:
                held.close()

    @property
    def is_ready(self) -> bool:
        return self.writable.is_set() and not self.close_sent

    def write(self, batch: Batch) -> None:
        if not self.transport.is_closing():
            self.transport.write(batch.wire)

    def end(self, last: Batch, code: int, reason: str) -> None:
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.send_close(code, reason)
        self.transport.write(last.wire + b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.close)
        self._cut_in(LAST_WORD_S)

    def abort(self) -> None:
        self.transport.abort()

    async def run_asgi(self) -> None:
        """As uvicorn's, but a session outlives the handler that has begun it."""
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except Exception:
            self.logger.exception("Exception in ASGI application\n")
            self.send_500_response()
        else:
            if not self.handshake_complete:
                self.logger.error("ASGI callable returned without completing handshake.")
                self.send_500_response()
        if self._session is None:
            if self.close_timer is None:
                self.transport.close()
            self._cut_in(LINGER_S)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            self.scope["extensions"][EXTENSION] = self  # type: ignore[assignment]

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._session is not None:
            self._session.resumed()

    def send_receive_event_to_app(self) -> None:
        """A page of ours says nothing: that something was said is all the session needs to know."""
        super().send_receive_event_to_app()
        if self._session is not None and self.read_paused:
            self.queue.get_nowait()
            self.read_paused = False
            self.transport.resume_reading()
            self._session.heard()

    def shutdown(self) -> None:
        super().shutdown()
        self._cut_in(LINGER_S)

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

    def handle_close(self, event: Frame) -> None:
        super().handle_close(event)
        self._cut_in(LINGER_S)

    def handle_parser_exception(self) -> None:
        super().handle_parser_exception()
        self._cut_in(LINGER_S)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._cut is not None:
            self._cut.cancel()
        super().connection_lost(exc)
        if self._connections is not None and self._connection is not None:
            self._connections.leave(self._connection)
        if self._session is not None:
            self._session.left()
        if self._held is not None:
            self._held.close()

    def _cut_in(self, seconds: float) -> None:
        if self._cut is None and not self.disconnected:
            self._cut = self.loop.call_later(seconds, self.transport.abort)


class LiveServer(uvicorn.Server):
    """Says goodbye on every live socket first: uvicorn closes all connections before it tells
    the application that it is stopping."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        await self._hub.close()
        await super().shutdown(sockets)
