"""What bare uvicorn lets through: requests without end, headers without end, and everything pinned
that the server is run with."""

import asyncio
import socket
from contextlib import suppress
from typing import Any, ClassVar, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from lobby.web.addresses import is_within
from lobby.web.bare_answers import BODY_WITH_UPGRADE, SENTENCES, head_of
from lobby.web.connections import (
    CONNECTION,
    Connection,
    Connections,
    Standing,
    capacity_of_process,
)
from lobby.web.limits import Limits as Limits
from lobby.web.limits import TooMuchError
from lobby.web.websocket import LINGER_S, LiveSocket

UNTAKEN = getattr(socket, "TCP_USER_TIMEOUT", None)
"""For how long the system offers what a client does not take; not every system can be told."""


class LimitedProtocol(HttpToolsProtocol):
    """One connection. A request has to arrive within `receive_s` of its first byte; the deadline
    is only set where it did not arrive in one piece, so the usual request costs nothing."""

    limits: ClassVar[Limits] = Limits()

    _deadline: asyncio.TimerHandle | None = None
    _send_deadline: asyncio.TimerHandle | None = None
    _unsent_bytes = 0
    _words: bytes | None = None
    _is_receiving = False
    _has_head = False
    _is_live_socket = False
    _is_refused = False
    _head_bytes = 0
    _unfinished_bytes = 0
    _status = 400

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._let_system_give_up(transport.get_extra_info("socket"))
        address = self.client[0] if self.client else ""
        self._connections = _connections_of(self.config, self.server_state)
        self._connection = Connection(address, self._go)
        exempt, proxies = self.limits.exempt_addresses, _proxies_of(self.config)
        self._is_exempt = address in exempt or is_within(address, proxies)
        if self._is_one_too_many(address):
            self._refuse(429)
        elif not self._connections.admit(self._connection):
            self._refuse(503)
        else:
            self._set_deadline(min(self.limits.first_s, self.limits.idle_s))

    def connection_lost(self, exc: Exception | None) -> None:
        self._drop_deadline()
        self._drop_send_deadline()
        self._connections.leave(self._connection)
        super().connection_lost(exc)

    def eof_received(self) -> None:
        """Who says nothing more is closed, also if they do not take what was said to them."""
        self._cut_later(self.limits.send_s)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_sending()

    def resume_writing(self) -> None:
        self._drop_send_deadline()
        super().resume_writing()

    def on_response_complete(self) -> None:
        idle_s = self.limits.idle_s
        if self._connection.standing is Standing.STRANGER and not self._is_exempt:
            idle_s = min(self.limits.stranger_idle_s, idle_s)
        self.timeout_keep_alive = idle_s  # type: ignore[assignment]  # uvicorn counts any seconds
        super().on_response_complete()
        if self.transport.is_closing():
            self._cut_later(self.limits.send_s)

    def timeout_keep_alive_handler(self) -> None:
        self._close()

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
        socket = self.transport.get_protocol()
        if isinstance(socket, LiveSocket):
            socket.take_over(self._connections, self._connection)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope[CONNECTION] = self._connection  # type: ignore[literal-required]
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
        if self.parser.should_upgrade() and self._announces_body():
            self._words = BODY_WITH_UPGRADE
            raise self._too_much(400)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._is_receiving = False
        self._drop_deadline()
        self._connections.was_heard(self._connection)
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

    def _is_one_too_many(self, address: str) -> bool:
        """Of this address, open live sockets included."""
        if not address or self._is_exempt:
            return False
        return self._connections.of_address(address) >= self.limits.connections_per_address

    def _announces_body(self) -> bool:
        headers = dict(self.headers)
        length = headers.get(b"content-length", b"0").strip()
        return b"transfer-encoding" in headers or length != b"0"

    def _go(self) -> None:
        """There is no room for this one any more. Whoever is asking something is told so, as far
        as the line takes it at once."""
        is_done_with = self._is_refused or self.transport.is_closing()
        if self._is_receiving and not is_done_with and not self.transport.get_write_buffer_size():
            self._refuse(503)
        else:
            self.transport.abort()

    def _let_system_give_up(self, line: socket.socket | None) -> None:
        """The system takes up to megabytes of an answer at once, and keeps what the client does not
        take also after the line was closed here, where no deadline of ours reaches it."""
        if line is not None and UNTAKEN is not None:
            with suppress(OSError):  # gone already
                line.setsockopt(socket.IPPROTO_TCP, UNTAKEN, int(self.limits.send_s * 1000))

    def _watch_sending(self) -> None:
        self._unsent_bytes = self.transport.get_write_buffer_size()
        self._drop_send_deadline()
        self._send_deadline = self.loop.call_later(self.limits.send_s, self._look_at_sending)

    def _look_at_sending(self) -> None:
        """Who takes next to nothing of what is sent holds a place that others need."""
        taken = self._unsent_bytes - self.transport.get_write_buffer_size()
        if taken < self.limits.send_bytes:
            self.transport.abort()
        else:
            self._watch_sending()

    def _close(self) -> None:
        self.transport.close()
        self._cut_later(LINGER_S)

    def _cut_later(self, seconds: float) -> None:
        """A transport that is closed waits until all was taken that was sent, for ever if need
        be."""
        self._drop_send_deadline()
        self._send_deadline = self.loop.call_later(seconds, self.transport.abort)

    def _drop_send_deadline(self) -> None:
        if self._send_deadline is not None:
            self._send_deadline.cancel()
            self._send_deadline = None

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
            self._close()

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
        self._is_refused = True
        self._write_refusal(status)
        self._close()

    def _write_refusal(self, status: int, words: bytes = b"") -> None:
        words = self._words or (SENTENCES[status] if status != 400 or self._has_head else words)
        self._connections.refused[status] += 1
        self.transport.write(STATUS_LINE[status] + head_of(status, len(words)) + words)


def _services_of(config: uvicorn.Config) -> Any:
    """None where it serves a bare application, as in a test."""
    return getattr(getattr(config.app, "state", None), "services", None)


def _connections_of(config: uvicorn.Config, state: ServerState) -> Connections:
    """The application's own, whose figures it tells; a bare one has one per server."""
    services = _services_of(config)
    if services is not None:
        return cast("Connections", services.connections)
    bare = vars(state).setdefault("connections_in", Connections(capacity_of_process()))
    return cast("Connections", bare)


def _proxies_of(config: uvicorn.Config) -> tuple[str, ...]:
    """All who come through one come from its address: it may hold as many lines as they."""
    services = _services_of(config)
    return services.settings.trusted_proxies if services is not None else ()
