"""What bare uvicorn lets through: requests without end, headers without end, and everything pinned
that the server is run with."""

import asyncio
from dataclasses import dataclass
from typing import Any, ClassVar

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from lobby.settings import Settings
from lobby.web.websocket import LINGER_S, OPTIONS, LiveSocket

KEEP_ALIVE_S = 65
"""A little longer than the minute that proxies keep a connection: they close it, not we."""

LOOPBACK = frozenset({"127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Limits:
    receive_s: float = 10.0
    idle_s: float = KEEP_ALIVE_S
    url_bytes: int = 4 * 1024
    header_bytes: int = 16 * 1024
    headers: int = 100
    connections_per_address: int = 256
    exempt_addresses: frozenset[str] = LOOPBACK


class TooMuchError(Exception):
    """Raised inside the parser's callbacks, which end the request; carries the status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


SENTENCES = {
    400: b"This request does not say for which host it is.\n",
    408: b"This request took too long to arrive.\n",
    414: b"This address is too long.\n",
    429: b"There are too many connections from your address.\n",
    431: b"This request has too many or too long headers.\n",
}


class LimitedProtocol(HttpToolsProtocol):
    """One connection. A request has to arrive within `receive_s` of its first byte; the deadline
    is only set where it did not arrive in one piece, so the usual request costs nothing."""

    limits: ClassVar[Limits] = Limits()

    _deadline: asyncio.TimerHandle | None = None
    _is_receiving = False
    _has_head = False
    _is_live_socket = False
    _is_refused = False
    _head_bytes = 0
    _unfinished_bytes = 0
    _status = 400

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._neighbours() > self.limits.connections_per_address:
            self._refuse(429)
            return
        self._set_deadline(self.limits.idle_s)

    def connection_lost(self, exc: Exception | None) -> None:
        self._drop_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_refused or self.transport.is_closing():
            return
        if not self._is_receiving:
            self._is_receiving = True
            self._drop_deadline()
        super().data_received(data)
        self._watch_unfinished(len(data))

    def handle_websocket_upgrade(self) -> None:
        self._is_live_socket = True
        self._drop_deadline()
        super().handle_websocket_upgrade()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_receiving = True
        self._has_head = False
        self._head_bytes = 0
        self._unfinished_bytes = 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > self.limits.url_bytes:
            raise self._too_much(414)

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._head_bytes += len(name) + len(value) + 4
        if self._head_bytes > self.limits.header_bytes or len(self.headers) > self.limits.headers:
            raise self._too_much(431)

    def on_headers_complete(self) -> None:
        self._has_head = True
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (hosts == 0 and self.parser.get_http_version() == "1.1"):
            raise self._too_much(400)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._is_receiving = False
        self._drop_deadline()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Called for whatever ended the parsing; `_status` says what it was."""
        self._refuse_and_listen(self._status, msg.encode())

    def _watch_unfinished(self, arrived: int) -> None:
        """A single header without end never reaches `on_header`, so what arrives is counted."""
        if not self._is_receiving or self._is_live_socket or self._is_refused:
            return
        if self._deadline is None:
            self._set_deadline(self.limits.receive_s)
        if not self._has_head:
            self._unfinished_bytes += arrived
            if self._unfinished_bytes > self.limits.header_bytes + self.limits.url_bytes:
                self._refuse_and_listen(431)

    def _too_much(self, status: int) -> TooMuchError:
        self._status = status
        return TooMuchError(status)

    def _neighbours(self) -> int:
        """Connections from the same address, this one and open live sockets included."""
        if self.client is None or self.client[0] in self.limits.exempt_addresses:
            return 0
        clients = (getattr(other, "client", None) for other in self.connections)
        return sum(client is not None and client[0] == self.client[0] for client in clients)

    def _set_deadline(self, seconds: float) -> None:
        self._deadline = self.loop.call_later(seconds, self._too_late)

    def _drop_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        """A request that never comes gets an answer only if it had begun and has none yet."""
        answered = getattr(self.cycle, "response_started", False)
        if self._is_receiving and not answered:
            self._refuse(408)
        else:
            self.transport.close()

    def _refuse_and_listen(self, status: int, words: bytes = b"") -> None:
        """Whoever is still sending would lose the answer to a closed line, so the rest of what
        they send is thrown away for a moment."""
        if self._is_refused:
            return
        self._is_refused = True
        self._drop_deadline()
        if getattr(self.cycle, "response_started", False) and not self.cycle.response_complete:
            self.transport.close()
            return
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._write_refusal(status, words)
        self.transport.write_eof()
        self._deadline = self.loop.call_later(LINGER_S, self.transport.abort)

    def _refuse(self, status: int) -> None:
        self._write_refusal(status)
        self.transport.close()

    def _write_refusal(self, status: int, words: bytes = b"") -> None:
        words = SENTENCES[status] if status != 400 or self._has_head else words
        head = b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\n"
        length = b"content-length: %d\r\n\r\n" % len(words)
        self.transport.write(STATUS_LINE[status] + head + length + words)


def server_config(app: Starlette, settings: Settings, **overrides: Any) -> uvicorn.Config:
    """Nothing is left to uvicorn's defaults that matters. Forwarded addresses are believed only
    where a public address says that a proxy stands before us, and only from this machine."""
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "loop": "uvloop",
        "http": LimitedProtocol,
        "ws": LiveSocket,
        **OPTIONS,
        "lifespan": "on",
        "log_config": None,
        "access_log": False,
        "proxy_headers": settings.public_url is not None,
        "forwarded_allow_ips": "127.0.0.1,::1",
        "server_header": False,
        "date_header": True,
        "timeout_keep_alive": KEEP_ALIVE_S,
        "timeout_graceful_shutdown": 5,
        "workers": 1,
    }
    return uvicorn.Config(app, **options | overrides)
