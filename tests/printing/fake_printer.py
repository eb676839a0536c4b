"""An ESC/POS printer on TCP with paper, a cover and bad days; it keeps what it put on paper."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import Enum

from PIL import Image, ImageChops

from lobby.printing.printers import Address
from tests.app.ports import free_port

MUCH_PAPER = 1_000_000
LOW_PAPER = 2_000
FEED_TO_CUTTER = 100
"""Rows of dots."""

SMALL_MEMORY = 4096
SLOW_PART_S = 0.02


class Habit(Enum):
    HEALTHY = "healthy"
    SILENT = "silent"
    HANGS_UP_MIDWAY = "hangs up midway"
    STOPS_READING = "stops reading"
    NEVER_DONE = "never done"
    BROKEN = "broken"
    SLOW = "slow"


class FakePrinter:
    """`slips` are the pieces that were cut off, each a picture as burned into the paper."""

    def __init__(self, port: int) -> None:
        self.address = Address("127.0.0.1", port)
        self.habit = Habit.HEALTHY
        self.paper_rows = MUCH_PAPER
        self.cover_open = False
        self.slips: list[Image.Image] = []
        self.asked = 0
        self._buffer = bytearray()
        self._roll: list[bytes] = []
        self._row_bytes = 0
        self._line: asyncio.StreamWriter | None = None
        self._one_line = asyncio.Lock()
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.Task[None]] = set()

    async def switch_on(self) -> None:
        self._server = await asyncio.start_server(
            self._answer_line, self.address.host, self.address.port, limit=SMALL_MEMORY
        )

    async def switch_off(self) -> None:
        if self._server is not None:
            self._server.close()
            for line in tuple(self._lines):
                line.cancel()
            await asyncio.gather(*self._lines, return_exceptions=True)
            await self._server.wait_closed()
            self._server = None
        self._buffer.clear()
        self._roll.clear()

    def refill(self) -> None:
        """A new roll; what lay in the buffer comes out now, as on a real one."""
        self.paper_rows = MUCH_PAPER
        self._work()

    async def _answer_line(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        try:
            async with self._one_line:
                self._line = writer
                await self._listen(reader, writer)
        except (OSError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._lines.discard(task)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while heard := await reader.read(SMALL_MEMORY):
            if self.habit is Habit.SLOW:
                await asyncio.sleep(SLOW_PART_S)
            for question in _questions(heard):
                self._answer_status(question, writer)
            self._buffer += heard
            if self.habit is Habit.HANGS_UP_MIDWAY and b"\x1dv0" in self._buffer:
                self._work()
                writer.transport.abort()
                return
            while self._is_stuck():  # noqa: ASYNC110 - a habit changes without a signal
                await asyncio.sleep(SLOW_PART_S)
            self._work()

    def _is_stuck(self) -> bool:
        return self.habit is Habit.STOPS_READING and b"\x1dv0" in self._buffer

    def _answer_status(self, question: int, writer: asyncio.StreamWriter) -> None:
        self.asked += 1
        if self.habit is Habit.SILENT:
            return
        out, low = self.paper_rows <= 0, self.paper_rows < LOW_PAPER
        broken = self.habit is Habit.BROKEN
        bits = {
            1: 0b1000 * (out or self.cover_open or broken),
            2: 0b100 * self.cover_open | 0b10_0000 * out | 0b100_0000 * broken,
            4: 0b1100 * low | 0b110_0000 * out,
        }
        writer.write(bytes((0b0001_0010 | bits[question],)))

    def _work(self) -> None:
        """Obeys command after command for as long as there is paper under a closed cover."""
        while self.paper_rows > 0 and not self.cover_open and (taken := self._obey()):
            del self._buffer[:taken]

    def _obey(self) -> int:
        """How many bytes the first command took; 0 while it is not here in full."""
        match bytes(self._buffer[:4]):
            case b"\x1dv0\x00":
                return self._burn()
            case b"\x1dVB\x00":
                self._cut()
                return 4
            case command if command[:2] in (b"\x10\x04", b"\x1dr") and len(command) >= 3:
                if command[:2] == b"\x1dr" and self.habit is not Habit.NEVER_DONE and self._line:
                    self._line.write(b"\x00")
                return 3
            case command if command[:3] == b"\x1da\x00":
                return 3
            case command if command[:2] == b"\x1b@":
                return 2
            case command if command[:1] == b"\x00":
                return 1
            case command:
                assert len(command) < 4, f"no ESC/POS command: {command!r}"
                return 0

    def _burn(self) -> int:
        row_bytes = int.from_bytes(self._buffer[4:6], "little")
        rows = int.from_bytes(self._buffer[6:8], "little")
        whole = 8 + row_bytes * rows
        if len(self._buffer) < max(whole, 8):
            return 0
        picture = bytes(self._buffer[8:whole])
        self._row_bytes = row_bytes
        self._roll += [picture[top : top + row_bytes] for top in range(0, len(picture), row_bytes)]
        self.paper_rows -= rows
        return whole

    def _cut(self) -> None:
        self.paper_rows -= FEED_TO_CUTTER
        if self._roll:
            size = (self._row_bytes * 8, len(self._roll))
            self.slips.append(ImageChops.invert(Image.frombytes("1", size, b"".join(self._roll))))
            self._roll.clear()


def _questions(heard: bytes) -> list[int]:
    """Answered the moment they arrive, wherever they stand, as the real ones do."""
    return [
        heard[at + 2]
        for at in range(len(heard) - 2)
        if heard[at : at + 2] == b"\x10\x04" and heard[at + 2] in (1, 2, 4)
    ]


@asynccontextmanager
async def fake_printer() -> AsyncIterator[FakePrinter]:
    printer = FakePrinter(free_port())
    await printer.switch_on()
    try:
        yield printer
    finally:
        await printer.switch_off()
