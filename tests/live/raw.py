"""A websocket client down to its bytes, for what no library would send, or never read."""

import base64
import os
import socket

from tests.app.server import Running


def raw_client(services: Running, receive_buffer: int | None = None) -> socket.socket:
    client = socket.socket()
    if receive_buffer is not None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.settimeout(5)
    client.connect(("127.0.0.1", services.port))
    key = base64.b64encode(os.urandom(16)).decode()
    asked = (
        "GET /live HTTP/1.1",
        f"Host: 127.0.0.1:{services.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    )
    client.sendall("".join(f"{line}\r\n" for line in (*asked, "")).encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += client.recv(1)
    assert answer.startswith(b"HTTP/1.1 101")
    return client


def silent_client(services: Running) -> socket.socket:
    """Connects and never reads again, with as little room as the system allows."""
    return raw_client(services, receive_buffer=2048)


def close_code(client: socket.socket) -> int:
    """Read the server's frames, short ones all, until it closes."""
    while True:
        first, length = exactly(client, 2)
        payload = exactly(client, int.from_bytes(exactly(client, 2)) if length == 126 else length)
        if first == 0x88:
            return int.from_bytes(payload[:2])


def exactly(client: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = client.recv(size - len(data))
        assert piece, "the connection ended without a close frame"
        data += piece
    return data
