"""A display without a browser: a page's rules on a real socket, over whatever network there is."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from tests.bench.live_page import SILENCE_S, LivePage, Next
from tests.bench.wire import Screen, upgrade

TICK_S = 0.5


class PageSocket(Screen):
    """Says when it has ended."""

    def __init__(self, heard: Callable[[bytes], None], ended: asyncio.Event) -> None:
        super().__init__(heard)
        self.ready.add_done_callback(lambda ready: ready.exception())
        self._ended = ended

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._ended.set()


class ModelDisplay:
    """`run` goes on for ever. One socket at a time; whatever an old one still says is not listened
    to."""

    closes_old_sockets = True

    def __init__(self, page: LivePage, port: int, path: str, cookie: str) -> None:
        self.page = page
        self._port, self._path, self._cookie = port, path, cookie
        self._socket: PageSocket | None = None
        self._decided = asyncio.Event()
        self._next = Next.LISTEN

    def wake(self) -> None:
        """The browser says that there is a network again."""
        if self.page.wakes(time.time()):
            self.page.attempts = 0
            self._decide(Next.CONNECT)

    async def run(self) -> None:
        while True:
            if await self._one_socket() is not Next.CONNECT:
                self._decided = asyncio.Event()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self.page.retry_s()):
                        await self._decided.wait()

    async def _one_socket(self) -> Next:
        """Until it ends or is given up; what comes next."""
        self._decided, self._next = asyncio.Event(), Next.LISTEN
        self.page.connecting(time.time())
        try:
            async with asyncio.timeout(SILENCE_S):
                self._socket = await self._open()
        except OSError:
            return Next.CONNECT_LATER
        try:
            while not self._decided.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout(TICK_S):
                        await self._decided.wait()
                self._decide(self.page.tick(time.time()))
        finally:
            if self.closes_old_sockets:
                self._socket.transport.close()
                self._socket = None
        return self._next

    async def _open(self) -> PageSocket:
        def socket() -> PageSocket:
            made = PageSocket(lambda message: self._hear(made, message), self._decided)
            return made

        loop = asyncio.get_running_loop()
        _, opened = await loop.create_connection(socket, "127.0.0.1", self._port)
        opened.transport.write(upgrade(self._path, self._cookie))
        return opened

    def _hear(self, socket: PageSocket, message: bytes) -> None:
        if socket is self._socket or not self.closes_old_sockets:
            self._decide(self.page.hear(message, time.time()))

    def _decide(self, following: Next) -> None:
        if following is not Next.LISTEN:
            self._next = following
            self._decided.set()
