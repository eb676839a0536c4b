"""A network that goes wrong between one screen and the server: a TCP proxy that cuts, stalls,
halves and delays what passes through it."""

import asyncio
import random
from collections.abc import Callable
from enum import Enum, auto
from types import TracebackType

CHUNK = 64 * 1024


class Fault(Enum):
    CUT = auto()
    """The connection is reset."""
    HALVE = auto()
    """Of what comes next only a part arrives, then the connection is reset."""
    HALVE_FIRST = auto()
    """The same, and also to the next connection: the first that it hears is torn."""
    STALL = auto()
    """Nothing passes for a while; it arrives afterwards, also on a line given up meanwhile."""
    VANISH = auto()
    """Nothing passes any more, and nobody is told."""
    DELAY = auto()
    """Everything arrives late, for a while."""
    OUTAGE = auto()
    """Reset, and no new connection for a while."""


STALL_S = (0.5, 8.0)
DELAY_S = (0.05, 1.0)
DELAYED_FOR_S = (1.0, 4.0)
OUTAGE_S = (0.2, 3.0)


class Line:
    """One connection through the proxy, both ways."""

    def __init__(
        self, client: asyncio.StreamWriter, server: asyncio.StreamWriter, halved: bool
    ) -> None:
        self.passing = asyncio.Event()
        self.passing.set()
        self.delay_s = 0.0
        self._client, self._server = client, server
        self._left = random.randint(1, 2_000) if halved else None

    def halve(self) -> None:
        self._left = random.randint(1, 500)

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One way, until either end closes."""
        is_down = writer is self._client
        try:
            while data := await reader.read(CHUNK):
                if self.delay_s:
                    await asyncio.sleep(self.delay_s)
                await self.passing.wait()
                if is_down and self._left is not None and len(data) >= self._left:
                    writer.write(data[: self._left])
                    break
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        self.cut()

    def cut(self) -> None:
        self.passing.set()
        for writer in (self._client, self._server):
            writer.transport.abort()


class ChaosProxy:
    """`async with ChaosProxy(port_of_server) as proxy:` one screen connects to `proxy.port`.

    `woken` is called when the network is there again, as a browser is told.
    """

    def __init__(self, server_port: int) -> None:
        self.woken: Callable[[], None] = lambda: None
        self.port = 0
        self._server_port = server_port
        self._lines: list[Line] = []
        self._is_out = self._halves_next = False
        self._pumps: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "ChaosProxy":
        self._listening = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._listening.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._listening.close()
        self._cut_all()
        for pump in self._pumps:
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        if self._is_out:
            client.transport.abort()
            return
        try:
            answers, server = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:
            client.transport.abort()
            return
        line = Line(client, server, self._halves_next)
        self._halves_next = False
        self._lines = [line, *self._lines]
        for ends in ((reader, server), (answers, client)):
            pump = asyncio.create_task(line.pump(*ends))
            self._pumps.add(pump)
            pump.add_done_callback(self._pumps.discard)

    async def suffer(self, fault: Fault) -> None:
        """Returns when it is over."""
        match fault:
            case Fault.CUT:
                self._cut_all()
            case Fault.HALVE | Fault.HALVE_FIRST:
                self._halves_next = fault is Fault.HALVE_FIRST
                for line in self._lines[:1]:
                    line.halve()
            case Fault.STALL:
                await self._stall()
            case Fault.VANISH:
                for line in self._lines:
                    line.passing.clear()
            case Fault.DELAY:
                await self._delay()
            case Fault.OUTAGE:
                self._is_out = True
                self._cut_all()
                await asyncio.sleep(random.uniform(*OUTAGE_S))
                self._is_out = False
                self.woken()

    async def _stall(self) -> None:
        stalled = self._lines[:1]
        for line in stalled:
            line.passing.clear()
        await asyncio.sleep(random.uniform(*STALL_S))
        self.woken()
        await asyncio.sleep(random.random())
        for line in stalled:
            line.passing.set()

    async def _delay(self) -> None:
        delayed = self._lines[:1]
        for line in delayed:
            line.delay_s = random.uniform(*DELAY_S)
        await asyncio.sleep(random.uniform(*DELAYED_FOR_S))
        for line in delayed:
            line.delay_s = 0.0

    def _cut_all(self) -> None:
        lines, self._lines = self._lines, []
        for line in lines:
            line.cut()
