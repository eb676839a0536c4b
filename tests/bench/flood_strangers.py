"""Strangers who hold lines open: `python -m tests.bench.flood_strangers PORT COUNT OVER_S WAIT_S`.

A process of its own, so that what it costs to flood is not taken from those who work. It prints how
many were opened, and how many of them were still open `WAIT_S` after the last.
"""

import asyncio
import json
import socket
import sys
from contextlib import suppress
from itertools import cycle

from lobby.settings import STATIC_FILES, Settings
from tests.app.ports import untaken_bytes

ADDRESSES = [f"127.0.0.{number}" for number in range(2, 10)]
KINDS = ("idle", "trickle", "slow reader", "upgrade")
HOST = b"Host: 127.0.0.1\r\n"
UPGRADE = (
    b"GET /t/nobody/live HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Content-Length: 1000000\r\n\r\n"
)


def largest_file() -> bytes:
    """More than the system takes for a client that does not read."""
    files = [path for path in STATIC_FILES.rglob("*") if path.is_file()]
    largest = max(files, key=lambda path: path.stat().st_size).relative_to(STATIC_FILES)
    return f"/static/{Settings().build}/{largest.as_posix()}".encode()


FIRST = {
    "idle": b"",
    "trickle": b"GET / HTTP/1.1\r\n" + HOST,
    "slow reader": b"GET " + largest_file() + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "upgrade": UPGRADE,
}
EVERY_S = 1.0


class Stranger:
    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.is_open = False
        self._socket = socket.socket()
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)

    async def come(self, address: str, port: int) -> None:
        loop = asyncio.get_running_loop()
        self._socket.bind((address, 0))
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(10):
                await loop.sock_connect(self._socket, ("127.0.0.1", port))
                self.is_open = True
                await loop.sock_sendall(self._socket, FIRST[self.kind])

    def go_on(self) -> None:
        """A byte where that keeps a line alive, and a look whether it is still there. A slow
        reader takes one byte a second, which is no reading."""
        if not self.is_open:
            return
        try:
            if self.kind in ("trickle", "upgrade"):
                self._socket.send(b"a")
            taken = self._socket.recv(1 if self.kind == "slow reader" else 4096)
            if not taken:
                self.close()
        except BlockingIOError:
            return
        except OSError:
            self.close()

    def is_still_there(self) -> bool:
        """All that had been sent before the end is read first."""
        while self.is_open:
            try:
                if not self._socket.recv(65_536):
                    self.close()
            except BlockingIOError:
                return True
            except OSError:
                self.close()
        return False

    def close(self) -> None:
        self.is_open = False
        self._socket.close()


async def flood(port: int, count: int, over_s: float, wait_s: float) -> dict[str, object]:
    strangers = [Stranger(kind) for _, kind in zip(range(count), cycle(KINDS), strict=False)]
    coming: list[asyncio.Task[None]] = []
    keeping = asyncio.create_task(_keep_open(strangers))
    for stranger, address in zip(strangers, cycle(ADDRESSES), strict=False):
        coming.append(asyncio.create_task(stranger.come(address, port)))
        await asyncio.sleep(over_s / count)
    await asyncio.gather(*coming)
    opened = sum(stranger.is_open for stranger in strangers)
    await asyncio.sleep(wait_s)
    keeping.cancel()
    untaken = untaken_bytes(port, ADDRESSES)
    left = [stranger.kind for stranger in strangers if stranger.is_still_there()]
    return {
        "open_after_last": opened,
        "open_after_s": len(left),
        "untaken_after_s": untaken,
        "kinds": sorted(set(left)),
    }


async def _keep_open(strangers: list[Stranger]) -> None:
    while True:
        await asyncio.sleep(EVERY_S)
        for stranger in strangers:
            stranger.go_on()


if __name__ == "__main__":
    port, count, over_s, wait_s = sys.argv[1:]
    print(json.dumps(asyncio.run(flood(int(port), int(count), float(over_s), float(wait_s)))))
