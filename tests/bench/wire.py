"""The leanest clients that speak real HTTP and real websockets: they time the server, not us."""

import asyncio
import base64
import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any


class Connection(asyncio.Protocol):
    """One keep-alive HTTP/1.1 connection: one request on its way at a time.

    The server closes one that has asked nothing for `Limits.first_s`, so open it when there is
    something to ask; between two requests it waits for `Limits.idle_s`. A browser would open
    another one unseen. This one says so: a line of staff that is cut is a finding.
    """

    def __init__(self) -> None:
        self._buffer = b""
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def open(cls, port: int) -> "Connection":
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(cls, "127.0.0.1", port)
        return connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionResetError("the server went away"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self._buffer[:head_end].lower()
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        if len(self._buffer) < head_end + 4 + length:
            return
        body = self._buffer[head_end + 4 :]
        self._buffer = b""
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result((int(head[9:12]), body))

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Status and body. Raises `ConnectionError` where the server goes away."""
        if self._transport is None or self._transport.is_closing():
            raise ConnectionResetError("the connection is closed")
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiting

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def post(path: str, fields: Mapping[str, str | Sequence[str]], key: str, cookie: str) -> bytes:
    """A POST of a flat JSON object, as a script of ours would send it."""
    body = json.dumps(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n"
        f"Accept: application/json\r\nContent-Type: application/json\r\nCookie: {cookie}\r\n"
        f"Idempotency-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(path: str, cookie: str) -> bytes:
    """What a browser asks for when it opens a page."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()


class Screen(asyncio.Protocol):
    """A websocket that only listens: hands each whole text message to `heard`."""

    def __init__(self, heard: Callable[[bytes], None]) -> None:
        self._heard = heard
        self._buffer = b""
        self._open = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(exc or ConnectionResetError("refused"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._open and not self._shake_hands():
            return
        while (message := self._next_message()) is not None:
            self._heard(message)

    def _shake_hands(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        status = self._buffer[9:12]
        self._buffer = self._buffer[end + 4 :]
        self._open = status == b"101"
        if self._open:
            self.ready.set_result(None)
        else:
            self.ready.set_exception(ConnectionRefusedError(status.decode()))
        return self._open

    def _next_message(self) -> bytes | None:
        """Server frames are whole and unmasked; pings are answered, other control is passed."""
        while True:
            buffer = self._buffer
            if len(buffer) < 2:
                return None
            start, length = 2, buffer[1] & 0x7F
            if length == 126:
                start, length = 4, int.from_bytes(buffer[2:4], "big")
            elif length == 127:
                start, length = 10, int.from_bytes(buffer[2:10], "big")
            if len(buffer) < start + length:
                return None
            payload = buffer[start : start + length]
            opcode = buffer[0] & 0x0F
            self._buffer = buffer[start + length :]
            if opcode == 1:
                return payload
            if opcode == 9:
                self._pong(payload)

    def _pong(self, payload: bytes) -> None:
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.transport.write(bytes([0x8A, 0x80 | len(payload)]) + mask + masked)


async def open_screen(
    port: int, path: str, cookie: str, heard: Callable[[bytes], None], host: str = "127.0.0.1"
) -> Screen:
    loop = asyncio.get_running_loop()
    _, screen = await loop.create_connection(lambda: Screen(heard), host, port)
    screen.transport.write(upgrade(path, cookie, host))
    await screen.ready
    return screen


def upgrade(path: str, cookie: str, host: str = "127.0.0.1") -> bytes:
    """What a browser asks for when it opens a websocket."""
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
        f"Sec-WebSocket-Version: 13\r\nCookie: {cookie}\r\n\r\n"
    ).encode()
